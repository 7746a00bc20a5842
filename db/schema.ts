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
  user: UserTable;
  user_consent: { userId: string; document: 'terms' | 'privacy'; version: string; at: string };
  session: SessionTable;
  one_time_token: OneTimeTokenTable;
  recovery_code: { userId: string; hash: string };
  mail: MailTable;
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
  createdAt: string;
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
}

export type RecordRow = Selectable<RecordTable>;
export type NewRecord = Insertable<RecordTable>;
