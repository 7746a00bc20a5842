import { sql } from 'kysely';
import type { Db, Trx } from '../../db/client.ts';
import type { PersonalDataPart } from '../accounts/data-subject.ts';
import { announceChange } from '../catalogue/save.ts';
import { leaveRecordConnections } from '../connections/personal-data.ts';
import { leaveRecords } from './lifecycle.ts';

/** Records whose contact is somebody: the candidates for being about them. Asked seldom, so all records are looked at. */
export const recordsWithContact = (db: Db | Trx, email: string) =>
  db
    .selectFrom('record')
    .select(['id', 'kind', 'slug', 'title', 'status', 'contactName', 'contactPhone', 'contactEmail'])
    .where((eb) => eb(eb.fn<string>('lower', ['contactEmail']), '=', email))
    .orderBy('id')
    .execute();

/** Takes the contact out of records, as they are public and in every version that was ever proposed. */
async function forgetContact(trx: Trx, email: string): Promise<void> {
  const records = await recordsWithContact(trx, email);
  const ids = records.map(({ id }) => id);
  if (ids.length > 0) {
    await trx
      .updateTable('record')
      .set((eb) => ({ contactName: null, contactEmail: null, contactPhone: null, version: eb('version', '+', 1) }))
      .where('id', 'in', ids)
      .execute();
    await announceChange(trx, ids);
  }
  await trx
    .updateTable('revision')
    .set({ form: sql<string>`json_remove(form, '$.contactName', '$.contactEmail', '$.contactPhone')` })
    .where(sql<string>`lower(json_extract(form, '$.contactEmail'))`, '=', email)
    .execute();
}

/** Records, versions of them, requests to manage them, invitations and pictures. */
export const recordsPart: PersonalDataPart = {
  name: 'records',
  async collect(db, { userId, email }) {
    const [contactOf, manages, manageRequests, pictures] = await Promise.all([
      recordsWithContact(db, email),
      db
        .selectFrom('record_member')
        .innerJoin('record', 'record.id', 'record_member.recordId')
        .select(['record.title', 'record.kind', 'record.status'])
        .where('record_member.userId', '=', userId ?? '')
        .execute(),
      db
        .selectFrom('manage_request')
        .innerJoin('record', 'record.id', 'manage_request.recordId')
        .select(['record.title', 'manage_request.message', 'manage_request.state', 'manage_request.createdAt'])
        .where('manage_request.userId', '=', userId ?? '')
        .execute(),
      db
        .selectFrom('picture')
        .innerJoin('record', 'record.id', 'picture.recordId')
        .select(['record.title as record', 'picture.hash', 'picture.createdAt'])
        .where('picture.uploadedBy', '=', userId ?? '')
        .execute(),
    ]);
    return { contactOf, manages, manageRequests, pictures };
  },
  async erase(accounts, trx, { userId, email }, { recordIds }) {
    for (const id of recordIds) {
      await leaveRecordConnections(accounts, trx, id);
      await announceChange(trx, [id]);
      await trx.deleteFrom('record').where('id', '=', id).execute();
    }
    if (userId !== null) await leaveRecords(trx, userId);
    await forgetContact(trx, email);
    await trx.deleteFrom('invitation').where('email', '=', email).execute();
  },
};
