import * as z from 'zod';
import { takeAttempt } from '../accounts/rate-limit.ts';
import { kinds } from '../catalogue/kinds/index.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { duplicatesFor, type ShownDuplicate } from '../moderation/duplicates.ts';
import { checkForm, type FormIssue } from '../moderation/form.ts';
import { guideCodes, guides, readGuide } from '../moderation/guides.ts';
import {
  keepStatement,
  startStated,
  statementCookie,
  statementCookieHeader,
  statementForm,
} from '../moderation/statements.ts';
import { accountsOf, action, personOf } from './action.ts';

const guidedForm = statementForm.pick({ text: true }).extend({
  guide: z.enum(guideCodes, 'record.notNow'),
  statement: z.coerce.number('record.notNow').int().positive().optional().catch(undefined),
  /** The name that somebody has said is not one of those shown to them. */
  different: z.string('record.new.missing').optional(),
});

/** The draft that was made, or why there is none yet. */
interface Begun {
  recordId?: number;
  issues?: FormIssue[];
  duplicates?: ShownDuplicate[];
}

export const guidedActions = {
  stateProblem: action('stateProblem', statementForm, async ({ guide, text, go }, call) => {
    const { locals } = call.context;
    const { db } = accountsOf(call);
    if (go === 'look') {
      const allowed = await takeAttempt(db, 'liveMatchesByClient', call.client);
      return allowed ? { ok: true, go } : refuse('form.tooMany');
    }
    if (!(await takeAttempt(db, 'statementByClient', call.client))) return refuse('form.tooMany');
    const secret = await keepStatement(db, { guide, text }, locals.person?.userId);
    locals.setCookies.push(statementCookieHeader(secret, locals.services.config.publicUrl.startsWith('https:')));
    return { ok: true, go };
  }),
  startGuided: action('startGuided', guidedForm, async (input, call): Promise<Outcome<Begun>> => {
    const { guide: code, statement: id, different } = input;
    const { services } = call.context.locals;
    const kind = kinds[code];
    const form = readGuide(guides[code], call.form);
    const checked = await checkForm(services, { kind, form, links: [] });
    if (!checked.ok) return { ok: true, issues: checked.issues };
    const { title } = checked.input.shared;
    const isAnother = different?.trim() === title;
    if (!isAnother) {
      const duplicates = await duplicatesFor(services, personOf(call), kind, { title });
      if (duplicates.length > 0) return { ok: true, duplicates };
    }
    const secret = call.context.cookies.get(statementCookie)?.value;
    const recordId = await startStated(services.db, personOf(call), kind, form, { id, secret, isAnother });
    const isSecure = services.config.publicUrl.startsWith('https:');
    if (secret) call.context.locals.setCookies.push(statementCookieHeader(undefined, isSecure));
    return { ok: true, recordId };
  }),
};
