import type { Db, Trx } from '../../db/client.ts';
import type { Language } from '../../search/engine.ts';
import { fold } from '../../search/text.ts';

/** An entry of a classification with its names and place in the tree. */
export interface Term {
  code: string;
  parent: string | null;
  name: Record<Language, string>;
  /** Names it had before, with the day until which each was valid. */
  former: { name: string; validUntil: string | null }[];
  type?: string;
  /** Not offered any more; what has it already keeps it. */
  retired?: true;
  /** The code of what it belongs to since it ended. */
  mergedInto?: string;
  /** Every name, of today and former, as it is compared. */
  folded: string[];
}

/** The classifications that records refer to, as the database holds them. */
export interface Vocabulary {
  fields: Map<string, Term>;
  areas: Map<string, Term>;
  vsic: Map<string, Term>;
  niceClasses: Map<string, Term>;
}

interface TermRow {
  code: string;
  parent?: string | null;
  vi: string;
  en: string;
  type?: string;
  retiredAt?: string | null;
  mergedInto?: string | null;
}

/** Reads the classifications; small tables that every page needs, so callers keep the result. */
export async function loadVocabulary(db: Db | Trx): Promise<Vocabulary> {
  const [fields, areas, formerNames, vsic, niceClasses] = await Promise.all([
    db.selectFrom('field').selectAll().orderBy('code').execute(),
    db.selectFrom('area').selectAll().orderBy('code').execute(),
    db.selectFrom('area_former_name').selectAll().execute(),
    db.selectFrom('vsic_section').selectAll().orderBy('code').execute(),
    db.selectFrom('nice_class').selectAll().execute(),
  ]);
  const former = Map.groupBy(formerNames, (row) => row.areaCode);
  const term = (row: TermRow): Term => {
    const formerNames = (former.get(row.code) ?? []).map(({ name, validUntil }) => ({ name, validUntil }));
    return {
      code: row.code,
      parent: row.parent ?? null,
      name: { vi: row.vi, en: row.en },
      former: formerNames,
      folded: [row.vi, row.en, ...formerNames.map(({ name }) => name)].map(fold),
      ...(row.type && { type: row.type }),
      ...((row.retiredAt || row.mergedInto) && { retired: true }),
      ...(row.mergedInto && { mergedInto: row.mergedInto }),
    };
  };
  const byCode = (rows: TermRow[]) => new Map(rows.map((row) => [row.code, term(row)]));
  return { fields: byCode(fields), areas: byCode(areas), vsic: byCode(vsic), niceClasses: byCode(niceClasses) };
}

/** A code with all that stand above it: `31-chi-linh` → `31`, `31-chi-linh`. */
export function withParents(terms: Map<string, Term>, codes: string[]): string[] {
  const found = new Set<string>();
  for (const code of codes) {
    for (let term = terms.get(code); term; term = term.parent ? terms.get(term.parent) : undefined)
      found.add(term.code);
  }
  return [...found];
}

/**
 * The codes of the entries whose name, of today or former, holds these words next to each other, however spelled:
 * «cam giang» leads to the communes that were Cẩm Giàng district.
 */
export function termsNamed(terms: Map<string, Term>, text: string): string[] {
  const wanted = fold(text);
  if (wanted === '') return [];
  return [...terms.values()]
    .filter((term) => !term.retired)
    .filter((term) => term.folded.some((name) => ` ${name} `.includes(` ${wanted} `)))
    .map((term) => term.code);
}

const exactly = (name: string) => name.normalize('NFC').trim().toLowerCase();

/**
 * The codes of the entries that carry a name now or carried it before, however it is spelled. One whose present name it
 * is, diacritics and all, is meant alone: Xã Cẩm Giàng and Xã Cẩm Giang are neighbours.
 */
export function namesakes(terms: Map<string, Term>, name: string): string[] {
  const present = [...terms.values()].filter((term) => exactly(term.name.vi) === exactly(name));
  if (present.length > 0) return present.map((term) => term.code);
  const wanted = fold(name);
  return [...terms.values()].filter((term) => !term.retired && term.folded.includes(wanted)).map((term) => term.code);
}

/** The codes of the areas with a name. */
export const areasNamed = (areas: Map<string, Term>, name: string): string[] => namesakes(areas, name);
