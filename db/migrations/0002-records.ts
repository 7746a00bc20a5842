import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

const oneOf = (column: string, values: string[]) =>
  sql`${sql.ref(column)} in (${sql.join(values.map((value) => sql.lit(value)))})`;
const isDate = (column: string) => sql`${sql.ref(column)} is date(${sql.ref(column)})`;
const isList = (column: string) => sql`json_type(${sql.ref(column)}) = 'array'`;
const between = (column: string, min: number, max: number) =>
  sql`${sql.ref(column)} between ${sql.lit(min)} and ${sql.lit(max)}`;

type Table = CreateTableBuilder<string, string>;
const text = (name: string) => (t: Table) => t.addColumn(name, 'text');
const unique = (name: string) => (t: Table) => t.addColumn(name, 'text', (c) => c.unique());
const date = (name: string) => (t: Table) => t.addColumn(name, 'text', (c) => c.check(isDate(name)));
const choice = (name: string, values: string[]) => (t: Table) =>
  t.addColumn(name, 'text', (c) => c.check(oneOf(name, values)));
const list = (name: string) => (t: Table) =>
  t.addColumn(name, 'text', (c) => c.notNull().defaultTo('[]').check(isList(name)));
const integer = (name: string, min: number, max: number) => (t: Table) =>
  t.addColumn(name, 'integer', (c) => c.check(between(name, min, max)));
const money = (name: string) => integer(name, 0, 1e15);
const flag = (name: string) => (t: Table) =>
  t.addColumn(name, 'integer', (c) =>
    c
      .notNull()
      .defaultTo(0)
      .check(between(name, 0, 1)),
  );
const reference = (name: string, to: string) => (t: Table) => t.addColumn(name, 'text', (c) => c.references(to));

