import type { APIRoute } from 'astro';
import { takeAttempt } from '../../../accounts/rate-limit.ts';
import { apiLanguage } from '../../../catalogue/api.ts';
import { exportList } from '../../../catalogue/export/export.ts';
import { type ExportFormat, exportFormats } from '../../../catalogue/export/formats.ts';
import { kindOfApi } from '../../../catalogue/kinds/index.ts';
import { localDay } from '../../../i18n/format.ts';
import { translator } from '../../../i18n/translate.ts';
import { readListRequest } from '../../../lib/list-endpoint.ts';
import { download, problem } from '../../../lib/respond.ts';
import { streamed } from '../../../lib/stream.ts';

const isFormat = (text: string): text is ExportFormat => (exportFormats as readonly string[]).includes(text);

/** A whole list as a file, with the filters of its pages: `technology-offers.csv?field=211`. */
export const GET: APIRoute = async (context) => {
  const { params, url, locals } = context;
  const { services, visit } = locals;
  const t = translator(apiLanguage(url.searchParams));
  const kind = kindOfApi(params.kind ?? '');
  const { format = '' } = params;
  if (!kind || !isFormat(format)) {
    return problem({ status: 404, title: t('error.404.title'), detail: t('error.404.text') });
  }
  const request = readListRequest(context, kind);
  if ('refusal' in request) return request.refusal;
  if (!(await takeAttempt(services.db, 'exportByClient', visit.client))) {
    return problem({ status: 429, title: t('export.download'), detail: t('export.tooMany') });
  }
  const { query, language } = request;
  const chunks = exportList(services, query, kind, format, language);
  const name = `${t(`value.kind.${kind.code}`)} ${localDay(Date.now())}.${format}`;
  return download(streamed(chunks, locals.drained), { type: format, name });
};
