import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, databaseFile, openDatabase } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { loadVocabulary } from '../../src/catalogue/vocabulary.ts';
import { moveDraft, readDraft, saveDraft, startRecord } from '../../src/moderation/drafts.ts';
import { signIn } from '../support/member.ts';
import { goodForm } from '../support/moderation.ts';
import { type Running, startCatalogue } from './processes.ts';
import { median } from './statistics.ts';

/** A moderator's page with few and with many submissions waiting. */
export interface QueueRow {
  name: string;
  /** Milliseconds, median. */
  few: number;
  many: number;
  /** Median over the rounds of many ÷ few. */
  ratio: number;
}

export const fewWaiting = 10;
export const manyWaiting = 10_000;
const rounds = 12;
const requests = 15;

/** Submissions as their author sends them, of all kinds that people register in turn. */
async function fillQueue(db: Db, from: number, to: number): Promise<void> {
  const codes = ['offer', 'startup', 'need', 'organisation'] as const;
  const author = { userId: 'author' } as Parameters<typeof saveDraft>[1];
  const vocabulary = await loadVocabulary(db);
  for (let n = from; n < to; n += 1) {
    const title = `Hồ sơ chờ duyệt số ${n}`;
    const form = { ...goodForm(title), body: 'Mô tả dài của một hồ sơ. '.repeat(60) };
    const id = await db
      .transaction()
      .execute((trx) => startRecord(trx, author, kinds[codes[n % codes.length]], { title }));
    const draft = await readDraft(db, id, vocabulary);
    if (draft) await saveDraft(db, author, draft, form, draft.version);
    const saved = await readDraft(db, id, vocabulary);
    if (saved) await moveDraft(db, saved, 'submit');
  }
}

/** How long one request after another takes, in milliseconds. */
async function timesOf({ url }: Running, cookie: string, path: string): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < requests; n += 1) {
    const start = performance.now();
    const answer = await fetch(url + path, { headers: { cookie } });
    await answer.arrayBuffer();
    times.push(performance.now() - start);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  }
  return times;
}

/** The queue and a review with 10 submissions waiting and with 10,000, on two servers in turn. */
export async function measureQueue(say: (text: string) => void): Promise<QueueRow[]> {
  const base = mkdtempSync(join(tmpdir(), 'queue-bench-'));
  const folders = { few: join(base, 'few'), many: join(base, 'many') };
  const servers: Running[] = [];
  try {
    const { db: few } = openDatabase(databaseFile(folders.few));
    await migrate(few);
    await seedVocabularies(few);
    await signIn(few, 'author', 'member');
    const cookie = await signIn(few, 'desk', 'moderator');
    await fillQueue(few, 0, fewWaiting);
    const { recordId } = await few.selectFrom('revision').select('recordId').limit(1).executeTakeFirstOrThrow();
    await few.destroy();
    cpSync(folders.few, folders.many, { recursive: true });
    say(`${manyWaiting} submissions …`);
    const { db: many, sqlite } = openDatabase(databaseFile(folders.many));
    // Losing them in a crash would only cost another run.
    sqlite.pragma('synchronous = OFF');
    await fillQueue(many, fewWaiting, manyWaiting);
    await many.destroy();

    const [small, large] = [await startCatalogue(folders.few), await startCatalogue(folders.many)];
    servers.push(small, large);
    const queue = '/quan-ly/hang-doi';
    const pages = {
      'queue page': queue,
      'queue page, kind and words': `${queue}?kind=offer&q=cho+duyet&claim=nobody`,
      'queue page, words that nothing has': `${queue}?q=khong+co`,
      'review page': `${queue}/${recordId}`,
    };
    const rows: QueueRow[] = [];
    for (const [name, path] of Object.entries(pages)) {
      say(name);
      await timesOf(small, cookie, path);
      await timesOf(large, cookie, path);
      const pairs: [few: number, many: number][] = [];
      for (let round = 0; round < rounds; round += 1) {
        pairs.push([median(await timesOf(small, cookie, path)), median(await timesOf(large, cookie, path))]);
      }
      rows.push({
        name,
        few: median(pairs.map(([few]) => few)),
        many: median(pairs.map(([, many]) => many)),
        ratio: median(pairs.map(([few, many]) => many / few)),
      });
    }
    return rows;
  } finally {
    for (const server of servers) await server.stop();
    rmSync(base, { recursive: true, force: true });
  }
}
