import type { Db } from '../../db/client.ts';
import type { ImportState } from '../../db/schema.ts';
import type { Person } from './person.ts';
import { publicUrl, type TestServer } from './server.ts';

export const importPage = '/quan-ly/nhap-du-lieu';

/** Sends a table as the page's form does; the answer leads to its import. */
export function upload(
  server: TestServer,
  { cookie }: Pick<Person, 'cookie'>,
  kind: string,
  content: string | Uint8Array,
  name = 'bang.csv',
): Promise<Response> {
  const body = new FormData();
  body.set('kind', kind);
  body.set('file', new File([typeof content === 'string' ? content : new Uint8Array(content)], name));
  return server.get(`${importPage}?_action=uploadImport`, {
    method: 'POST',
    headers: { cookie, origin: publicUrl },
    body,
  });
}

export const jobIn = (response: Response): number => Number(response.headers.get('location')?.split('/').at(-1));

/** Waits until an import has come to one of these states. */
export async function jobIs(db: Db, id: number, ...states: ImportState[]): Promise<ImportState> {
  const end = Date.now() + 20_000;
  for (;;) {
    const { state } = await db.selectFrom('import_job').select('state').where('id', '=', id).executeTakeFirstOrThrow();
    if (states.includes(state)) return state;
    if (Date.now() > end) throw new Error(`Import ${id} is ${state}, not ${states.join(' or ')}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
