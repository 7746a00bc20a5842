import type { Generated, Insertable, Selectable } from 'kysely';

/** Row types of every table. Columns keep the attributes' names, so that no layer has to translate. */
export interface Database {
  record: RecordTable;
  record_field: { recordId: number; fieldCode: string };
  record_area: { recordId: number; areaCode: string };
  record_link: RecordLinkTable;
  record_old_slug: { kind: string; slug: string; recordId: number };
  enterprise: AttributeTable;
  startup: AttributeTable;
  organisation: AttributeTable;
  expert: AttributeTable;
  trademark: AttributeTable;
  offer: AttributeTable;
  need: AttributeTable;
  achievement: AttributeTable;
  policy: AttributeTable;
  field: { code: string; parent: string | null; vi: string; en: string };
  area: AreaTable;
  area_former_name: { areaCode: string; name: string; validUntil: string | null; sourceText: string | null };
  vsic_section: { code: string; vi: string; en: string };
  nice_class: { code: string; vi: string; en: string };
  outbox: { seq: Generated<number>; recordId: number; createdAt: string };
  search_consumer: SearchConsumerTable;
  search_state: { id: number; generation: 'a' | 'b'; seq: number };
  content_version: { id: number; version: number };
  lease: { name: string; holder: string; expiresAt: number };
}

export const recordStatuses = [
  'draft',
  'submitted',
  'returned',
  'published',
  'suspended',
  'withdrawn',
  'expired',
] as const;
export type RecordStatus = (typeof recordStatuses)[number];

export interface RecordTable {
  id: Generated<number>;
  kind: string;
  slug: string;
  externalId: string | null;
  title: string;
  titleEn: string | null;
  summary: string;
  summaryEn: string | null;
  body: string | null;
  /** JSON list of texts. */
  keywords: string;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  contactVisibility: 'public' | 'connection';
  website: string | null;
  sourceText: string | null;
  sourceUrl: string | null;
  status: RecordStatus;
  demo: number;
  publishedAt: string | null;
  createdAt: string;
  updatedAt: string;
  /** Grows with each saved change; an editor sends back the one it read. */
  version: Generated<number>;
}

/** A kind's own table: `recordId` and one column for each attribute; lists are JSON. */
export interface AttributeTable {
  recordId: number;
  [attribute: string]: string | number | null;
}

export interface RecordLinkTable {
  fromId: number;
  relation: string;
  toId: number;
}

export interface AreaTable {
  code: string;
  parent: string | null;
  type: 'province' | 'city' | 'ward' | 'commune';
  vi: string;
  en: string;
  officialName: string;
  validFrom: string | null;
}

/** How far each engine has followed the outbox. */
export interface SearchConsumerTable {
  engine: string;
  seq: number;
  attempts: number;
  nextAttemptAt: number;
  lastError: string | null;
}

export type RecordRow = Selectable<RecordTable>;
export type NewRecord = Insertable<RecordTable>;
