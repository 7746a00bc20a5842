/** `npm run import -- KIND FILE`: a dry run with every bad row, then the import. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type Db, databaseFile, openDatabase } from '../../../db/client.ts';
import { migrate } from '../../../db/migrate.ts';
import { seedVocabularies } from '../../../db/seed/vocabularies.ts';
import type { Language } from '../../../search/engine.ts';
import type { KindDeclaration } from '../kind.ts';
import { allKinds, isKindCode, kindOfApi, kinds } from '../kinds/index.ts';
import { importTable } from './import.ts';
import { errorText, messageText } from './messages.ts';
import { readTableFile } from './read-table.ts';
import type { ImportProgress, ImportReport } from './report.ts';
import { type Table, UnreadableFile } from './table.ts';
import type { ImportMode } from './write.ts';

const texts = {
  usage: {
    vi: 'Cách dùng: npm run import -- LOẠI TỆP [--review] [--dry-run] [--lang en] [--yes]\n  --review   đưa vào hàng đợi duyệt thay vì công khai ngay\n  --dry-run  chỉ kiểm tra\n  --yes      không hỏi lại\nLOẠI là một trong:',
    en: 'Usage: npm run import -- KIND FILE [--review] [--dry-run] [--lang en] [--yes]\n  --review   send to the review queue instead of publishing\n  --dry-run  only check\n  --yes      do not ask\nKIND is one of:',
  },
  unknownKind: { vi: 'Không có loại «{value}».', en: 'There is no kind “{value}”.' },
  noFile: { vi: 'Không có tệp {value}.', en: 'There is no file {value}.' },
  dataDir: {
    vi: 'DATA_DIR={value}: phải là một thư mục.',
    en: 'DATA_DIR={value}: expected a folder.',
  },
  checked: {
    vi: 'Kiểm tra {file} ({kind}): {total} dòng, {created} mới, {updated} thay đổi, {unchanged} giữ nguyên, {errors} lỗi.',
    en: 'Checked {file} ({kind}): {total} rows, {created} new, {updated} changed, {unchanged} unchanged, {errors} errors.',
  },
  row: {
    vi: '  Dòng {line}, cột «{column}», «{value}»: {reason}',
    en: '  Line {line}, column “{column}”, “{value}”: {reason}',
  },
  moreErrors: { vi: '  … và {n} lỗi nữa', en: '  … and {n} more' },
  nothingWritten: {
    vi: 'Chưa ghi gì. Hãy sửa tệp rồi nhập lại.',
    en: 'Nothing was written. Correct the file and import it again.',
  },
  nothingToDo: { vi: 'Không có gì thay đổi.', en: 'Nothing has changed.' },
  ask: { vi: 'Ghi vào danh mục? (c/k) ', en: 'Write to the catalogue? (y/n) ' },
  imported: {
    vi: 'Đã nhập: {created} hồ sơ mới, {updated} hồ sơ thay đổi.\nChỉ mục tìm kiếm do máy chủ đang chạy cập nhật ngay; nếu máy chủ chưa chạy thì khi khởi động lần tới.',
    en: 'Imported: {created} new records, {updated} changed.\nThe running server brings the search index up to date at once; if none runs, the next start does.',
  },
  submitted: {
    vi: 'Đã đưa vào hàng đợi duyệt: {created} hồ sơ mới, {updated} bản sửa.',
    en: 'Sent to the review queue: {created} new records, {updated} changes.',
  },
  phase: { vi: { check: 'Kiểm tra', write: 'Ghi' }, en: { check: 'Checking', write: 'Writing' } },
};

/** Files with more rows than this show how far they are. */
const progressFrom = 1000;

type Say = (text: { vi: string; en: string }, values?: Record<string, string | number>) => string;

