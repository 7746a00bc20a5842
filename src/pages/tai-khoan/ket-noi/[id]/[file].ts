import type { APIRoute } from 'astro';
import { mayReadConnection } from '../../../../accounts/policy.ts';
import { fileHeaders, readSentFile } from '../../../../connections/files.ts';
import { findConnection } from '../../../../connections/read.ts';

/** A sent file, for those who take part in its connection. */
export const GET: APIRoute = async ({ params: { id, file: fileId = '' }, locals: { person, services } }) => {
  const missing = new Response(null, { status: 404, headers: { 'cache-control': 'private, no-store' } });
  const found = await findConnection(services.db, Number(id), person);
  if (!found || !mayReadConnection(found.part)) return missing;
  const file = await services.db
    .selectFrom('connection_file')
    .select(['id', 'name', 'type'])
    .where('id', '=', fileId)
    .where('connectionId', '=', found.connection.id)
    .executeTakeFirst();
  const bytes = file && (await readSentFile(services.config.dataDir, file.id));
  return bytes ? new Response(new Uint8Array(bytes), { headers: fileHeaders(file) }) : missing;
};
