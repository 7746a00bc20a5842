import { readFileSync } from 'node:fs';
import type { Db, Trx } from '../client.ts';
import type { AreaTable } from '../schema.ts';
import { upsert } from './upsert.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The entries of a tab-separated file whose header is `code vi en`. */
function readTerms(path: string): { code: string; vi: string; en: string }[] {
  const lines = read(path).trimEnd().split(/\r?\n/);
  return lines.slice(1).map((line) => {
    const [code, vi, en] = line.split('\t');
    return { code, vi, en };
  });
}

/** An area as `region/areas.json` holds it. */
interface AreaEntry extends Omit<AreaTable, 'validUntil' | 'mergedInto' | 'editedAt'> {
  former: { name: string; until: string | null; source: string | null }[];
}

/** The areas whose names the Department has edited: what they were called is theirs to say. */
async function editedAreas(trx: Trx): Promise<Set<string>> {
  const rows = await trx.selectFrom('area').select('code').where('editedAt', 'is not', null).execute();
  return new Set(rows.map((row) => row.code));
}

/**
 * Brings the classifications (fields, areas with their former names, VSIC sections, Nice classes) to what the files
 * of this folder say. Only differences are written, so that a start changes neither the database nor its content
 * version. Entries that left the files stay: records may refer to them. So does what the Department has edited.
 */
export async function seedVocabularies(db: Db): Promise<void> {
  const areas = JSON.parse(read('region/areas.json')) as AreaEntry[];
  const fields = readTerms('vocabulary/fields.tsv').map((term) => ({
    ...term,
    parent: term.code.length === 1 ? null : term.code.slice(0, term.code.length === 3 ? 1 : 3),
  }));
  const former = areas.flatMap((area) =>
    area.former.map(({ name, until, source }) => ({
      areaCode: area.code,
      name,
      validUntil: until,
      sourceText: source,
    })),
  );
  await db.transaction().execute(async (trx) => {
    await upsert(trx, 'field', ['code'], fields);
    await upsert(
      trx,
      'area',
      ['code'],
      areas.map(({ former: _, ...area }) => area),
    );
    const edited = await editedAreas(trx);
    await upsert(
      trx,
      'area_former_name',
      ['areaCode', 'name'],
      former.filter(({ areaCode }) => !edited.has(areaCode)),
    );
    await upsert(trx, 'vsic_section', ['code'], readTerms('vocabulary/vsic.tsv'));
    await upsert(trx, 'nice_class', ['code'], readTerms('vocabulary/nice.tsv'));
  });
}

/**
 * Takes the list of synonyms into an empty database, once; from then on the Department edits it in the browser.
 * @param groups as the file has them
 */
export async function seedSynonyms(db: Db, groups: string[][], now = new Date()): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const updatedAt = now.toISOString();
    const { numUpdatedRows } = await trx
      .updateTable('settings_version')
      .set({ synonymsReadAt: updatedAt })
      .where('synonymsReadAt', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n || groups.length === 0) return;
    await trx
      .insertInto('synonym_group')
      .values(groups.map((members) => ({ members: JSON.stringify(members), updatedAt })))
      .execute();
  });
}