const sayIn =
  (language: Language): Say =>
  (text, values = {}) =>
    text[language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** A line on stderr for each further 5 %. */
function progressPrinter(language: Language): (progress: ImportProgress) => void {
  let last = '';
  return ({ phase, done, total }) => {
    if (total <= progressFrom) return;
    const line = `${texts.phase[language][phase]}: ${Math.floor((done / total) * 20) * 5} %`;
    if (line !== last) console.error(line);
    last = line;
  };
}

function printReport(kind: KindDeclaration, file: string, report: ImportReport, language: Language): void {
  const say = sayIn(language);
  const { total, created, updated, unchanged, errorCount: errors } = report;
  console.log(say(texts.checked, { file, kind: kind.api, total, created, updated, unchanged, errors }));
  for (const error of report.errors) {
    console.log(say(texts.row, { line: error.line, value: error.value, ...errorText(kind.code, error, language) }));
  }
  if (report.errorCount > report.errors.length) {
    console.log(say(texts.moreErrors, { n: report.errorCount - report.errors.length }));
  }
}

async function confirmed(say: Say): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(say(texts.ask));
  terminal.close();
  return /^(?:c|có|y|yes)$/i.test(answer.trim());
}

interface Arguments {
  kind: KindDeclaration;
  file: string;
  mode: ImportMode;
  dryRun: boolean;
  /** Ask before writing. */
  ask: boolean;
  language: Language;
  dataDir: string;
}

/** Reads the command line and environment; a text is what is wrong with them. */
function readArguments(args: string[], env: Record<string, string | undefined>): Arguments | string {
  const environmentLanguage: Language = env.LANG?.startsWith('en') ? 'en' : 'vi';
  const usage = (say: Say) => `${say(texts.usage)} ${allKinds.map((kind) => kind.api).join(', ')}`;
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch {
    return usage(sayIn(environmentLanguage));
  }
  const { values, positionals } = parsed;
  const language: Language = values.lang === 'en' || values.lang === 'vi' ? values.lang : environmentLanguage;
  const say = sayIn(language);
  const [name, file] = positionals;
  if (positionals.length !== 2) return usage(say);
  const kind = isKindCode(name) ? kinds[name] : kindOfApi(name);
  if (!kind) return `${say(texts.unknownKind, { value: name })}\n${usage(say)}`;
  if (!existsSync(file) || !statSync(file).isFile()) return say(texts.noFile, { value: file });
  const dataDir = resolve(env.DATA_DIR || './data');
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory()) return say(texts.dataDir, { value: dataDir });
  const dryRun = values['dry-run'] === true;
  const mode = values.review ? 'review' : 'publish';
  return { kind, file, mode, dryRun, ask: !values.yes && process.stdin.isTTY === true, language, dataDir };
}

const parse = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      review: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      yes: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });

async function checkAndImport(
  db: Db,
  table: Table,
  { kind, file, mode, dryRun, ask, language }: Arguments,
): Promise<boolean> {
  const say = sayIn(language);
  const onProgress = progressPrinter(language);
  const check = await importTable(db, kind, table, { dryRun: true, mode, onProgress });
  printReport(kind, file, check, language);
  if (check.errorCount > 0) console.log(say(texts.nothingWritten));
  if (check.errorCount > 0 || dryRun) return check.errorCount === 0;
  if (check.created + check.updated === 0) {
    console.log(say(texts.nothingToDo));
    return true;
  }
  if (ask && !(await confirmed(say))) return true;
  const report = await importTable(db, kind, table, { dryRun: false, mode, onProgress });
  const { created, updated, errorCount } = report;
  if (errorCount > 0) printReport(kind, file, report, language);
  const outcome = mode === 'review' ? texts.submitted : texts.imported;
  console.log(say(errorCount > 0 ? texts.nothingWritten : outcome, { created, updated }));
  return errorCount === 0;
}

/** @returns the exit code */
async function run(args: string[]): Promise<number> {
  const request = readArguments(args, process.env);
  if (typeof request === 'string') {
    console.error(request);
    return 1;
  }
  let table: Table;
  try {
    table = await readTableFile(request.file);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    console.error(messageText(error.key, request.language, error.values));
    return 1;
  }
  const { db } = openDatabase(databaseFile(request.dataDir));
  try {
    await migrate(db);
    await seedVocabularies(db);
    return (await checkAndImport(db, table, request)) ? 0 : 1;
  } finally {
    await db.destroy();
  }
}

process.exitCode = await run(process.argv.slice(2));
