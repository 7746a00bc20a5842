import type { Language } from '../../../search/engine.ts';
import { translator } from '../../i18n/translate.ts';
import { byteOrderMark, csvLines } from '../../lib/csv.ts';
import { type Cell, writeXlsx } from '../../lib/xlsx.ts';
import type { KindDeclaration } from '../kind.ts';
import { type ListQuery, toSearchQuery } from '../list-query.ts';
import { publicView, readRecords } from '../read.ts';
import type { Sources } from '../sources.ts';
import { type ExportColumn, exportColumns } from './columns.ts';
import type { ExportFormat } from './formats.ts';

/** Records read together: two queries for each batch, whatever their number. */
const batchSize = 200;

/** The heading and the rows of a list, all its pages in its own order, as everybody may see them. */
async function* rowsOf(
  { db, search, vocabulary }: Pick<Sources, 'db' | 'search' | 'vocabulary'>,
  query: ListQuery,
  kind: KindDeclaration,
  language: Language,
  columns: ExportColumn[],
): AsyncGenerator<Cell[][]> {
  yield [columns.map(({ label }) => label)];
  const asked = { ...toSearchQuery(query, kind, language), facets: [], limit: batchSize };
  const seen = new Set<number>();
  for (let offset = 0; ; offset += batchSize) {
    const { hits } = await search.search({ ...asked, offset });
    if (hits.length === 0) return;
    // The list may grow at its beginning meanwhile; nothing comes twice.
    const ids = hits.map((hit) => hit.document.id).filter((id) => !seen.has(id));
    for (const id of ids) seen.add(id);
    const records = new Map((await readRecords(db, ids)).map((record) => [record.id, record]));
    yield ids.flatMap((id) => {
      const record = records.get(id);
      // The index follows the database a moment later.
      if (record?.status !== 'published') return [];
      const view = publicView(record, vocabulary);
      return [columns.map(({ cellOf }) => cellOf(view))];
    });
    if (hits.length < batchSize) return;
  }
}

async function* csvChunks(batches: AsyncIterable<Cell[][]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(byteOrderMark);
  for await (const rows of batches) {
    const days = rows.map((row) => row.map((cell) => (cell !== null && typeof cell === 'object' ? cell.day : cell)));
    yield encoder.encode(csvLines(days));
  }
}

/** A list as a file, made while it is sent. Its columns are those that an import reads. */
export function exportList(
  sources: Pick<Sources, 'db' | 'search' | 'vocabulary' | 'config'>,
  query: ListQuery,
  kind: KindDeclaration,
  format: ExportFormat,
  language: Language,
): AsyncGenerator<Uint8Array> {
  const columns = exportColumns(kind, language, sources.vocabulary, sources.config.publicUrl);
  const batches = rowsOf(sources, query, kind, language, columns);
  if (format === 'csv') return csvChunks(batches);
  return writeXlsx([{ name: translator(language)('template.sheet.data'), rows: batches }]);
}
