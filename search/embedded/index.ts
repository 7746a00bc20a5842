import { setTimeout as sleep } from 'node:timers/promises';
import type BetterSqlite3 from 'better-sqlite3';
import type { SearchDocument, SearchIndex } from '../engine.ts';
import { type Generation, IndexWriter, readState } from './writer.ts';

/** Documents a transaction of a rebuild: a few milliseconds. */
const sliceSize = 10;

/**
 * One of a rebuild's many short writes. Whoever else wants to write waits for its end (the web server without holding up
 * its visitors); after it the others have as long as it took.
 */
async function inTurn<T>(write: () => T): Promise<T> {
  const start = performance.now();
  const result = write();
  await sleep(performance.now() - start);
  return result;
}

/**
 * The embedded engine's index in the SQLite file of the records.
 * `apply` may run inside the caller's transaction, so that the place in the outbox moves with the index.
 */
export function createEmbeddedIndex(sqlite: BetterSqlite3.Database): SearchIndex {
  const countChange = sqlite.prepare('update search_state set seq = seq + 1 where id = 1');
  const swapTo = sqlite.prepare(
    'update search_state set generation = ?, rebuilds = rebuilds + 1, seq = seq + 1 where id = 1',
  );

  const apply = sqlite.transaction((documents: SearchDocument[], deletedIds: number[]) => {
    const { generation, seq } = readState(sqlite);
    // A writer remembers which words it has added: true no longer when the caller rolls back or another process rebuilds.
    new IndexWriter(sqlite, generation).write(documents, deletedIds, seq + 1);
    countChange.run();
  });

  return {
    name: 'embedded',
    async apply(documents, deletedIds) {
      if (documents.length > 0 || deletedIds.length > 0) apply(documents, deletedIds);
    },
    async rebuild(batches, catchUp) {
      const next: Generation = readState(sqlite).generation === 'a' ? 'b' : 'a';
      const { seq } = readState(sqlite);
      await inTurn(sqlite.transaction(() => IndexWriter.clear(sqlite, next)));
      const writer = new IndexWriter(sqlite, next);
      const write = sqlite.transaction((documents: SearchDocument[], deletedIds: number[]) =>
        writer.write(documents, deletedIds, seq),
      );
      for await (const documents of batches) {
        for (let i = 0; i < documents.length; i += sliceSize) {
          await inTurn(() => write(documents.slice(i, i + sliceSize), []));
        }
      }
      let isMerged = IndexWriter.beginMerge(sqlite, next);
      while (!isMerged) isMerged = await inTurn(() => IndexWriter.merge(sqlite, next));
      const late = await catchUp();
      sqlite.transaction(() => {
        writer.write(late.documents, late.deletedIds, seq);
        swapTo.run(next);
      })();
    },
  };
}
