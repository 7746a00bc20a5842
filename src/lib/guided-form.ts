import { actions } from 'astro:actions';
import type { AstroGlobal } from 'astro';
import type { FormAnswer } from '../actions/action.ts';
import { kinds } from '../catalogue/kinds/index.ts';
import { addressOf, pageRoutes } from '../i18n/routes.ts';
import type { Match } from '../matching/match.ts';
import { type SuggestedTerm, suggestTerms, suggestTitle } from '../matching/suggest-terms.ts';
import { thesaurus } from '../matching/thesaurus.ts';
import { recordsOf } from '../moderation/drafts.ts';
import type { ShownDuplicate } from '../moderation/duplicates.ts';
import { type FormIssue, stepsOf, type TypedForm } from '../moderation/form.ts';
import { foundFor, type Guide, type GuideCode, readGuide } from '../moderation/guides.ts';
import { openStatement, type Statement, statementCookie } from '../moderation/statements.ts';
import { formAnswer } from './answer.ts';

/** What the page of a guided form shows. */
export interface GuidedForm {
  guide: Guide;
  answer: FormAnswer | undefined;
  /** The statement that it goes on from. */
  statement: string;
  text: string;
  values: TypedForm;
  issues: FormIssue[];
  duplicates: ShownDuplicate[];
  found: Match[];
  suggested: { fields: SuggestedTerm[]; keywords: SuggestedTerm[] };
  /** By relation: the names of one's own public records. */
  own: Record<string, string[]>;
}

/** What a visitor or member has said in a guided form and not yet made a record of. */
export const statementOf = (
  { cookies, locals: { person, services } }: Pick<AstroGlobal, 'cookies' | 'locals'>,
  kind?: GuideCode,
): Promise<Statement | undefined> =>
  openStatement(services.db, { userId: person?.userId, secret: cookies.get(statementCookie)?.value }, kind);

/** What the page of a guided form shows, or where it leads: to the draft that was made, or back to the first question. */
export async function guidedForm(astro: AstroGlobal, guide: Guide): Promise<Response | GuidedForm> {
  const { language, person, services } = astro.locals;
  const kind = kinds[guide.code];
  const answer = formAnswer(astro, astro.getActionResult(actions.startGuided));
  const { recordId, issues = [], duplicates = [] } = answer?.done ?? {};
  if (recordId !== undefined) {
    return astro.redirect(`${addressOf('editRecord', language, recordId)}?buoc=${stepsOf(kind).length + 1}`);
  }
  const statement = await statementOf(astro, guide.code);
  if (!answer && !statement) return astro.redirect(pageRoutes[guide.page][language]);
  if (issues.length > 0) astro.response.status = 400;

  const typed = answer && readGuide(guide, await astro.request.formData());
  const text = answer?.typed.text ?? statement?.text ?? '';
  const found = await foundFor(services, guide, text);
  const suggested = suggestTerms(text, found, services.vocabulary.fields, thesaurus);
  const ticked = (terms: SuggestedTerm[]) => terms.filter((one) => one.ticked).map(({ value }) => value);
  const records = (await recordsOf(services.db, person?.userId ?? '')).filter(({ status }) => status === 'published');
  return {
    guide,
    answer,
    statement: answer?.typed.statement ?? String(statement?.id ?? ''),
    text,
    values: typed ?? {
      title: suggestTitle(text),
      fields: ticked(suggested.fields),
      keywords: ticked(suggested.keywords).join('\n'),
    },
    issues,
    duplicates,
    found,
    suggested,
    own: Object.fromEntries(
      Object.entries(kind.relations).map(([name, { to }]) => [
        name,
        records.filter((record) => to.includes(record.kind as 'offer')).map(({ title }) => title),
      ]),
    ),
  };
}
