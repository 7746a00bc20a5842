import type { Db, Trx } from '../../db/client.ts';
import { takeAttempt } from '../accounts/rate-limit.ts';
import type { SignedIn } from '../accounts/sessions.ts';
import { maxAltLength, maxPhotos, pictureFile, picturesOf } from '../catalogue/pictures.ts';
import { type EncodedPicture, encodePicture, maxPictureBytes } from '../files/picture.ts';
import type { FileStore } from '../files/store.ts';
import { type Outcome, type Problem, refuse } from '../lib/form.ts';
import { type Draft, saveDraft } from './drafts.ts';
import { formOfPictures, picturesOfForm } from './form.ts';

/** Where a picture goes; the fields of the form that sends it are `logoFile`, `logoAlt` and so on. */
export const pictureSlots = ['logo', 'photo'] as const;
export type PictureSlot = (typeof pictureSlots)[number];

/** The words for who does not see a picture, in one line. Photos need some; a logo says what the title says. */
function readAlt(form: FormData, field: string, isRequired: boolean): { alt: string; problem?: Problem } {
  const alt = String(form.get(field) ?? '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
  if (isRequired && alt === '') return { alt, problem: { field, message: 'picture.altMissing' } };
  if (alt.length > maxAltLength) {
    return { alt, problem: { field, message: 'picture.altTooLong', values: { n: maxAltLength } } };
  }
  return { alt };
}

/** Reads the form that sends a picture and writes the picture anew; whatever is wrong with file or words is said. */
export async function receivePicture(
  db: Db,
  person: SignedIn,
  slot: PictureSlot,
  form: FormData,
): Promise<Outcome<{ picture: EncodedPicture; alt: string }>> {
  const field = `${slot}File`;
  const sent = form.get(field);
  const file = sent instanceof File && sent.size > 0 ? sent : undefined;
  const { alt, problem } = readAlt(form, `${slot}Alt`, slot === 'photo');
  const missing: Problem = { field, message: 'picture.missing' };
  if (!file || problem) return { ok: false, problems: [...(file ? [] : [missing]), ...(problem ? [problem] : [])] };
  if (!(await takeAttempt(db, 'picturesByUser', person.userId))) return refuse('picture.tooMany', field);
  const encoded = await encodePicture(await file.bytes());
  if (encoded.ok) return { ok: true, picture: encoded.picture, alt };
  return refuse(`picture.${encoded.reason}`, field, { n: maxPictureBytes / 1024 / 1024 });
}

/** Keeps a received picture and puts it into the version in work: a logo in the place of the last, a photo at the end. */
export async function addPicture(
  { db, files }: { db: Db; files: FileStore },
  person: SignedIn,
  draft: Draft,
  slot: PictureSlot,
  { picture, alt }: { picture: EncodedPicture; alt: string },
): Promise<Outcome> {
  const { hash, width, height } = picture;
  const { logo, photos } = picturesOfForm(draft.form);
  const field = `${slot}File`;
  if (slot === 'logo' && !draft.kind.hasLogo) return refuse('record.notNow');
  if (slot === 'photo' && photos.length >= maxPhotos) return refuse('picture.full', field, { n: maxPhotos });
  if (slot === 'photo' && photos.some((photo) => photo.hash === hash)) return refuse('picture.already', field);
  // First the row, then the files: `forgetUnusedPictures` removes no file that has one.
  await db
    .insertInto('picture')
    .values({ recordId: draft.recordId, hash, uploadedBy: person.userId, createdAt: new Date().toISOString() })
    .onConflict((conflict) => conflict.doUpdateSet((eb) => ({ createdAt: eb.ref('excluded.createdAt') })))
    .execute();
  for (const { size, bytes } of picture.files) await files.write(pictureFile(hash, size), bytes);
  const added = { hash, width, height, alt };
  const pictures = slot === 'logo' ? { logo: added, photos } : { logo, photos: [...photos, added] };
  return saveDraft(db, person, draft, formOfPictures(pictures), draft.version);
}

/** What a button beside a picture does: `up-<hash>`; `save` only keeps the words. */
export const pictureChange = /^(?:save|(remove|up|down)-([0-9a-f]{32}))$/;

/**
 * Removes or moves one picture and keeps the words typed for all the others.
 * @param change matches `pictureChange`
 * @param version that the page was made from
 */
export async function changePictures(
  db: Db,
  person: SignedIn,
  draft: Draft,
  { change, version, form }: { change: string; version: number; form: FormData },
): Promise<Outcome> {
  const [, step, hash] = change.match(pictureChange) ?? [];
  const before = picturesOfForm(draft.form);
  // Another record's, or one that somebody has just removed.
  if (step && ![before.logo, ...before.photos].some((picture) => picture?.hash === hash))
    return refuse('record.notNow');
  const isKept = (picture: { hash: string }) => step !== 'remove' || picture.hash !== hash;
  const photos = before.photos.filter(isKept);
  const from = photos.findIndex((photo) => photo.hash === hash);
  const to = from + (step === 'up' ? -1 : 1);
  if (step !== 'remove' && from >= 0 && to >= 0 && to < photos.length) photos.splice(to, 0, ...photos.splice(from, 1));

  const problems: Problem[] = [];
  const reworded = <P extends { hash: string }>(picture: P, isRequired: boolean) => {
    // Logo and photos have forms of their own.
    if (!form.has(`alt-${picture.hash}`)) return picture;
    const { alt, problem } = readAlt(form, `alt-${picture.hash}`, isRequired);
    if (problem) problems.push(problem);
    return { ...picture, alt };
  };
  const pictures = {
    logo: before.logo && isKept(before.logo) ? reworded(before.logo, false) : null,
    photos: photos.map((photo) => reworded(photo, true)),
  };
  if (problems.length > 0) return { ok: false, problems };
  return saveDraft(db, person, draft, formOfPictures(pictures), version);
}

/** Whether a public article shows a picture. */
async function isInPublicArticle(db: Db, hash: string): Promise<boolean> {
  const articles = await db
    .selectFrom('article_picture')
    .innerJoin('article', 'article.id', 'article_picture.articleId')
    .select(['article.status', 'article.photos'])
    .where('article_picture.hash', '=', hash)
    .execute();
  return articles.some(({ status, photos }) => status === 'published' && photos.includes(hash));
}

/** For whom a picture is: everybody when a public record or article shows it, else those who manage a record it was sent for. */
export async function audienceOfPicture(db: Db, hash: string): Promise<{ isPublic: boolean; memberIds: string[] }> {
  const records = await db
    .selectFrom('picture')
    .innerJoin('record', 'record.id', 'picture.recordId')
    .select(['record.id', 'record.status', 'record.logo', 'record.photos'])
    .where('picture.hash', '=', hash)
    .execute();
  const isInPublicRecord = records.some((record) => {
    const { logo, photos } = picturesOf(record);
    return record.status === 'published' && [logo, ...photos].some((picture) => picture?.hash === hash);
  });
  const isPublic = isInPublicRecord || (await isInPublicArticle(db, hash));
  if (isPublic || records.length === 0) return { isPublic, memberIds: [] };
  const ids = records.map((record) => record.id);
  const members = await db.selectFrom('record_member').select('userId').where('recordId', 'in', ids).execute();
  return { isPublic, memberIds: members.map((member) => member.userId) };
}

/** As long a picture may be in nobody's version: its form is perhaps still being sent. */
const graceMs = 24 * 3_600_000;
const rowsAtOnce = 500;

/** Forgets pictures that neither the public version of their record nor its last revision has. */
async function forgetRows(db: Db, before: string): Promise<void> {
  for (let last = { recordId: 0, hash: '' }; ; ) {
    const rows = await db
      .selectFrom('picture')
      .innerJoin('record', 'record.id', 'picture.recordId')
      .select(['picture.recordId', 'picture.hash', 'record.logo', 'record.photos'])
      .select((eb) =>
        eb
          .selectFrom('revision')
          .select('revision.form')
          .whereRef('revision.recordId', '=', 'picture.recordId')
          .orderBy('revision.id', 'desc')
          .limit(1)
          .as('form'),
      )
      .where((eb) => eb(eb.refTuple('picture.recordId', 'picture.hash'), '>', eb.tuple(last.recordId, last.hash)))
      .where('picture.createdAt', '<', before)
      .orderBy('picture.recordId')
      .orderBy('picture.hash')
      .limit(rowsAtOnce)
      .execute();
    if (rows.length === 0) return;
    last = rows[rows.length - 1];
    for (const { recordId, hash, logo, photos, form } of rows) {
      if (`${logo} ${photos} ${form}`.includes(hash)) continue;
      await db
        .deleteFrom('picture')
        .where('recordId', '=', recordId)
        .where('hash', '=', hash)
        // Unless it has just been sent once more.
        .where('createdAt', '<', before)
        .execute();
    }
  }
}

/** Those of these files that belong to no picture. */
async function strays(db: Db | Trx, names: string[]): Promise<string[]> {
  const hashOf = (name: string) => name.match(/^([0-9a-f]{32})-\d+\.webp$/)?.[1] ?? '';
  const hashes = names.map(hashOf);
  const rows = await db
    .selectFrom('picture')
    .select('hash')
    .where('hash', 'in', hashes)
    .union(db.selectFrom('article_picture').select('hash').where('hash', 'in', hashes))
    .execute();
  const known = new Set(rows.map((row) => row.hash));
  return names.filter((name) => !known.has(hashOf(name)));
}

/** Removes the pictures that no version of a record and no article has had for a day, and what an interrupted upload left behind. */
export async function forgetUnusedPictures(db: Db, files: FileStore, now = Date.now()): Promise<void> {
  await forgetRows(db, new Date(now - graceMs).toISOString());
  for await (const names of files.writtenBefore(now - graceMs)) {
    if ((await strays(db, names)).length === 0) continue;
    // Looked at again where nobody can write: the same picture may just have been sent once more.
    await db.transaction().execute(async (trx) => {
      for (const name of await strays(trx, names)) await files.remove(name);
    });
  }
}
