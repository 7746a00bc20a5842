import type { KindDeclaration } from '../catalogue/kind.ts';
import { localDay } from '../i18n/format.ts';
import { metaOfName, schemaOf, stepsOf, type TypedForm } from './form.ts';

/** A value that the rules allow and that is still hardly meant. */
export interface OddValue {
  check: 'expired' | 'passed' | 'future' | 'zero' | 'missing';
  text: string;
  name: string;
}

/** Days that lie ahead by their nature; every other day of a form has happened already. */
const ahead: Record<string, OddValue['check']> = { expiresOn: 'expired', deadline: 'passed' };
/** Without these nobody finds the record in a list. */
const needed = ['fields', 'areas'];
/** Nothing has been raised yet, a budget begins at nothing: those are honest. */
const amounts = ['priceMinVnd', 'priceMaxVnd', 'budgetMaxVnd', 'fundingSoughtVnd'];

/** Papers that have run out, years and days in the future, amounts of nothing, and what no record should lack. */
export function oddValues(kind: KindDeclaration, form: TypedForm, today = localDay(Date.now())): OddValue[] {
  const odd: OddValue[] = [];
  // Set by the Department, so not among the fields of the form.
  if (['expired', 'revoked'].includes(String(form.certificateStatus ?? ''))) {
    odd.push({ check: 'expired', text: '', name: 'certificateStatus' });
  }
  for (const name of stepsOf(kind).flatMap((step) => step.names)) {
    const { type, isName } = metaOfName(kind, name);
    const text = [form[name] ?? ''].flat().join(', ').trim();
    if (text === '') {
      if (needed.includes(name)) odd.push({ check: 'missing', text, name });
      continue;
    }
    // A link is the name of another record: the form's own check looks it up.
    if (name in kind.relations) continue;
    const value = schemaOf(kind, name).safeParse(form[name]).data;
    if (type === 'date' && ahead[name] && String(value) < today) odd.push({ check: ahead[name], text, name });
    if (type === 'date' && !ahead[name] && String(value) > today) odd.push({ check: 'future', text, name });
    if (isName && Number(value) > Number(today.slice(0, 4))) odd.push({ check: 'future', text, name });
    if (amounts.includes(name) && value === 0 && form.priceMode !== 'free') odd.push({ check: 'zero', text, name });
  }
  return odd;
}
