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
  field: FieldTable;
  area: AreaTable;
  area_former_name: { areaCode: string; name: string; validUntil: string | null; sourceText: string | null };
  vsic_section: { code: string; vi: string; en: string };
  nice_class: { code: string; vi: string; en: string };
  outbox: { seq: Generated<number>; recordId: number; createdAt: string };
  search_consumer: SearchConsumerTable;
  search_state: { id: number; generation: 'a' | 'b'; rebuilds: number; seq: number };
  content_version: { id: number; version: number };
  synonym_group: { id: Generated<number>; members: string; updatedAt: string };
  site_setting: { name: string; value: string; updatedAt: string };
  settings_version: { id: number; version: number; synonymsReadAt: string | null };
  sign_in: SignInTable;
  personal_data_request: PersonalDataRequestTable;
  personal_data_event: PersonalDataEventTable;
  user: UserTable;
  user_consent: { userId: string; document: 'terms' | 'privacy'; version: string; at: string };
  session: SessionTable;
  one_time_token: OneTimeTokenTable;
  recovery_code: { userId: string; hash: string };
  mail: MailTable;
  statement: StatementTable;
  record_member: { recordId: number; userId: string };
  manage_request: ManageRequestTable;
  invitation: InvitationTable;
  revision: RevisionTable;
  renewal_link: RenewalLinkTable;
  audit_log: AuditLogTable;
  picture: { recordId: number; hash: string; uploadedBy: string | null; createdAt: string };
  review_text: ReviewTextTable;
  connection: ConnectionTable;
  connection_event: ConnectionEventTable;
  connection_message: ConnectionMessageTable;
  connection_file: ConnectionFileTable;
  connection_link: { hash: string; connectionId: number; userId: string; usedAt: string | null };
  member_block: { blockerId: string; blockedId: string; connectionId: number | null; at: string };
  member_report: MemberReportTable;
  publication: { recordId: number; firstSeq: number; lastSeq: number };
  saved_search: SavedSearchTable;
  digest: DigestTable;
  digest_result: { userId: string; recordId: number; at: string };
  digest_link: { hash: string; userId: string; createdAt: string };
  need_match: NeedMatchTable;
  indicator: IndicatorTable;
  indicator_value: IndicatorValueTable;
  report: ReportTable;
  import_job: ImportJobTable;
  import_item: ImportItemTable;
  import_mapping: { kind: string; header: string; attribute: string };
  event: EventTable;
  event_registration: EventRegistrationTable;
  event_link: { hash: string; registrationId: number };
  article: ArticleTable;
  article_picture: { articleId: number; hash: string; createdAt: string };
  bulletin: BulletinTable;
  bulletin_reader: BulletinReaderTable;
  bulletin_link: { hash: string; readerId: number };
  rate_limit: { bucket: string; used: number; endsAt: number };
  lease: { name: string; holder: string; expiresAt: number };
  /** One row: what tells this catalogue from every other one. */
  site: { id: number; uuid: string };
  record_change: RecordChangeTable;
  harvest_source: HarvestSourceTable;
  harvested_record: HarvestedRecordTable;
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
  /** JSON: a picture (src/catalogue/pictures.ts). */
  logo: Generated<string | null>;
  /** JSON list of pictures. */
  photos: Generated<string>;
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

export interface FieldTable {
  code: string;
  parent: string | null;
  vi: string;
  en: string;
  /** The day since which it is not offered any more. */
  retiredAt: string | null;
  /** 1 for one that the Department has added. */
  own: Generated<number>;
  /** What was edited is not overwritten from the files of db/seed. */
  editedAt: string | null;
}

export const areaTypes = ['province', 'city', 'ward', 'commune'] as const;

export interface AreaTable {
  code: string;
  parent: string | null;
  type: (typeof areaTypes)[number];
  vi: string;
  en: string;
  officialName: string;
  validFrom: string | null;
  validUntil: string | null;
  /** The area that it belongs to since it ended. */
  mergedInto: string | null;
  editedAt: string | null;
}

/** How far each engine has followed the outbox. */
export interface SearchConsumerTable {
  engine: string;
  seq: number;
  attempts: number;
  nextAttemptAt: number;
  lastError: string | null;
}

export const roles = ['member', 'moderator', 'administrator'] as const;
export type Role = (typeof roles)[number];

