import type { APIRoute } from 'astro';
import { datasets, dcatCatalogue } from '../../insight/open-data-catalogue.ts';
import { json } from '../../lib/respond.ts';

export const GET: APIRoute = async ({ locals: { services } }) =>
  json(dcatCatalogue(services, await datasets(services.db)), 'application/ld+json');
