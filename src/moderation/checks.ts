import type { Db } from '../../db/client.ts';
import type { SearchEngine } from '../../search/engine.ts';
import { fold } from '../../search/text.ts';
import type { Draft } from './drafts.ts';
import { distinctWords, findDuplicates } from './duplicates.ts';
import type { TypedForm } from './form.ts';
import { type OddValue, oddValues } from './odd-values.ts';

/** Something that a reviewer should look at; `values` are shown. */
export interface Finding {
  check: 'sameName' | 'likeName' | 'sameKey' | 'contactInText' | 'hiddenInText' | 'short' | OddValue['check'];
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

/** What an anonymous need's public texts are; what it hides is looked for in them. */
const publicTexts = [
  ...['title', 'titleEn', 'summary', 'summaryEn', 'body', 'keywords'],
  ...['problem', 'currentSituation', 'tried', 'requiredResult'],
];
/** «Xã Thanh Hà» is told by «Thanh Hà» too; a province tells little. */
const exactPlace = /^(?:xã|phường|thị trấn|đặc khu)\s+/iu;

/**
 * Where the texts of a need that is to be anonymous say all the same whose it is or where: its requester, contact or
 * commune, in any spelling.
 */
export function hiddenInText(form: TypedForm): { name: string; text: string }[] {
  if (String(form.anonymous ?? '') !== '1' && String(form.anonymous ?? '') !== 'true') return [];
  const lines = (name: string) => String(form[name] ?? '').split('\n');
  const hidden = [
    ...['requester', 'contactName', 'contactEmail', 'contactPhone'].flatMap(lines),
    ...lines('areas').flatMap((place) => (exactPlace.test(place.trim()) ? place.trim().replace(exactPlace, '') : [])),
  ]
    .map((text) => text.trim())
    .filter((text) => distinctWords(text).join('').length > 2);
  return publicTexts.flatMap((name) => {
    const words = ` ${fold([form[name] ?? ''].flat().join(' · '))} `;
    const said = hidden.find((text) => words.includes(` ${distinctWords(text).join(' ')} `));
    return said ? [{ name, text: said }] : [];
  });
}

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
  for (const said of hiddenInText(form)) findings.push({ check: 'hiddenInText', ...said });
  findings.push(...oddValues(kind, form));
  if (String(form.summary ?? '').length < 60) findings.push({ check: 'short', text: String(form.summary ?? '') });
  return findings;
}
