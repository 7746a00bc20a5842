import type { APIRoute } from 'astro';

/** Whether visitors can be served: the database answers, and some search engine does. */
export const GET: APIRoute = async ({ locals: { services } }) => {
  const check = (step: Promise<unknown>) => step.then(() => true).catch(() => false);
  const [database, search] = await Promise.all([
    check(services.db.selectFrom('content_version').select('version').executeTakeFirstOrThrow()),
    check(services.search.health()),
  ]);
  const { current, configured } = services.search;
  const body = {
    ready: database && search,
    database,
    search: { engine: current(), configured, degraded: current() !== configured },
    outbox: database ? await services.searchLag() : [],
  };
  return new Response(JSON.stringify(body, null, 2), {
    status: body.ready ? 200 : 503,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
};
