import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ApiError,
  type Document,
  defaultSettings,
  type FakeIndex,
  type SearchParams,
  type Settings,
  searchFederated,
  searchIndex,
} from './fake-search.ts';

type Trouble = 'down' | 'errors' | 'slow';

interface Task {
  uid: number;
  indexUid: string | null;
  status: 'enqueued' | 'processing' | 'succeeded' | 'failed';
  type: string;
  enqueuedAt: string;
  error: { message: string; code: string; type: string; link: string } | null;
}

export interface FakeMeilisearch {
  url: string;
  /** What goes wrong from now on: connections break, every request is answered 500, or none is answered. */
  trouble: Trouble | undefined;
  /** The next task of this type fails with the message. */
  failNext: { type: string; message: string } | undefined;
  /** Every request that was understood, e.g. `POST /multi-search`. */
  requests: string[];
  /** The names of the indexes there are. */
  indexes(): string[];
  /** Forgets everything, as a server does whose data folder was deleted. */
  wipe(): void;
  close(): Promise<void>;
}

type FederatedQuery = SearchParams & { indexUid: string; federationOptions?: { weight: number } };

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += chunk;
  if (text === '') return undefined;
  return JSON.parse(text, (_, value) => {
    if (typeof value === 'string' && !value.isWellFormed()) throw new SyntaxError('lone surrogate');
    return value;
  });
}

/**
 * A server in this process that answers the routes of Meilisearch which the adapter uses, as documented: changes are
 * tasks that are done one after another, a little later. What the adapter doesn't use is refused, not ignored.
 */
