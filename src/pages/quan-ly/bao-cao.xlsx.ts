import type { APIRoute } from 'astro';
import { readReport } from '../../insight/report.ts';
import { reportWorkbook } from '../../insight/workbook.ts';

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The report of `period` (and `version`, when it was given) in the language of `lang`, as an Excel workbook. */
export const GET: APIRoute = async ({ url, locals: { services } }) => {
  const report = await readReport(services, url.searchParams);
  if (!report) return new Response(null, { status: 404, headers: { 'cache-control': 'private, no-store' } });
  const { data, frozen } = report;
  const language = url.searchParams.get('lang') === 'en' ? 'en' : 'vi';
  const workbook = await reportWorkbook(data, language, frozen?.version);
  const name = `bao-cao-${data.period}${frozen ? `-ban-${frozen.version}` : '-du-thao'}.xlsx`;
  return new Response(new Uint8Array(workbook), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  });
};
