import type { APIRoute } from 'astro';
import { apiLanguage } from '../../../../catalogue/api.ts';
import { errorText } from '../../../../catalogue/import/messages.ts';
import { translator } from '../../../../i18n/translate.ts';
import { csvText } from '../../../../lib/csv.ts';
import { download } from '../../../../lib/respond.ts';
import { readJob } from '../../../../moderation/imports/jobs.ts';

/** Every error of a checked file, to correct it by. */
export const GET: APIRoute = async ({ params: { id }, url, locals: { services } }) => {
  const language = apiLanguage(url.searchParams);
  const t = translator(language);
  const job = await readJob(services.db, /^\d{1,15}$/.test(id ?? '') ? Number(id) : 0);
  if (!job?.report) return new Response(null, { status: 404, headers: { 'cache-control': 'private, no-store' } });
  const rows = job.report.errors.map((error) => {
    const { column, reason } = errorText(job.kind.code, error, language);
    return [error.line, column, error.value, reason];
  });
  const head = (['line', 'column', 'value', 'reason'] as const).map((name) => t(`import.error.${name}`));
  const name = `${job.fileName.replace(/\.\w+$/, '')} - ${t('import.errors')}.csv`;
  return download(csvText([head, ...rows]), { type: 'csv', name });
};
