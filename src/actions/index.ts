import { type ActionAPIContext, ActionError, defineAction } from 'astro:actions';
import * as z from 'zod';
import { administratorForm, setUpAdministrator } from '../accounts/administrator.ts';
import { code } from '../accounts/fields.ts';
import { deleteAccount, deletion } from '../accounts/personal-data.ts';
import { type ActionName, access, actions } from '../accounts/policy.ts';
import { register, registration, verifyEmail } from '../accounts/register.ts';
import { requestReset, resetForm, resetPassword, resetRequest } from '../accounts/reset-password.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import {
  changePassword,
  confirmEmailChange,
  emailChange,
  passwordChange,
  requestEmailChange,
} from '../accounts/settings.ts';
import { credentials, signIn } from '../accounts/sign-in.ts';
import { confirmTwoFactor, showTwoFactor } from '../accounts/two-factor.ts';
import { type Outcome, type Problem, parseForm } from '../lib/form.ts';

/** What a page gets back: everything that was typed but secrets, and what is wrong with it. */
export type FormAnswer<T = object> = { typed: Record<string, string>; problems: Problem[]; done?: T };

const secretFields = new Set(['password', 'current', 'token', 'code']);

interface Call {
  context: ActionAPIContext;
  /** The visitor's network address. */
  client: string;
}

/**
 * An action of the name's audience: parse → policy → domain. What is wrong comes back as data, with what was typed.
 */
const action = <S extends z.ZodType, T extends object>(
  name: ActionName,
  schema: S,
  handle: (input: z.infer<S>, call: Call) => Promise<Outcome<T>>,
) =>
  defineAction({
    accept: 'form',
    async handler(form: FormData, context): Promise<FormAnswer<T>> {
      if (access(context.locals.person, actions[name]) !== 'allowed') throw new ActionError({ code: 'FORBIDDEN' });
      const typed = Object.fromEntries(
        [...form].filter(([field, value]) => typeof value === 'string' && !secretFields.has(field)),
      ) as Record<string, string>;
      const parsed = parseForm(schema, form);
      if (!parsed.ok) return { typed, problems: parsed.problems };
      const outcome = await handle(parsed.input, { context, client: context.clientAddress });
      return outcome.ok ? { typed, problems: [], done: outcome } : { typed, problems: outcome.problems };
    },
  });

/** The person of an action that only signed-in people reach. */
const personOf = ({ context }: Call): SignedIn => {
  const { person } = context.locals;
  if (!person) throw new ActionError({ code: 'UNAUTHORIZED' });
  return person;
};
const accountsOf = ({ context }: Call) => context.locals.services.accounts;

const token = z.object({ token: z.string().max(100) });

export const server = {
  register: action('register', registration, (input, call) =>
    register(accountsOf(call), input, { language: call.context.locals.language, client: call.client }),
  ),
  verifyEmail: action('verifyEmail', token, async (input, call) => {
    const verified = await verifyEmail(accountsOf(call), input.token);
    return verified.ok ? verified : confirmEmailChange(accountsOf(call), input.token);
  }),
  signIn: action('signIn', credentials, async (input, call) => {
    const userAgent = call.context.request.headers.get('user-agent') ?? '';
    const outcome = await signIn(accountsOf(call), input, { client: call.client, userAgent });
    if (!outcome.ok) return outcome;
    call.context.locals.setCookies.push(outcome.cookie);
    return { ok: true };
  }),
  requestReset: action('requestReset', resetRequest, (input, call) =>
    requestReset(accountsOf(call), input, call.context.locals.language),
  ),
  resetPassword: action('resetPassword', resetForm, (input, call) => resetPassword(accountsOf(call), input)),
  setUpAdministrator: action('setUpAdministrator', administratorForm, (input, call) =>
    setUpAdministrator(accountsOf(call), input),
  ),
  showTwoFactor: action('showTwoFactor', z.object({ code }), (input, call) =>
    showTwoFactor(accountsOf(call), personOf(call), input.code),
  ),
  confirmTwoFactor: action('confirmTwoFactor', z.object({ code }), (input, call) =>
    confirmTwoFactor(accountsOf(call), personOf(call), input.code),
  ),
  changePassword: action('changePassword', passwordChange, (input, call) =>
    changePassword(accountsOf(call), personOf(call), input),
  ),
  changeEmail: action('changeEmail', emailChange, (input, call) =>
    requestEmailChange(accountsOf(call), personOf(call), input),
  ),
  endSession: action('endSession', z.object({ session: z.string().max(64) }), async (input, call) => {
    await accountsOf(call).sessions.end(personOf(call).userId, input.session);
    return { ok: true };
  }),
  deleteAccount: action('deleteAccount', deletion, async (input, call) => {
    const outcome = await deleteAccount(accountsOf(call), personOf(call), input);
    if (outcome.ok) call.context.locals.setCookies.push(accountsOf(call).sessions.blankCookie());
    return outcome;
  }),
};
