import type { APIRoute } from 'astro';
import { answerChanges } from '../../../lib/changes-endpoint.ts';

export const GET: APIRoute = (context) => answerChanges(context, undefined);
