import type { Db } from '../../db/client.ts';
import type { SearchEngine } from '../../search/engine.ts';
import type { Draft } from './drafts.ts';
import { findDuplicates } from './duplicates.ts';
import { type OddValue, oddValues } from './odd-values.ts';

/** Something that a reviewer should look at; `values` are shown. */
export interface Finding {
  check: 'sameName' | 'likeName' | 'sameKey' | 'contactInText' | 'short' | OddValue['check'];
  text: string;
  /** The attribute that it is about. */
  name?: string;
  /** The other record. */
  record?: { kind: string; slug: string };
}

const contactPattern = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w|(?:\+84|\b0)\d(?:[ .-]?\d){7,9}\b|https?:\/\//;
/** The first e-mail address, telephone number or link in a text. */
export const contactIn = (text: string): string | undefined => text.match(contactPattern)?.[0];

const texts = ['title', 'summary', 'body', 'problem', 'requiredResult', 'businessModel'];

/** What the program can see before a person looks: likely duplicates, contact data in free text, values that cannot be. */
export async function findingsOf(
  db: Db,
  search: SearchEngine,
  draft: Pick<Draft, 'kind' | 'form' | 'recordId'>,
): Promise<Finding[]> {
  const { kind, form, recordId } = draft;
  const findings: Finding[] = [];
  for (const twin of await findDuplicates(db, search, kind, form, recordId)) {
    const check = twin.attribute !== 'title' ? 'sameKey' : twin.likeness === 1 ? 'sameName' : 'likeName';
    const text = check === 'sameKey' ? `${form[twin.attribute]}: ${twin.title}` : twin.title;
    findings.push({ check, text, record: twin });
  }
  for (const name of texts) {
    const found = contactIn(String(form[name] ?? ''));
    if (found) findings.push({ check: 'contactInText', text: found, name });
  }
  findings.push(...oddValues(kind, form));
  if (String(form.summary ?? '').length < 60) findings.push({ check: 'short', text: String(form.summary ?? '') });
  return findings;
}
