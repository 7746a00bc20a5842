import type { APIRoute } from 'astro';

export const GET: APIRoute = ({ locals: { services } }) =>
  new Response(
    `User-agent: *\nDisallow: /api/\nAllow: /\n\nSitemap: ${services.config.publicUrl}/sitemap-index.xml\n`,
    {
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    },
  );
