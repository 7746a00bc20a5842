import { readFileSync } from 'node:fs';
import type { Db } from '../client.ts';
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
interface AreaEntry extends AreaTable {
  former: { name: string; until: string | null; source: string | null }[];
}

/**
 * Brings the classifications (fields, areas with their former names, VSIC sections, Nice classes) to what the files
 * of this folder say. Only differences are written, so that a start changes neither the database nor its content
 * version. Entries that left the files stay: records may refer to them.
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
    await upsert(trx, 'area_former_name', ['areaCode', 'name'], former);
    await upsert(trx, 'vsic_section', ['code'], readTerms('vocabulary/vsic.tsv'));
    await upsert(trx, 'nice_class', ['code'], readTerms('vocabulary/nice.tsv'));
  });
}
