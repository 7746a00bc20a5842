import type { Db, Trx } from '../../db/client.ts';
import type { SignedIn } from '../accounts/sessions.ts';

export interface AuditEntry {
  action: string;
  recordId: number | null;
  /** What changed, as JSON. */
  detail: object;
}

/** Notes what one of the Department's people has done, in the transaction that does it; the database keeps it for good. */
export async function audit(trx: Trx, person: SignedIn, { action, recordId, detail }: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit_log')
    .values({
      at: new Date().toISOString(),
      userId: person.userId,
      userName: person.name,
      action,
      recordId,
      detail: JSON.stringify(detail),
    })
    .execute();
}

const pageSize = 100;

/** The newest entries, with the record's title of today; `before` is the id of the last one seen. */
export const auditEntries = (db: Db, before = Number.MAX_SAFE_INTEGER) =>
  db
    .selectFrom('audit_log')
    .leftJoin('record', 'record.id', 'audit_log.recordId')
    .select(['audit_log.id', 'audit_log.at', 'audit_log.userName', 'audit_log.action', 'audit_log.detail'])
    .select(['record.title', 'record.kind', 'record.slug'])
    .where('audit_log.id', '<', before)
    .orderBy('audit_log.id', 'desc')
    .limit(pageSize)
    .execute();
