import type { SearchEngine } from '../../search/engine.ts';
import { fold } from '../../search/text.ts';
import { parseRecordPath, recordPath } from '../catalogue/address.ts';
import type { KindDeclaration, Relation } from '../catalogue/kind.ts';
import type { LinkedRecord } from '../catalogue/read.ts';
import type { Sources } from '../catalogue/sources.ts';
import type { FormIssue, TypedForm } from './form.ts';

/** Linked records as a form holds them: under each relation their names, or addresses of their pages, one a line. */
export const formOfLinks = (kind: KindDeclaration, links: LinkedRecord[]): TypedForm =>
  Object.fromEntries(
    Object.keys(kind.relations).map((relation) => [
      relation,
      links
        .filter((link) => link.relation === relation)
        .map((link) => link.title)
        .join('\n'),
    ]),
  );

const quoted = (titles: string[]) => titles.map((title) => `«${title}»`).join(', ');

/** Public records of these kinds that are called so, and those that are called nearly so. */
async function findNamed(search: SearchEngine, { to }: Relation, name: string) {
  const { hits, relaxed } = await search.search({
    q: name,
    filters: { kind: [...to] },
    sort: 'relevance',
    offset: 0,
    limit: 5,
    facets: [],
    language: 'vi',
  });
  const documents = hits.map((hit) => hit.document);
  const folded = fold(name);
  return {
    same: documents.filter(({ title, titleEn }) => fold(title) === folded || fold(titleEn ?? '') === folded),
    near: relaxed ? [] : documents.slice(0, 3),
  };
}

async function findLinked(
  { db, search }: Pick<Sources, 'db' | 'search'>,
  relation: Relation,
  line: string,
  current: LinkedRecord[],
): Promise<{ id: number } | Omit<FormIssue, 'name'>> {
  const path = parseRecordPath(line);
  if (path && relation.to.includes(path.kind)) {
    const found = await db
      .selectFrom('record')
      .select('id')
      .where('kind', '=', path.kind)
      .where('slug', '=', path.slug)
      .where('status', '=', 'published')
      .executeTakeFirst();
    return found ?? { message: 'error.noRecord', detail: line };
  }
  // What is linked now stays linked, even where another record has taken the same name.
  const kept = current.find((link) => fold(link.title) === fold(line));
  if (kept) return kept;
  const { same, near } = await findNamed(search, relation, line);
  if (same.length === 1) return same[0];
  if (same.length > 1) {
    return { message: 'error.sameRecords', detail: same.map((record) => recordPath(record, 'vi')).join(', ') };
  }
  return near.length > 0
    ? { message: 'error.likeRecord', detail: quoted(near.map(({ title }) => title)) }
    : { message: 'error.noRecord', detail: line };
}

/**
 * The records that a form names, by relation; a relation that the form does not hold is left as it is.
 * @param current links of the record as it is public now
 */
export async function resolveLinks(
  sources: Pick<Sources, 'db' | 'search'>,
  kind: KindDeclaration,
  form: TypedForm,
  current: LinkedRecord[],
): Promise<{ links: Record<string, number[]>; issues: FormIssue[] }> {
  const links: Record<string, number[]> = {};
  const issues: FormIssue[] = [];
  for (const [name, relation] of Object.entries(kind.relations)) {
    if (form[name] === undefined) continue;
    const lines = String(form[name])
      .split('\n')
      .map((line) => line.normalize('NFC').trim())
      .filter(Boolean);
    links[name] = [];
    if (lines.length > (relation.many ? 20 : 1)) {
      issues.push({ name, message: relation.many ? 'error.tooMany' : 'error.oneOnly' });
      continue;
    }
    const ofRelation = current.filter((link) => link.relation === name);
    for (const line of lines) {
      const found = await findLinked(sources, relation, line, ofRelation);
      if ('id' in found) links[name].push(found.id);
      else issues.push({ name, ...found });
    }
  }
  return { links, issues };
}
