import type { APIRoute } from 'astro';
import { apiLanguage, recordAnswer } from '../../../../catalogue/api.ts';
import { kindOfApi } from '../../../../catalogue/kinds/index.ts';
import { findPublic } from '../../../../catalogue/read.ts';
import { translator } from '../../../../i18n/translate.ts';
import { json, problem } from '../../../../lib/respond.ts';

export const GET: APIRoute = async ({ params, url, locals: { services }, redirect }) => {
  const t = translator(apiLanguage(url.searchParams));
  const kind = kindOfApi(params.kind ?? '');
  const found = kind && (await findPublic(services.db, kind, params.slug ?? '', services.vocabulary));
  switch (found?.status) {
    case 200:
      return json(recordAnswer(found.record, { publicUrl: services.config.publicUrl, site: services.site }));
    case 301:
      return redirect(`/api/v1/${params.kind}/${found.slug}`, 301);
    case 410:
      return problem({
        status: 410,
        title: t('error.410.title'),
        detail: t(`error.410.${found.reason}`),
      });
    default:
      return problem({ status: 404, title: t('error.404.title'), detail: t('error.404.text') });
  }
};
