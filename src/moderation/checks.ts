import type { Db } from '../../db/client.ts';
import type { SearchEngine } from '../../search/engine.ts';
import { fold } from '../../search/text.ts';
import { findByKey } from '../catalogue/import/existing.ts';
import { localDay } from '../i18n/format.ts';
import type { Draft } from './drafts.ts';

/** Something that a reviewer should look at; `values` are shown. */
export interface Finding {
  check: 'sameName' | 'sameKey' | 'contactInText' | 'expired' | 'short';
  text: string;
  /** The other record. */
  record?: { kind: string; slug: string };
}

const contactPattern = /[\w.+-]+@[\w-]+\.\w+|(?:\+84|\b0)\d(?:[ .-]?\d){7,9}\b|https?:\/\//;
/** The first e-mail address, telephone number or link in a text. */
export const contactIn = (text: string): string | undefined => text.match(contactPattern)?.[0];

const texts = ['title', 'summary', 'body', 'problem', 'requiredResult', 'businessModel'];

/** What the program can see before a person looks: likely duplicates, contact data in free text, expired papers. */
export async function findingsOf(db: Db, search: SearchEngine, draft: Draft): Promise<Finding[]> {
  const { kind, form, recordId } = draft;
  const findings: Finding[] = [];
  const title = String(form.title ?? '');
  const { hits } = await search.search({
    q: title,
    filters: { kind: [kind.code] },
    sort: 'relevance',
    offset: 0,
    limit: 5,
    facets: [],
    language: 'vi',
  });
  for (const { document } of hits) {
    if (document.id === recordId || fold(document.title) !== fold(title)) continue;
    findings.push({ check: 'sameName', text: document.title, record: document });
  }
  for (const key of kind.naturalKeys.map(String)) {
    const value = String(form[key] ?? '').trim();
    if (!value) continue;
    const others = [...(await findByKey(db, kind, key, [value])).values()].filter((id) => id !== recordId);
    const [other] =
      others.length > 0 ? await db.selectFrom('record').selectAll().where('id', 'in', others).execute() : [];
    if (other) findings.push({ check: 'sameKey', text: `${value}: ${other.title}`, record: other });
  }
  for (const name of texts) {
    const found = contactIn(String(form[name] ?? ''));
    if (found) findings.push({ check: 'contactInText', text: found });
  }
  const expiresOn = String(form.expiresOn ?? '');
  if (expiresOn && expiresOn < localDay(Date.now())) findings.push({ check: 'expired', text: expiresOn });
  if (String(form.summary ?? '').length < 60) findings.push({ check: 'short', text: String(form.summary ?? '') });
  return findings;
}