/** Each kind's own columns. A migration is history: later changes to the kinds come in later migrations. */
const kindTables: Record<string, ((t: Table) => Table)[]> = {
  enterprise: [
    unique('taxCode'),
    unique('certificateNumber'),
    date('certificateDate'),
    text('certificateAuthority'),
    choice('certificateStatus', ['valid', 'expired', 'revoked', 'none']),
    list('products'),
    reference('vsic', 'vsic_section.code'),
    choice('size', ['micro', 'small', 'medium', 'large']),
    list('exportMarkets'),
    list('standards'),
  ],
  startup: [
    unique('taxCode'),
    integer('foundingYear', 1990, 2100),
    choice('stage', ['idea', 'prototype', 'first_revenue', 'growth']),
    text('businessModel'),
    money('fundingSoughtVnd'),
    money('fundingRaisedVnd'),
    integer('teamSize', 1, 10_000),
    text('programme'),
    text('ip'),
  ],
  organisation: [
    choice('orgType', ['institute', 'university', 'centre', 'service_unit', 'laboratory', 'intermediary', 'other']),
    choice('ownership', ['public', 'non_public', 'foreign']),
    unique('registrationNumber'),
    date('registrationDate'),
    list('services'),
    list('equipment'),
    list('accreditations'),
    list('partners'),
  ],
  expert: [
    choice('academicRank', ['gs', 'pgs']),
    choice('degree', ['tskh', 'ts', 'ths', 'ks', 'other']),
    text('organisationName'),
    list('expertise'),
    unique('orcid'),
    list('languages'),
    text('country'),
    list('willingTo'),
    date('consentAt'),
  ],
  trademark: [
    choice('markType', ['collective', 'certification', 'gi']),
    unique('registrationNumber'),
    text('ownerName'),
    list('niceClasses'),
    date('grantedOn'),
    (t) =>
      t.addColumn('expiresOn', 'text', (c) =>
        c.check(sql`"expiresOn" is date("expiresOn") and ("grantedOn" is null or "expiresOn" > "grantedOn")`),
      ),
    list('products'),
    integer('producerCount', 0, 1_000_000),
    text('productionArea'),
    list('supportActivities'),
  ],
  offer: [
    integer('trl', 1, 9),
    choice('ipStatus', [
      'patent',
      'utility_solution',
      'design',
      'copyright',
      'plant_variety',
      'know_how',
      'pending',
      'none',
    ]),
    text('ipNumber'),
    list('transferModes'),
    choice('priceMode', ['fixed', 'range', 'agreement', 'free']),
    money('priceMinVnd'),
    (t) =>
      t.addColumn('priceMaxVnd', 'integer', (c) =>
        c.check(sql`"priceMaxVnd" >= coalesce("priceMinVnd", 0) and "priceMaxVnd" <= ${sql.lit(1e15)}`),
      ),
    list('advantages'),
    text('conditions'),
    list('appliedAt'),
    flag('green'),
    date('expiresOn'),
    text('supplierName'),
  ],
  need: [
    text('problem'),
    text('currentSituation'),
    text('tried'),
    text('requiredResult'),
    money('budgetMinVnd'),
    (t) =>
      t.addColumn('budgetMaxVnd', 'integer', (c) =>
        c.check(sql`"budgetMaxVnd" >= coalesce("budgetMinVnd", 0) and "budgetMaxVnd" <= ${sql.lit(1e15)}`),
      ),
    date('deadline'),
    list('partnerTypes'),
    list('transferModes'),
    integer('minTrl', 1, 9),
    flag('anonymous'),
    date('expiresOn'),
  ],
  achievement: [
    unique('taskCode'),
    text('taskTitle'),
    text('leadOrganisationName'),
    list('people'),
    choice('level', ['state', 'ministry', 'province', 'grassroots']),
    integer('acceptedYear', 1980, 2100),
    text('result'),
    list('appliedAt'),
    list('impact'),
    flag('replicable'),
  ],
  policy: [
    unique('number'),
    text('issuer'),
    date('issuedOn'),
    date('effectiveOn'),
    choice('validity', ['in_force', 'not_yet', 'expired']),
    text('benefits'),
    list('relatedKinds'),
  ],
};

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('record')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('kind', 'text', (c) => c.notNull().check(oneOf('kind', Object.keys(kindTables))))
    .addColumn('slug', 'text', (c) => c.notNull().check(sql`slug glob '[a-z0-9]*'`))
    .addColumn('externalId', 'text')
    .addColumn('title', 'text', (c) => c.notNull().check(sql`length(trim(title)) > 0`))
    .addColumn('titleEn', 'text')
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('summaryEn', 'text')
    .addColumn('body', 'text')
    .addColumn('keywords', 'text', (c) => c.notNull().defaultTo('[]').check(isList('keywords')))
    .addColumn('contactName', 'text')
    .addColumn('contactEmail', 'text')
    .addColumn('contactPhone', 'text')
    .addColumn('contactVisibility', 'text', (c) =>
      c
        .notNull()
        .defaultTo('connection')
        .check(oneOf('contactVisibility', ['public', 'connection'])),
    )
    .addColumn('website', 'text')
    .addColumn('sourceText', 'text')
    .addColumn('sourceUrl', 'text')
    .addColumn('status', 'text', (c) =>
      c
        .notNull()
        .check(oneOf('status', ['draft', 'submitted', 'returned', 'published', 'suspended', 'withdrawn', 'expired'])),
    )
    .addColumn('demo', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(between('demo', 0, 1)),
    )
    .addColumn('publishedAt', 'text')
    .addColumn('createdAt', 'text', (c) => c.notNull())
    .addColumn('updatedAt', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .addUniqueConstraint('record_slug', ['kind', 'slug'])
    .addUniqueConstraint('record_external_id', ['kind', 'externalId'])
    .execute();
  // The sitemap, the index rebuild and incremental harvesting walk the public records in these orders.
  await db.schema.createIndex('record_by_status').on('record').columns(['status', 'id']).execute();
  await db.schema.createIndex('record_by_update').on('record').columns(['status', 'updatedAt', 'id']).execute();

  for (const [kind, columns] of Object.entries(kindTables)) {
    let table: Table = db.schema
      .createTable(kind)
      .addColumn('recordId', 'integer', (c) => c.primaryKey().references('record.id').onDelete('cascade')) as never;
    for (const add of columns) table = add(table);
    await table.execute();
  }

  await db.schema
    .createTable('record_field')
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('fieldCode', 'text', (c) => c.notNull().references('field.code'))
    .addPrimaryKeyConstraint('record_field_pk', ['recordId', 'fieldCode'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createTable('record_area')
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('areaCode', 'text', (c) => c.notNull().references('area.code'))
    .addPrimaryKeyConstraint('record_area_pk', ['recordId', 'areaCode'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('record_field_by_code').on('record_field').column('fieldCode').execute();
  await db.schema.createIndex('record_area_by_code').on('record_area').column('areaCode').execute();
  await db.schema
    .createTable('record_link')
    .addColumn('fromId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addColumn('relation', 'text', (c) => c.notNull())
    .addColumn('toId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('record_link_pk', ['fromId', 'relation', 'toId'])
    .addCheckConstraint('record_link_not_self', sql`"fromId" <> "toId"`)
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('record_link_back').on('record_link').columns(['toId', 'relation']).execute();
  await db.schema
    .createTable('record_old_slug')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('slug', 'text', (c) => c.notNull())
    .addColumn('recordId', 'integer', (c) => c.notNull().references('record.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('record_old_slug_pk', ['kind', 'slug'])
    .execute();
  await db.schema.createIndex('record_old_slug_by_record').on('record_old_slug').column('recordId').execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const tables = [
    'record_old_slug',
    'record_link',
    'record_area',
    'record_field',
    ...Object.keys(kindTables),
    'record',
  ];
  for (const table of tables) await db.schema.dropTable(table).execute();
}