export async function startFakeMeilisearch({
  key,
  taskMs = 3,
}: {
  key?: string;
  taskMs?: number;
} = {}): Promise<FakeMeilisearch> {
  let indexes = new Map<string, FakeIndex>();
  const tasks: Task[] = [];
  let queue = Promise.resolve();

  const indexOf = (uid: string): FakeIndex => {
    const index = indexes.get(uid);
    if (!index) throw new ApiError(404, 'index_not_found', `Index \`${uid}\` not found.`);
    return index;
  };
  const created = (uid: string, primaryKey: string | null): FakeIndex => {
    const index = { uid, primaryKey, settings: defaultSettings(), documents: new Map(), words: new WeakMap() };
    indexes.set(uid, index);
    return index;
  };

  const enqueue = (type: string, indexUid: string | null, run: () => void): Record<string, unknown> => {
    const task: Task = {
      uid: tasks.length,
      indexUid,
      status: 'enqueued',
      type,
      enqueuedAt: new Date().toISOString(),
      error: null,
    };
    tasks.push(task);
    queue = queue.then(async () => {
      task.status = 'processing';
      await new Promise((resolve) => setTimeout(resolve, taskMs));
      try {
        if (fake.failNext?.type === type) {
          const { message } = fake.failNext;
          fake.failNext = undefined;
          throw new ApiError(500, 'internal', message);
        }
        run();
        task.status = 'succeeded';
      } catch (error) {
        const { message, code } = error as ApiError;
        task.error = { message, code, type: 'invalid_request', link: '' };
        task.status = 'failed';
      }
    });
    return { taskUid: task.uid, indexUid, status: 'enqueued', type, enqueuedAt: task.enqueuedAt };
  };

  const addDocuments = (uid: string, primaryKey: string | null, documents: Document[]) => {
    const index = indexes.get(uid) ?? created(uid, primaryKey);
    for (const document of documents) {
      if (!Number.isSafeInteger(document.id)) throw new ApiError(400, 'invalid_document_id', 'Wrong document id');
      index.documents.set(document.id, document);
    }
  };

  const updateSettings = (uid: string, settings: Partial<Settings>) => {
    const index = indexes.get(uid) ?? created(uid, null);
    index.settings = { ...index.settings, ...settings };
    index.words = new WeakMap();
  };

  const swap = ({ indexes: [first, second], rename }: { indexes: [string, string]; rename: boolean }) => {
    const [a, b] = [indexOf(first), indexes.get(second)];
    if (rename && b) throw new ApiError(400, 'index_already_exists', `Index \`${second}\` already exists.`);
    if (!rename) indexOf(second);
    indexes.delete(first);
    a.uid = second;
    indexes.set(second, a);
    if (b) {
      b.uid = first;
      indexes.set(first, b);
    }
  };

  const multiSearch = ({
    queries,
    federation,
  }: {
    queries: FederatedQuery[];
    federation?: { offset?: number; limit?: number };
  }) => {
    if (!federation)
      return { results: queries.map(({ indexUid, ...params }) => searchIndex(indexOf(indexUid), params)) };
    const weighted = queries.map(({ indexUid, federationOptions, ...params }) => {
      indexOf(indexUid);
      return { ...params, weight: federationOptions?.weight ?? 1 };
    });
    return searchFederated(indexOf(queries[0].indexUid), weighted, federation);
  };

  function answer(
    method: string,
    path: string,
    query: URLSearchParams,
    body: unknown,
  ): { status: number; body: unknown } {
    const accepted = (task: Record<string, unknown>) => ({ status: 202, body: task });
    const ok = (value: unknown) => ({ status: 200, body: value });
    const [, first, uid, last, lastButOne] = path.split('/');
    if (first === 'tasks' && method === 'GET') {
      const task = tasks[Number(uid)];
      if (!task) throw new ApiError(404, 'task_not_found', `Task \`${uid}\` not found.`);
      return ok(task);
    }
    switch (
      `${method} /${[first, uid && (first === 'indexes' ? ':uid' : uid), last, lastButOne].filter(Boolean).join('/')}`
    ) {
      case 'POST /indexes': {
        const wanted = body as { uid: string; primaryKey?: string };
        return accepted(
          enqueue('indexCreation', wanted.uid, () => {
            if (indexes.has(wanted.uid))
              throw new ApiError(409, 'index_already_exists', `Index \`${wanted.uid}\` already exists.`);
            created(wanted.uid, wanted.primaryKey ?? null);
          }),
        );
      }
      case 'GET /indexes/:uid': {
        const { primaryKey } = indexOf(uid);
        return ok({ uid, primaryKey, createdAt: '', updatedAt: '' });
      }
      case 'DELETE /indexes/:uid':
        return accepted(
          enqueue('indexDeletion', uid, () => {
            indexOf(uid);
            indexes.delete(uid);
          }),
        );
      case 'PATCH /indexes/:uid/settings': {
        const unknown = Object.keys(body as object).filter((name) => !(name in defaultSettings()));
        if (unknown.length > 0) throw new ApiError(400, 'bad_request', `Unknown settings ${unknown.join()}`);
        return accepted(enqueue('settingsUpdate', uid, () => updateSettings(uid, body as Partial<Settings>)));
      }
      case 'POST /indexes/:uid/documents':
        return accepted(
          enqueue('documentAdditionOrUpdate', uid, () =>
            addDocuments(uid, query.get('primaryKey'), body as Document[]),
          ),
        );
      case 'POST /indexes/:uid/documents/delete-batch':
        return accepted(
          enqueue('documentDeletion', uid, () => {
            for (const id of body as number[]) indexOf(uid).documents.delete(id);
          }),
        );
      case 'POST /indexes/:uid/search':
        return ok(searchIndex(indexOf(uid), body as SearchParams));
      case 'POST /multi-search':
        return ok(multiSearch(body as Parameters<typeof multiSearch>[0]));
      case 'POST /swap-indexes':
        return accepted(enqueue('indexSwap', null, () => (body as Parameters<typeof swap>[0][]).forEach(swap)));
      default:
        throw new ApiError(404, 'not_found', `No route ${method} ${path}`);
    }
  }

  const reply = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (fake.trouble === 'down') request.socket.destroy();
    if (fake.trouble === 'down' || fake.trouble === 'slow') return;
    try {
      if (fake.trouble === 'errors') throw new ApiError(500, 'internal', 'An internal error has occurred.');
      const { authorization } = request.headers;
      if (key !== undefined && authorization === undefined) {
        throw new ApiError(401, 'missing_authorization_header', 'The Authorization header is missing.');
      }
      if (key !== undefined && authorization !== `Bearer ${key}`) {
        throw new ApiError(403, 'invalid_api_key', 'The provided API key is invalid.');
      }
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
      const body = await bodyOf(request);
      fake.requests.push(`${request.method} ${pathname}`);
      const { status, body: answered } = answer(request.method ?? '', pathname, searchParams, body);
      reply(response, status, answered);
    } catch (error) {
      const api = error instanceof ApiError ? error : new ApiError(400, 'malformed_payload', String(error));
      reply(response, api.status, { message: api.message, code: api.code, type: 'invalid_request', link: '' });
    }
  }

  const server: Server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeMeilisearch = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trouble: undefined,
    failNext: undefined,
    requests: [],
    indexes: () => [...indexes.keys()],
    wipe() {
      indexes = new Map();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}
