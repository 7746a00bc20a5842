import type { APIRoute } from 'astro';
import { apiLanguage, listAnswer } from '../../../../catalogue/api.ts';
import { kindOfApi } from '../../../../catalogue/kinds/index.ts';
import { translator } from '../../../../i18n/translate.ts';
import { answerChanges } from '../../../../lib/changes-endpoint.ts';
import { answerList } from '../../../../lib/list-endpoint.ts';
import { problem } from '../../../../lib/respond.ts';

export const GET: APIRoute = (context) => {
  const t = translator(apiLanguage(context.url.searchParams));
  const kind = kindOfApi(context.params.kind ?? '');
  if (!kind) return problem({ status: 404, title: t('error.404.title'), detail: t('error.404.text') });
  const { searchParams } = context.url;
  if (searchParams.has('updatedSince') || searchParams.has('cursor')) return answerChanges(context, kind);
  return answerList(context, kind, listAnswer);
};