export interface UserTable {
  id: string;
  /** Lower case. */
  email: string;
  name: string;
  /** Null until an administrator's link has been used. */
  passwordHash: string | null;
  role: Role;
  language: 'vi' | 'en';
  emailVerifiedAt: string | null;
  totpSecret: string | null;
  totpConfirmedAt: string | null;
  totpLastStep: Generated<number>;
  /** Since when the Department has not let this member start connections. */
  connectingStoppedAt: string | null;
  /** Since when an administrator has not let this account sign in. */
  blockedAt: string | null;
  createdAt: string;
}

export type SignInOutcome = 'entered' | 'wrongPassword' | 'unverified' | 'blocked' | 'codeShown' | 'wrongCode';

/** An attempt to sign in to an account. */
export interface SignInTable {
  id: Generated<number>;
  userId: string;
  at: string;
  /** The visitor's network, not the device: 203.0.113.0/24, 2001:db8:1::/48. */
  network: string;
  userAgent: string;
  outcome: SignInOutcome;
}

export const personalDataKinds = ['export', 'correction', 'deletion'] as const;

/** What somebody asks of the Department about data on themselves; name, address and texts go when it is deleted. */
export interface PersonalDataRequestTable {
  id: Generated<number>;
  kind: (typeof personalDataKinds)[number];
  /** `unconfirmed` until the link in the mail was followed. */
  state: 'unconfirmed' | 'open' | 'done' | 'refused';
  userId: string | null;
  name: string | null;
  email: string | null;
  message: string | null;
  reason: string | null;
  language: 'vi' | 'en';
  createdAt: string;
  dueOn: string | null;
  remindedAt: string | null;
  decidedAt: string | null;
  /** SHA-256 of what the link holds that proves the address, then of the one to the export. */
  hash: string | null;
  /** Milliseconds since 1970. */
  worksUntil: number | null;
}

export interface PersonalDataEventTable {
  id: Generated<number>;
  requestId: number;
  at: string;
  action: string;
  /** Which of the Department's people. */
  userId: string | null;
}

export interface SessionTable {
  /** SHA-256 of what the cookie holds. */
  id: string;
  userId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  createdAt: string;
  userAgent: string;
  /** 1 when this session has shown a second factor. */
  twoFactor: Generated<number>;
}

export type TokenPurpose = 'verify_email' | 'reset_password' | 'change_email' | 'administrator';

export interface OneTimeTokenTable {
  /** SHA-256 of what the link holds. */
  hash: string;
  purpose: TokenPurpose;
  /** Null for the link that makes the first administrator. */
  userId: string | null;
  /** The new address of a change. */
  email: string | null;
  expiresAt: number;
}

/** A proposed version of a record; `published` when it was approved, `withdrawn` when it was rejected. */
export interface RevisionTable {
  id: Generated<number>;
  recordId: number;
  authorId: string | null;
  state: 'draft' | 'submitted' | 'returned' | 'published' | 'withdrawn';
  /** JSON: the form as it was typed, by attribute. */
  form: string;
  /** JSON: why it was returned, by attribute; under `note` for the whole. */
  reasons: Generated<string>;
  /** Grows with each save; an editor sends back the one it read. */
  version: Generated<number>;
  createdAt: string;
  updatedAt: string;
  submittedAt: string | null;
  decidedAt: string | null;
  /** The moderator who looks at it. */
  claimedBy: string | null;
  claimedAt: string | null;
  /** What the queue is filtered by, written when it is submitted: the record's kind, … */
  kind: Generated<string | null>;
  /** … 1 when the record has been public before, … */
  isChange: Generated<number>;
  /** … and the proposed title as search compares it. */
  foldedTitle: Generated<string>;
}

/** Somebody asks to manage a public record. */
export interface ManageRequestTable {
  id: Generated<number>;
  recordId: number;
  userId: string;
  /** Who they are, in their own words. */
  message: string;
  state: 'open' | 'granted' | 'refused';
  createdAt: string;
  decidedAt: string | null;
  /** Why it was refused. */
  reason: string | null;
  /** Since when the Department may answer what the managers have left lying. */
  departmentSince: string | null;
}

