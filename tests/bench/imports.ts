import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import writeXlsx from 'write-excel-file/node';
import { databaseFile, openDatabase, openSqlite } from '../../db/client.ts';
import { migrate } from '../../db/migrate.ts';
import type { ImportState } from '../../db/schema.ts';
import { seedVocabularies } from '../../db/seed/vocabularies.ts';
import { seedSynthetic } from '../../src/catalogue/synthetic/write.ts';
import { signIn } from '../support/member.ts';
import { type Running, residentMegabytes, startCatalogue } from './processes.ts';
import { median, quantile } from './statistics.ts';

/** What an import of a large workbook in the browser takes, and what visitors notice of it. */
export interface ImportFigures {
  /** From the sent form to «done», waiting for nobody. */
  seconds: number;
  /** Of it: reading and checking, the first time. */
  checkSeconds: number;
  undoSeconds: number;
  /** The longest that anybody else who writes had to wait. */
  lockMs: number;
  /** The most that the server took, and what it takes before. */
  megabytes: number;
  idleMegabytes: number;
  /** p99 of a list page that is rendered anew, in milliseconds. */
  alone: number;
  during: number;
  /** Afterwards, while the search reads the new records. */
  indexing: number;
  /** Median over the rounds of during ÷ alone. */
  ratio: number;
}

export const importedRows = 20_000;
const existing = 10_000;
const rounds = 3;
const pagesPerSecond = 25;
const aloneSeconds = 8;
const page = '/quan-ly/nhap-du-lieu';

/** A workbook as a Department's list looks: thirteen columns, a few hundred characters in the longest. */
async function makeWorkbook(): Promise<Uint8Array<ArrayBuffer>> {
  const header = [
    'Mã hồ sơ',
    'Tên công nghệ, thiết bị',
    'Tóm tắt',
    'Lĩnh vực KH&CN',
    'Địa bàn',
    'Từ khoá',
    'Mức sẵn sàng công nghệ (TRL)',
    'Hình thức chuyển giao',
    'Ưu điểm',
    'Mô tả chi tiết',
    'Hiển thị đến ngày',
    'Người liên hệ',
    'Email liên hệ',
  ].map((value) => ({ value }));
  const row = (n: number) => [
    { value: `BENCH-${n}` },
    { value: `Máy sấy nông sản số ${n} dùng năng lượng mặt trời` },
    { value: 'Sấy đều, tiết kiệm điện, phù hợp hộ gia đình và hợp tác xã. '.repeat(2) },
    { value: '211 | 203' },
    { value: 'Xã Thanh Hà' },
    { value: 'sấy | nông sản' },
    { value: (n % 9) + 1, type: Number },
    { value: 'licence' },
    { value: 'rẻ | bền' },
    { value: `Mô tả dài của thiết bị số ${n}. `.repeat(12) },
    { value: new Date(Date.UTC(2027, 5, 1 + (n % 28))), type: Date, format: 'dd/mm/yyyy' },
    { value: 'Phòng kinh doanh' },
    { value: `ten${n}@example.vn` },
  ];
  const rows = [header, ...Array.from({ length: importedRows }, (_, n) => row(n))];
  return new Uint8Array(await writeXlsx(rows as never).toBuffer());
}

/** The most memory that a process has ever taken, in megabytes (10⁶ bytes). */
const peakMegabytes = (pid: number): number =>
  (Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+)/m)?.[1]) * 1024) / 1e6;

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Opens list pages that no cache has, so many a second whether they are answered or not, until it is told to stop. */
function visit(url: string): { stop: () => Promise<number[]> } {
  const times: number[] = [];
  const running: Promise<void>[] = [];
  let fresh = 0;
  const timer = setInterval(() => {
    fresh += 1;
    const start = performance.now();
    const path = `/cong-nghe?page=${1 + (fresh % 50)}&fresh=${Date.now()}-${fresh}`;
    running.push(
      fetch(url + path).then(async (answer) => {
        await answer.arrayBuffer();
        if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
        times.push(performance.now() - start);
      }),
    );
  }, 1000 / pagesPerSecond);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(running);
      return times;
    },
  };
}

/** Asks for the right to write again and again; the longest wait is how long somebody held it. */
function watchLock(file: string): { stop: () => Promise<number> } {
  const sqlite = openSqlite(file);
  sqlite.pragma('busy_timeout = 0');
  let stopped = false;
  let longest = 0;
  let heldSince: number | undefined;
  const watching = (async () => {
    while (!stopped) {
      try {
        sqlite.exec('begin immediate; rollback');
        if (heldSince !== undefined) longest = Math.max(longest, performance.now() - heldSince);
        heldSince = undefined;
      } catch {
        heldSince ??= performance.now();
      }
      await sleep(5);
    }
    sqlite.close();
  })();
  return {
    async stop() {
      stopped = true;
      await watching;
      return longest;
    },
  };
}

