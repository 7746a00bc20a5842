import { type EnqueuedTask, Meilisearch, MeilisearchApiError } from 'meilisearch';
import { EngineUnavailable, IndexMissing, type SearchDocument, type SearchIndex } from '../engine.ts';
import type { Synonyms } from '../synonyms.ts';
import { type IndexedDocument, toIndexed } from './document.ts';
import { indexSettings } from './settings.ts';

/** A batch may be large and the server busy. */
const requestTimeoutMs = 30_000;

async function sent<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw new EngineUnavailable(`Meilisearch: ${(error as Error).message}`, { cause: error });
  }
}

/** Changes the index in Meilisearch: every change is a task there, which is waited for. */
export function createMeilisearchIndex(settings: {
  url: string;
  key: string | undefined;
  indexName: string;
  synonyms: () => Synonyms;
}): SearchIndex {
  const { url, key, indexName, synonyms } = settings;
  const nextName = `${indexName}_next`;
  const client = new Meilisearch({ host: url, apiKey: key, timeout: requestTimeoutMs });

  async function done(...tasks: (EnqueuedTask | Promise<EnqueuedTask>)[]): Promise<void> {
    for (const enqueued of await sent(Promise.all(tasks))) {
      // However long the queue of the server is: a change that was accepted is not sent again before it has failed.
      const task = await sent(client.tasks.waitForTask(enqueued, { timeout: 0 }));
      if (task.status !== 'succeeded')
        throw new Error(`Meilisearch: ${task.type} ${task.status}: ${task.error?.message}`);
    }
  }

  const exists = (name: string): Promise<boolean> =>
    sent(
      client.getRawIndex(name).then(
        () => true,
        (error: unknown) => {
          if (error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found') return false;
          throw error;
        },
      ),
    );

  async function drop(name: string): Promise<void> {
    if (await exists(name)) await done(client.deleteIndex(name));
  }

  const add = (name: string, documents: SearchDocument[]): Promise<EnqueuedTask> =>
    client.index<IndexedDocument>(name).addDocuments(
      documents.map((document) => toIndexed(document, synonyms())),
      { primaryKey: 'id' },
    );

  const write = (name: string, documents: SearchDocument[], deletedIds: number[]): Promise<void> =>
    done(
      ...(documents.length > 0 ? [add(name, documents)] : []),
      ...(deletedIds.length > 0 ? [client.index(name).deleteDocuments(deletedIds)] : []),
    );

  return {
    name: 'meilisearch',
    async apply(documents, deletedIds) {
      if (documents.length === 0 && deletedIds.length === 0) return;
      // Meilisearch would silently begin an index with these documents alone, and answer from it.
      if (!(await exists(indexName))) throw new IndexMissing(`Meilisearch has no index ${indexName}`);
      await write(indexName, documents, deletedIds);
    },
    async rebuild(batches, catchUp) {
      await drop(nextName);
      await done(client.createIndex(nextName, { primaryKey: 'id' }));
      await done(client.index(nextName).updateSettings(indexSettings));
      // Meilisearch indexes waiting batches together, which is much faster than one by one.
      const tasks: EnqueuedTask[] = [];
      for await (const documents of batches) {
        if (documents.length > 0) tasks.push(await sent(add(nextName, documents)));
      }
      await done(...tasks);
      const late = await catchUp();
      await write(nextName, late.documents, late.deletedIds);
      const first = !(await exists(indexName));
      await done(client.swapIndexes([{ indexes: [nextName, indexName], rename: first }]));
      await drop(nextName);
    },
  };
}
