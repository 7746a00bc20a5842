import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type sharp from 'sharp';
import type { Db } from '../../db/client.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import { decodeInTurn, maxPixels, maxSeconds } from '../files/decode.ts';
import { attachment } from '../lib/attachment.ts';
import { type Outcome, refuse } from '../lib/form.ts';
import { tell } from './mails.ts';
import { type Doer, otherSide, partiesOf, receivers } from './parties.ts';
import { isHindered } from './respond.ts';
import { nextState } from './states.ts';
import { step } from './step.ts';

export const maxFileBytes = 10 * 1024 * 1024;
export const maxFiles = 20;
const imageFormats = new Set(['jpeg', 'png', 'webp']);
const longestEdge = 3000;

const folderOf = (dataDir: string) => join(dataDir, 'uploads', 'connections');

/** A file as it is kept. */
interface Checked {
  type: 'pdf' | 'jpg' | 'png';
  bytes: Uint8Array;
}

/** Begins and ends as ISO 32000 says; what stands between is for the reader's own program, which never gets it inline. */
function isPdf(bytes: Uint8Array): boolean {
  const text = (from: number, to?: number) => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  return /^%PDF-[12]\.\d/.test(text(0, 8)) && /startxref\s+\d+\s+%%EOF/.test(text(-2048));
}

/** An image written anew: only its colours go on, without what it said about person, place or camera. */
async function reencode(decoder: typeof sharp, bytes: Uint8Array): Promise<Checked | undefined> {
  try {
    const { format } = await decoder(bytes, { limitInputPixels: maxPixels }).metadata();
    if (!imageFormats.has(format)) return undefined;
    const image = decoder(bytes, { failOn: 'error', limitInputPixels: maxPixels })
      .timeout({ seconds: maxSeconds })
      .autoOrient()
      .resize({ width: longestEdge, height: longestEdge, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb');
    return format === 'png'
      ? { type: 'png', bytes: await image.png().toBuffer() }
      : { type: 'jpg', bytes: await image.flatten({ background: '#fff' }).jpeg({ quality: 85 }).toBuffer() };
  } catch {
    // libvips says why in words for its developers; for whoever sent the file it is broken or no image.
    return undefined;
  }
}

/** Reads a sent file by its content, whatever its name says; undefined when it is neither a PDF nor an image. */
const check = async (bytes: Uint8Array): Promise<Checked | undefined> =>
  isPdf(bytes) ? { type: 'pdf', bytes } : decodeInTurn((decoder) => reencode(decoder, bytes));

/** A name that is safe in every file system, with the ending of what the file is. */
const safeName = (name: string, type: string): string => {
  const stem = name
    .normalize('NFC')
    .replace(/\.[^.]*$/, '')
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .trim()
    .slice(0, 100);
  return `${stem || 'tep'}.${type}`;
};

/** Keeps a file; when it resolves, a power cut does not lose it. */
async function keep(dataDir: string, id: string, bytes: Uint8Array): Promise<void> {
  const folder = folderOf(dataDir);
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, `${id}.part`);
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
    await rename(unfinished, join(folder, id));
  } catch (error) {
    // On a full disk it would keep others out.
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** A kept file; undefined when it is gone. */
export const readSentFile = (dataDir: string, id: string): Promise<Buffer | undefined> =>
  readFile(join(folderOf(dataDir), id)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** Sends a file to the other side. It lies in the folder before the database knows it: none is ever missing. */
export async function sendFile(
  accounts: Accounts,
  dataDir: string,
  connectionId: number,
  doer: Doer & { userId: string },
  file: File,
  now = new Date(),
): Promise<Outcome> {
  const { db } = accounts;
  if (file.size === 0) return refuse('connection.file.missing', 'file');
  if (file.size > maxFileBytes) return refuse('connection.file.tooLarge', 'file');
  const { state } = await db
    .selectFrom('connection')
    .select('state')
    .where('id', '=', connectionId)
    .executeTakeFirstOrThrow();
  // Nothing is decoded for who may not send it anyway.
  if (!nextState(state, 'plan', doer.side)) return refuse('connection.notNow', 'file');
  if (!(await takeAttempt(db, 'fileByMember', doer.userId, now.getTime()))) {
    return refuse('connection.tooManyMessages', 'file');
  }
  const checked = await check(new Uint8Array(await file.arrayBuffer()));
  if (!checked) return refuse('connection.file.unreadable', 'file');
  const id = randomUUID();
  const name = safeName(file.name, checked.type);
  await keep(dataDir, id, checked.bytes);
  const outcome = await db.transaction().execute(async (trx): Promise<Outcome> => {
    const { n } = await trx
      .selectFrom('connection_file')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('connectionId', '=', connectionId)
      .executeTakeFirstOrThrow();
    if (n >= maxFiles) return refuse('connection.file.tooMany', 'file', { n: maxFiles });
    if (await isHindered(trx, connectionId, doer)) return refuse('connection.blocked', 'file');
    const done = await step(trx, connectionId, doer, { action: 'plan', as: 'file', detail: { name } }, now);
    if (!done.ok) return done;
    await trx
      .insertInto('connection_file')
      .values({
        id,
        connectionId,
        at: now.toISOString(),
        ...doer,
        name,
        type: checked.type,
        bytes: checked.bytes.length,
      })
      .execute();
    const parties = await partiesOf(trx, done.connection);
    const sides = doer.side === 'moderator' ? (['asker', 'asked'] as const) : [otherSide(doer.side as 'asker')];
    for (const side of sides) {
      const to = await receivers(trx, parties, side);
      await tell(accounts, trx, done.connection, done.eventId, 'connection.file', to, { values: () => ({ name }) });
    }
    return { ok: true };
  });
  if (!outcome.ok) await rm(join(folderOf(dataDir), id), { force: true });
  return outcome;
}

const hour = 3_600_000;

/** Removes files that no connection knows: of a crash between file and database, of a connection that is gone. */
export async function forgetStrayFiles(db: Db, dataDir: string, now = Date.now()): Promise<void> {
  const folder = folderOf(dataDir);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    if ((await stat(join(folder, name))).mtimeMs > now - hour) continue;
    const known = await db.selectFrom('connection_file').select('id').where('id', '=', name).executeTakeFirst();
    if (!known) await rm(join(folder, name), { force: true });
  }
}

const mediaTypes = { pdf: 'application/pdf', jpg: 'image/jpeg', png: 'image/png' } as const;

/** The headers with which a file is given: saved by the browser, never shown in the site's own name, kept by nobody. */
export const fileHeaders = ({
  name,
  type,
}: {
  name: string;
  type: keyof typeof mediaTypes;
}): Record<string, string> => ({
  'content-type': mediaTypes[type],
  'content-disposition': attachment(name, `${type === 'pdf' ? 'document' : 'image'}.${type}`),
  'cache-control': 'private, no-store',
});
