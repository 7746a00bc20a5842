import type { APIRoute } from 'astro';
import { mayReadMetrics } from '../accounts/policy.ts';

/** Figures for the operator's monitoring, in Prometheus' text format. */
export const GET: APIRoute = async ({ request, locals }) => {
  const { config, metrics } = locals.services;
  const headers = { 'cache-control': 'no-store' };
  if (!mayReadMetrics(locals.visit, request.headers.get('authorization'), config.metricsToken)) {
    return new Response('From this machine, or with METRICS_TOKEN as bearer\n', { status: 403, headers });
  }
  return new Response(await metrics.text(), { headers: { ...headers, 'content-type': metrics.contentType } });
};
