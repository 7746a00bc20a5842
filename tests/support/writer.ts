/** Writes records into DATA_DIR as fast as it can and prints each one's number once it is committed. */
import { databaseFile, openDatabase } from '../../db/client.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { parseRecord, saveRecord, setStatus } from '../../src/catalogue/save.ts';

const [dataDir, first] = process.argv.slice(2);
const { db } = openDatabase(databaseFile(dataDir));

for (let n = Number(first); ; n += 1) {
  const parsed = parseRecord(kinds.offer, {
    externalId: `CRASH-${n}`,
    title: `Máy thử số hiệu x${n}`,
    summary: 'Ghi liên tục',
    demo: 1,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const id = await db.transaction().execute((trx) => saveRecord(trx, kinds.offer, { ...parsed.input, links: {} }));
  // Each third one is withdrawn again at once: it must not stay in the index.
  if (n % 3 === 0) await db.transaction().execute((trx) => setStatus(trx, id, 'withdrawn'));
  process.stdout.write(`${n}\n`);
}