/** A record's manager asks somebody to manage it with them; gone once accepted or taken back. */
export interface InvitationTable {
  id: Generated<number>;
  recordId: number;
  /** Lower case; only this address may accept. */
  email: string;
  invitedBy: string;
  /** SHA-256 of what the link holds. */
  hash: string;
  createdAt: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

export type Reminder = 'expiresInMonth' | 'expiresInWeek' | 'expired';

/** That somebody was reminded of the end of a listing, with the link they were sent. */
export interface RenewalLinkTable {
  recordId: number;
  userId: string;
  /** The end that the reminder was about. */
  expiresOn: string;
  reminder: Reminder;
  worksUntil: string;
  /** SHA-256 of what the link holds. */
  hash: string;
}

export interface AuditLogTable {
  id: Generated<number>;
  at: string;
  userId: string;
  /** As it was then: accounts may be deleted, the log stays. */
  userName: string;
  action: string;
  recordId: number | null;
  detail: string;
}

/** A reason that moderators give again and again. */
export interface ReviewTextTable {
  id: Generated<number>;
  text: string;
  /** Offered for this attribute only (`note`: the remark on the whole); null for any. */
  attribute: string | null;
  /** Offered for records of this kind only; null for any. */
  kind: string | null;
  createdBy: string | null;
  createdAt: string;
  archivedAt: string | null;
}

/** design.md §6; `proposed` by the Department and answered by neither side, `awaiting_asker` when the asked one has said yes. */
export const connectionStates = [
  'proposed',
  'requested',
  'awaiting_asker',
  'accepted',
  'in_discussion',
  'agreement',
  'closed',
  'declined',
  'withdrawn',
  'expired',
] as const;
export type ConnectionState = (typeof connectionStates)[number];
export const connectionPurposes = ['acquire', 'offer', 'research', 'service', 'invest', 'other'] as const;
export const agreementKinds = [
  'transfer',
  'purchase',
  'service',
  'joint_research',
  'investment',
  'memorandum',
  'other',
] as const;
/** Who acts in a connection. */
export type ConnectionActor = 'asker' | 'asked' | 'moderator' | 'system';

export interface ConnectionTable {
  id: Generated<number>;
  recordId: number;
  askerRecordId: number | null;
  askerId: string | null;
  origin: 'member' | 'department';
  proposedBy: string | null;
  toDepartment: Generated<number>;
  purpose: (typeof connectionPurposes)[number];
  state: ConnectionState;
  reason: string | null;
  agreementKind: (typeof agreementKinds)[number] | null;
  agreementVnd: number | null;
  nextStep: string | null;
  nextStepOn: string | null;
  lastSide: ConnectionActor;
  brokerAskedAt: string | null;
  brokerAskedBy: string | null;
  createdAt: string;
  updatedAt: string;
  remindedAt: string | null;
  acceptedAt: string | null;
  outcomeAskedAt: string | null;
  endedAt: string | null;
}

export interface ConnectionEventTable {
  id: Generated<number>;
  connectionId: number;
  at: string;
  userId: string | null;
  side: ConnectionActor;
  action: string;
  detail: Generated<string>;
}

export interface ConnectionMessageTable {
  id: Generated<number>;
  connectionId: number;
  at: string;
  userId: string | null;
  side: ConnectionActor;
  text: string;
  formKey: string | null;
}

export interface ConnectionFileTable {
  id: string;
  connectionId: number;
  at: string;
  userId: string | null;
  side: ConnectionActor;
  name: string;
  type: 'pdf' | 'jpg' | 'png';
  bytes: number;
}

export interface MemberReportTable {
  id: Generated<number>;
  connectionId: number;
  reporterId: string | null;
  reportedSide: 'asker' | 'asked';
  reason: string;
  at: string;
  closedAt: string | null;
  closedBy: string | null;
  note: string | null;
}

export const frequencies = ['daily', 'weekly', 'paused'] as const;
export type Frequency = (typeof frequencies)[number];

export interface SavedSearchTable {
  id: Generated<number>;
  userId: string;
  /** The list's Vietnamese address with its filters, in their one order. */
  address: string;
  frequency: Frequency;
  /** Of what was public before this place in the outbox its owner is not told (any more). */
  seq: number;
  createdAt: string;
}

/** How a person is told of what is new; every account has one. */
export interface DigestTable {
  userId: string;
  /** How often matches of the person's own needs and offers are told. */
  matches: Generated<Frequency>;
  /** Matches have been looked for up to this place in the outbox; -1: never. */
  matchesSeq: Generated<number>;
  /** The day in Việt Nam up to which everything has been told. */
  doneOn: string;
  stoppedAt: string | null;
  firstSentAt: string | null;
}

/** What somebody has said first in a guided form, kept while they sign in. */
export interface StatementTable {
  id: Generated<number>;
  /** Of the secret in the cookie. */
  hash: string;
  kind: 'need' | 'offer';
  /** Emptied once a record has come of it. */
  text: string;
  userId: string | null;
  recordId: number | null;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** How well the catalogue answers a need, as of when it was last looked at. */
export interface NeedMatchTable {
  recordId: number;
  bestId: number | null;
  /** Of `matchesFor`: how much of the need its best match is about. */
  coverage: number;
  /** The content version that was looked at. */
  version: number;
  at: string;
}

/** A target of the region's plan, or something that the site counts beside it. */
export interface IndicatorTable {
  code: string;
  position: number;
  vi: string;
  en: string;
  definitionVi: string;
  definitionEn: string;
  unit: 'count' | 'percent';
  /** How the catalogue counts it (src/insight/measures.ts); null for what the Department enters. */
  measure: string | null;
  target: number | null;
  /** Whether the target is the value itself or a multiple of the baseline. */
  targetKind: 'value' | 'timesBaseline';
  comparison: 'atLeast' | 'more';
  /** The target is counted from this day to the end of this year. */
  countedFrom: string;
  targetYear: number;
  sourceVi: string | null;
  sourceEn: string | null;
  /** The number of the document that sets it, which may be in the catalogue. */
  sourceNumber: string | null;
}

/** A figure as it was from a moment on; a correction is a new row. */
export interface IndicatorValueTable {
  id: Generated<number>;
  indicator: string;
  /** `2026`, `2026-Q3`, `plan` (since the target is counted) or `baseline`. */
  period: string;
  value: number;
  /** Demo records that would have counted; they are no part of the value. */
  demo: Generated<number>;
  /** Null for what was counted in the catalogue. */
  source: string | null;
  enteredBy: string | null;
  at: string;
}

/** A report as it was given; it stays as it is. */
export interface ReportTable {
  id: Generated<number>;
  period: string;
  version: number;
  /** JSON (src/insight/report.ts). */
  data: string;
  frozenBy: string | null;
  at: string;
}

/** `checked` waits for a person; `failed` has written nothing. */
export type ImportState = 'checking' | 'checked' | 'queued' | 'running' | 'done' | 'failed' | 'undoing' | 'undone';

/** A file that somebody of the Department imports in the browser. */
export interface ImportJobTable {
  id: Generated<number>;
  kind: string;
  userId: string;
  userName: string;
  fileName: string;
  file: string | null;
  /** JSON: attribute by column header, empty for a column that is left aside; null before the file was read. */
  columns: string | null;
  mode: 'publish' | 'review' | null;
  state: ImportState;
  /** The process that works on it. */
  pid: number | null;
  phase: 'read' | 'check' | 'write' | null;
  done: Generated<number>;
  total: Generated<number>;
  /** JSON: what the check found, or what the import did. */
  report: string | null;
  /** JSON: why it failed, or why it cannot be undone. */
  failure: string | null;
  createdAt: string;
  finishedAt: string | null;
  undoneAt: string | null;
  undoneBy: string | null;
}

/** A record that an import has created, changed, or proposed to change (then with a revision). */
export interface ImportItemTable {
  importId: number;
  recordId: number;
  revisionId: number | null;
  version: number;
  before: string | null;
}

export const eventTypes = ['startup', 'conference', 'fair', 'training'] as const;
export type EventType = (typeof eventTypes)[number];

export interface EventTable {
  id: Generated<number>;
  slug: string;
  type: EventType;
  status: Generated<'draft' | 'published' | 'cancelled'>;
  title: string;
  titleEn: string | null;
  summary: string;
  summaryEn: string | null;
  body: string | null;
  organiser: string;
  place: string;
  website: string | null;
  startsAt: string;
  endsAt: string;
  takesRegistrations: number;
  /** Null: as many as come. */
  capacity: number | null;
  /** Null: until it begins. */
  registerUntil: string | null;
  /** Grows with each change that a calendar shows (RFC 5545, SEQUENCE). */
  sequence: Generated<number>;
  /** The last of these that those who have registered must hear of; … */
  noticeSequence: Generated<number>;
  /** … 1 until all of them have been told. */
  noticePending: Generated<number>;
  /** 1 once it has ended; written by the server. */
  isOver: Generated<number>;
  cancelReason: string | null;
  demo: Generated<number>;
  createdAt: string;
  updatedAt: string;
  /** Null for a draft only. */
  publishedAt: string | null;
  version: Generated<number>;
}

/** Somebody who comes, or waits for a seat; gone once cancelled, or 90 days after the event. */
export interface EventRegistrationTable {
  id: Generated<number>;
  eventId: number;
  /** Lower case. */
  email: string;
  name: string;
  organisation: string | null;
  language: 'vi' | 'en';
  state: 'registered' | 'waiting';
  consentVersion: string;
  createdAt: string;
  /** The event's `sequence` that they know of. */
  toldSequence: number;
  remindedAt: string | null;
}

export interface ArticleTable {
  id: Generated<number>;
  slug: string;
  status: Generated<'draft' | 'published'>;
  title: string;
  titleEn: string | null;
  summary: string;
  summaryEn: string | null;
  /** Limited Markdown. */
  body: string;
  /** JSON list of pictures (src/catalogue/pictures.ts). */
  photos: Generated<string>;
  demo: Generated<number>;
  createdAt: string;
  updatedAt: string;
  /** Since when it is public for the first time. */
  publishedAt: string | null;
  version: Generated<number>;
}

/** A published bulletin; one that is being put together is made of the month each time. */
export interface BulletinTable {
  /** `2026-11`, in Việt Nam. */
  month: string;
  intro: string;
  introEn: string | null;
  /** JSON list of what it told of, as it was then (src/news/bulletin.ts). */
  items: string;
  publishedAt: string;
  /** The last reader whose mail is in the queue. */
  sentThrough: Generated<number>;
  sentAt: string | null;
}

/** An address that asked for the bulletin. */
export interface BulletinReaderTable {
  id: Generated<number>;
  /** Lower case. */
  email: string;
  language: 'vi' | 'en';
  consentVersion: string;
  createdAt: string;
  /** Null until the link in the mail was used: no bulletin is sent before. */
  confirmedAt: string | null;
}

export interface MailTable {
  id: Generated<number>;
  /** What it is sent for; one mail a cause, ever. */
  cause: string;
  recipient: string;
  language: 'vi' | 'en';
  subject: string;
  text: string;
  html: string;
  /** JSON object: headers besides those of every mail. */
  headers: Generated<string>;
  createdAt: string;
  state: Generated<'waiting' | 'sending' | 'sent' | 'failed'>;
  attempts: Generated<number>;
  nextAttemptAt: Generated<number>;
  lastError: string | null;
  /** 1 for a message whose row goes once it is sent. */
  forget: Generated<number>;
}

/** The last change of a record that is or was public; triggers write it from the outbox. */
export interface RecordChangeTable {
  recordId: number;
  kind: string;
  slug: string;
  /** Of the outbox: a later change has a greater number, whatever the clocks say. */
  seq: number;
  changedAt: string;
}

/** Another catalogue, or a file, that records are taken over from. */
export interface HarvestSourceTable {
  id: Generated<number>;
  name: string;
  url: string;
  format: 'api' | 'csv';
  /** JSON list of kinds that are taken. */
  kinds: string;
  everyHours: number;
  active: Generated<number>;
  /** What the other catalogue calls itself; null until it has answered, or for a file. */
  catalogue: string | null;
  /** Where the other catalogue's changes have been read up to. */
  cursor: string | null;
  /** Milliseconds since 1970. */
  nextRunAt: Generated<number>;
  lastRunAt: string | null;
  lastError: string | null;
  /** JSON: what the last run came to. */
  counts: Generated<string>;
  createdAt: string;
}

/**
 * `waiting` until somebody's own change is decided on; `invalid` breaks our rules; `refused` by a reviewer; `known` here
 * already, from elsewhere; `gone` there.
 */
export const harvestStates = ['settled', 'proposed', 'waiting', 'invalid', 'refused', 'known', 'gone'] as const;

/** A record of a source and what it is here. */
export interface HarvestedRecordTable {
  sourceId: number;
  remoteId: string;
  recordId: number | null;
  kind: string;
  /** Its page there. */
  url: string | null;
  /** The catalogue in which it was written first, and its name there: one record that comes two ways is one. */
  originCatalogue: string | null;
  originId: string;
  harvestedAt: string;
  /** JSON forms: as it was last read, as it was when a version of it was last decided on, as it waits for review. */
  latestForm: string | null;
  baseForm: string | null;
  proposedForm: string | null;
  /** The version that waits for review. */
  revisionId: number | null;
  /** JSON list: what a reviewer should know of the last reading. */
  notes: Generated<string>;
  state: (typeof harvestStates)[number];
}

export type RecordRow = Selectable<RecordTable>;
export type NewRecord = Insertable<RecordTable>;
