import type { APIRoute } from 'astro';
import { openApiDocument } from '../../../catalogue/openapi.ts';
import { json } from '../../../lib/respond.ts';

export const GET: APIRoute = ({ locals: { services } }) =>
  json(openApiDocument(services.region.siteName.en, services.config.publicUrl));
