import type { APIRoute } from 'astro';
import { searchAnswer } from '../../../catalogue/api.ts';
import { answerList } from '../../../lib/list-endpoint.ts';

export const GET: APIRoute = (context) => answerList(context, undefined, searchAnswer);
