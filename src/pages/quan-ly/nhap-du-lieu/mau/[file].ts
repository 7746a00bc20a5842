import type { APIRoute } from 'astro';
import { apiLanguage } from '../../../../catalogue/api.ts';
import { templateCsv, templateXlsx } from '../../../../catalogue/import/template.ts';
import { kindOfApi } from '../../../../catalogue/kinds/index.ts';
import { translator } from '../../../../i18n/translate.ts';
import { download } from '../../../../lib/respond.ts';

/** A kind's template, e.g. `technology-offers.xlsx`. */
export const GET: APIRoute = async ({ params: { file = '' }, url, locals: { services } }) => {
  const language = apiLanguage(url.searchParams);
  const [, api = '', type] = file.match(/^([\w-]+)\.(csv|xlsx)$/) ?? [];
  const kind = kindOfApi(api);
  if (!kind) return new Response(null, { status: 404, headers: { 'cache-control': 'private, no-store' } });
  const name = `${translator(language)(`value.kind.${kind.code}`)}.${type}`;
  return type === 'csv'
    ? download(templateCsv(kind, language), { type: 'csv', name })
    : download(await templateXlsx(kind, language, services.vocabulary), { type: 'xlsx', name });
};
