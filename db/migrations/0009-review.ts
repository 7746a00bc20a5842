import { type Kysely, sql } from 'kysely';
import { fold } from '../../search/text.ts';

/** What a returned submission most often lacks; moderators change and add to these on their page. */
const texts: [text: string, attribute?: string, kind?: string][] = [
  ['Nội dung mục này chưa đúng với loại hồ sơ; vui lòng xem lại.'],
  ['Thông tin chưa khớp với giấy tờ đã công bố; vui lòng kiểm tra và ghi đúng như trên giấy tờ.'],
  ['Vui lòng viết tiếng Việt có dấu, không viết hoa toàn bộ.'],
  ['Vui lòng bỏ số điện thoại, email và đường dẫn khỏi phần mô tả, ghi vào mục Liên hệ.'],
  ['Nội dung mang tính quảng cáo; vui lòng nêu số liệu, kết quả cụ thể thay cho lời khen.'],
  ['Hồ sơ trùng với một hồ sơ đã công khai; vui lòng liên hệ Sở để được cấp quyền quản lý hồ sơ đó.', 'note'],
  ['Tên chưa nói rõ là gì và dùng vào việc gì.', 'title'],
  ['Tóm tắt quá ngắn; vui lòng nêu làm được gì, hơn cách cũ ở đâu, đã dùng ở đâu.', 'summary'],
  ['Lĩnh vực chưa đúng với nội dung hồ sơ; vui lòng chọn lại.', 'fields'],
  ['Vui lòng ghi rõ xã, phường nơi đặt trụ sở hoặc nơi áp dụng.', 'areas'],
  [
    'Mức sẵn sàng công nghệ (TRL) cao hơn so với kết quả đã nêu; vui lòng nêu nơi đã ứng dụng hoặc chọn lại.',
    'trl',
    'offer',
  ],
  ['Không tra cứu được số văn bằng này; vui lòng kiểm tra lại số và loại văn bằng.', 'registrationNumber', 'trademark'],
  ['Mã số thuế chưa đúng hoặc không khớp với tên doanh nghiệp.', 'taxCode'],
  ['Vui lòng mô tả vấn đề bằng lời của cơ sở: hỏng ở đâu, từ bao giờ, mất bao nhiêu.', 'problem', 'need'],
];

const logIndexes = [
  ['audit_log_by_at', ['at', 'id']],
  ['audit_log_by_user', ['userId', 'at', 'id']],
  ['audit_log_by_action', ['action', 'at', 'id']],
  ['audit_log_by_record', ['recordId', 'at', 'id']],
] as const;

/**
 * What the queue is filtered by stands beside each submission, in indexes that hold all of it: whatever the filter, a
 * page reads its own rows and, of the others, index entries only. The log gets an index for each of its filters.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table revision add column kind text`.execute(db);
  await sql`alter table revision add column "isChange" integer not null default 0 check ("isChange" in (0, 1))`.execute(
    db,
  );
  await sql`alter table revision add column "foldedTitle" text not null default ''`.execute(db);
  await sql`
    update revision set kind = record.kind, "isChange" = record."publishedAt" is not null
    from record where record.id = revision."recordId" and revision.state = 'submitted'`.execute(db);
  const waiting = await sql<{ id: number; title: string }>`
    select id, coalesce(json_extract(form, '$.title'), '') as title from revision where state = 'submitted'`.execute(
    db,
  );
  for (const { id, title } of waiting.rows) {
    await sql`update revision set "foldedTitle" = ${fold(String(title))} where id = ${id}`.execute(db);
  }
  await db.schema.dropIndex('revision_queue').execute();
  const filtered = sql`"isChange", "claimedBy", "claimedAt", "foldedTitle"`;
  await sql`create index revision_queue on revision ("submittedAt", id, kind, ${filtered}) where state = 'submitted'`.execute(
    db,
  );
  await sql`create index revision_queue_by_kind on revision (kind, "submittedAt", id, ${filtered}) where state = 'submitted'`.execute(
    db,
  );

  await db.schema
    .createTable('review_text')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('text', 'text', (c) => c.notNull().check(sql`length(text) between 1 and 1000`))
    .addColumn('attribute', 'text')
    .addColumn('kind', 'text')
    .addColumn('createdBy', 'text', (c) => c.references('user.id').onDelete('set null'))
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('archivedAt', 'text')
    .execute();
  await db.schema.createIndex('review_text_by_creator').on('review_text').column('createdBy').execute();
  await db.schema.createIndex('review_text_by_use').on('review_text').columns(['archivedAt', 'id']).execute();
  for (const [text, attribute = null, kind = null] of texts) {
    await sql`
      insert into review_text (text, attribute, kind, "createdAt")
      values (${text}, ${attribute}, ${kind}, ${new Date().toISOString()})`.execute(db);
  }

  await db.schema.dropIndex('audit_log_by_record').execute();
  for (const [name, columns] of logIndexes) {
    await db.schema
      .createIndex(name)
      .on('audit_log')
      .columns([...columns])
      .execute();
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const [name] of logIndexes) await db.schema.dropIndex(name).execute();
  await db.schema.createIndex('audit_log_by_record').on('audit_log').column('recordId').execute();
  await db.schema.dropTable('review_text').execute();
  for (const name of ['revision_queue_by_kind', 'revision_queue']) await db.schema.dropIndex(name).execute();
  for (const column of ['foldedTitle', 'isChange', 'kind']) {
    await db.schema.alterTable('revision').dropColumn(column).execute();
  }
  await sql`create index revision_queue on revision ("submittedAt", id) where state = 'submitted'`.execute(db);
}