/** An import of 20,000 rows into 10,000 records, and its undoing, a few times, while visitors open lists. */
export async function measureImports(say: (text: string) => void): Promise<ImportFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'import-bench-'));
  const file = databaseFile(dataDir);
  const { db, sqlite } = openDatabase(file);
  let server: Running | undefined;
  try {
    await migrate(db);
    await seedVocabularies(db);
    await seedSynthetic(db, existing);
    const cookie = await signIn(db, 'desk', 'moderator');
    const bytes = await makeWorkbook();
    server = await startCatalogue(dataDir);
    const { url, pid } = server;
    const post = async (path: string, action: string, form: FormData): Promise<Response> => {
      const answer = await fetch(`${url}${path}?_action=${action}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, origin: url },
        body: form,
      });
      if (answer.status !== 302) throw new Error(`${action}: ${answer.status}`);
      return answer;
    };
    const form = (fields: Record<string, string | Blob>) => {
      const data = new FormData();
      for (const [name, value] of Object.entries(fields)) data.set(name, value);
      return data;
    };
    const becomes = async (id: number, state: ImportState) => {
      for (;;) {
        const row = await db
          .selectFrom('import_job')
          .select(['state', 'failure'])
          .where('id', '=', id)
          .executeTakeFirstOrThrow();
        if (row.state === state) return;
        if (row.state === 'failed') throw new Error(`The import failed: ${row.failure}`);
        await sleep(20);
      }
    };
    const indexed = async () => {
      const seqs = sqlite.prepare('select (select max(seq) from outbox) > seq from search_consumer').pluck();
      while (seqs.get() === 1) await sleep(50);
    };
    const whileVisiting = async <T>(work: () => Promise<T>): Promise<[times: number[], result: T]> => {
      const visitors = visit(url);
      const result = await work();
      return [await visitors.stop(), result];
    };
    const [, idleMegabytes] = await whileVisiting(async () => {
      await sleep(3000);
      return residentMegabytes(pid);
    });
    const secondsSince = (start: number) => (performance.now() - start) / 1000;
    const runs: Omit<ImportFigures, 'idleMegabytes' | 'megabytes' | 'ratio'>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      say(`round ${round + 1} of ${rounds}`);
      const [aloneTimes] = await whileVisiting(() => sleep(aloneSeconds * 1000));
      const lock = watchLock(file);
      const [duringTimes, { id, seconds, checkSeconds }] = await whileVisiting(async () => {
        const start = performance.now();
        const sent = await post(
          page,
          'uploadImport',
          form({ kind: 'offer', file: new File([bytes], 'danh-sach.xlsx') }),
        );
        const id = Number(sent.headers.get('location')?.split('/').at(-1));
        await becomes(id, 'checked');
        const checkSeconds = secondsSince(start);
        await post(`${page}/${id}`, 'startImport', form({ job: String(id), mode: 'publish' }));
        await becomes(id, 'done');
        return { id, seconds: secondsSince(start), checkSeconds };
      });
      const lockMs = await lock.stop();
      const [indexingTimes] = await whileVisiting(indexed);
      const start = performance.now();
      await post(`${page}/${id}`, 'undoImport', form({ job: String(id) }));
      await becomes(id, 'undone');
      const undoSeconds = secondsSince(start);
      await indexed();
      const p99 = (times: number[]) => quantile(times, 0.99);
      runs.push({
        seconds,
        checkSeconds,
        undoSeconds,
        lockMs,
        alone: p99(aloneTimes),
        during: p99(duringTimes),
        indexing: p99(indexingTimes),
      });
    }
    const middle = (name: keyof (typeof runs)[number]) => median(runs.map((run) => run[name]));
    return {
      seconds: middle('seconds'),
      checkSeconds: middle('checkSeconds'),
      undoSeconds: middle('undoSeconds'),
      lockMs: middle('lockMs'),
      megabytes: peakMegabytes(pid),
      idleMegabytes,
      alone: middle('alone'),
      during: middle('during'),
      indexing: middle('indexing'),
      ratio: median(runs.map(({ alone, during }) => during / alone)),
    };
  } finally {
    await server?.stop();
    await db.destroy();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
