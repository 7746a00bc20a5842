import { type ActionAPIContext, ActionError, defineAction } from 'astro:actions';
import type * as z from 'zod';
import { type ActionName, access, actions } from '../accounts/policy.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { type Outcome, type Problem, parseForm } from '../lib/form.ts';

/** What a page gets back: everything that was typed but secrets, and what is wrong with it. */
export type FormAnswer<T = object> = { typed: Record<string, string>; problems: Problem[]; done?: T };

const secretFields = new Set(['password', 'current', 'token', 'code']);

/** What an action is called with besides its form. */
export interface Call {
  context: ActionAPIContext;
  /** The visitor's network address. */
  client: string;
  form: FormData;
}

/**
 * An action of the name's audience: parse → policy → domain. What is wrong comes back as data, with what was typed.
 */
export const action = <S extends z.ZodType, T extends object>(
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
      const outcome = await handle(parsed.input, { context, client: context.locals.visit.client, form }).catch(
        (error: unknown) => {
          // Astro makes an answer of it; the middleware must know that it is a failure.
          if (!(error instanceof ActionError)) context.locals.failure = error;
          throw error;
        },
      );
      return outcome.ok ? { typed, problems: [], done: outcome } : { typed, problems: outcome.problems };
    },
  });

/** Where a form comes from. */
export const visitorOf = ({ client, context }: Call) => ({
  client,
  userAgent: context.request.headers.get('user-agent') ?? '',
});

/** The person of an action that only signed-in people reach. */
export const personOf = ({ context }: Call): SignedIn => {
  const { person } = context.locals;
  if (!person) throw new ActionError({ code: 'UNAUTHORIZED' });
  return person;
};
/** What the accounts' functions work with. */
export const accountsOf = ({ context }: Call) => context.locals.services.accounts;
