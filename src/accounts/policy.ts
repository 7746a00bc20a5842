import { createHash, timingSafeEqual } from 'node:crypto';
import type { Role } from '../../db/schema.ts';
import { pageRoutes } from '../i18n/routes.ts';
import type { Visit } from '../server/visit.ts';
import type { SignedIn } from './sessions.ts';

/**
 * Who may do what: the only place that says so. Every route and every action has an entry; a test walks them all, and
 * whatever has none is refused.
 */
export type Audience =
  | 'everybody'
  /** Has given the password; the second factor may still be missing. */
  | 'passwordGiven'
  | 'member'
  | 'moderator'
  | 'administrator';

/** Audiences by the pattern of the Vietnamese address; the English one is the same page. */
export const routes = {
  '/': 'everybody',
  '/tim-kiem': 'everybody',
  '/[list]': 'everybody',
  '/[list]/[slug]': 'everybody',
  '/su-kien': 'everybody',
  // Drafts are for whom `mayPreview` says so.
  '/su-kien/[slug]': 'everybody',
  '/su-kien/[slug].ics': 'everybody',
  '/su-kien.ics': 'everybody',
  '/dang-ky-su-kien': 'everybody',
  '/tin-tuc': 'everybody',
  '/tin-tuc/[slug]': 'everybody',
  '/tin-tuc.xml': 'everybody',
  '/ban-tin': 'everybody',
  '/ban-tin/[month]': 'everybody',
  '/ban-tin/nhan-tin': 'everybody',
  '/huong-dan': 'everybody',
  '/neu-nhu-cau': 'everybody',
  '/gioi-thieu-cong-nghe': 'everybody',
  '/khop-ngay': 'everybody',
  '/chi-tieu': 'everybody',
  '/chi-tieu.csv': 'everybody',
  '/du-lieu-mo': 'everybody',
  '/du-lieu-mo/[file]': 'everybody',
  '/du-lieu-mo/catalog.jsonld': 'everybody',
  '/tiep-can': 'everybody',
  '/rieng-tu': 'everybody',
  '/dieu-khoan': 'everybody',
  '/[...path]': 'everybody',
  '/500': 'everybody',
  '/khong-duoc-phep': 'everybody',
  '/loi-bieu-mau': 'everybody',
  '/phien-het': 'everybody',
  '/qua-lon': 'everybody',
  '/qua-nhieu': 'everybody',
  '/tam-ngung-ghi': 'everybody',
  '/feed.xml': 'everybody',
  '/robots.txt': 'everybody',
  '/sitemap-index.xml': 'everybody',
  '/sitemap-[part].xml': 'everybody',
  '/healthz': 'everybody',
  '/readyz': 'everybody',
  // Those whom `mayReadMetrics` lets in.
  '/metrics': 'everybody',
  '/api/v1/search': 'everybody',
  '/api/v1/suggest': 'everybody',
  '/api/v1/changes': 'everybody',
  '/api/v1/openapi.json': 'everybody',
  '/api/v1/[kind]': 'everybody',
  '/api/v1/[kind].[format]': 'everybody',
  '/api/v1/[kind]/[slug]': 'everybody',
  '/dang-ky': 'everybody',
  '/dang-nhap': 'everybody',
  '/dang-xuat': 'everybody',
  '/xac-minh-email': 'everybody',
  '/quen-mat-khau': 'everybody',
  '/gia-han': 'everybody',
  '/quan-ly/khoi-tao': 'everybody',
  '/xac-thuc': 'passwordGiven',
  '/tai-khoan': 'member',
  '/tai-khoan/mat-khau': 'member',
  '/tai-khoan/email': 'member',
  '/tai-khoan/hai-lop': 'passwordGiven',
  '/tai-khoan/xoa': 'member',
  '/tai-khoan/theo-doi': 'member',
  '/ngung-nhan-thu': 'everybody',
  '/tai-khoan/nhu-cau-moi': 'member',
  '/tai-khoan/cong-nghe-moi': 'member',
  '/tai-khoan/ho-so': 'member',
  '/tai-khoan/ho-so/[id]': 'member',
  '/tai-khoan/ho-so/[id]/xem-truoc': 'member',
  '/tai-khoan/ho-so/[id]/ghep-noi': 'member',
  '/tai-khoan/ho-so/[id]/nguoi-quan-ly': 'member',
  '/tai-khoan/ho-so/giong-nhau': 'member',
  '/tai-khoan/xin-quan-ly/[id]': 'member',
  '/loi-moi': 'everybody',
  '/ket-noi': 'member',
  '/ket-noi/tra-loi': 'everybody',
  '/tai-khoan/ket-noi': 'member',
  '/tai-khoan/ket-noi/[id]': 'member',
  '/tai-khoan/ket-noi/[id]/[file]': 'member',
  '/quan-ly': 'moderator',
  '/rieng-tu/yeu-cau': 'everybody',
  // For who has the link from the mail.
  '/rieng-tu/du-lieu.json': 'everybody',
  '/tai-khoan/du-lieu-ca-nhan': 'member',
  '/quan-ly/du-lieu-ca-nhan': 'moderator',
  '/quan-ly/danh-muc': 'moderator',
  '/quan-ly/cai-dat': 'administrator',
  '/quan-ly/ket-noi': 'moderator',
  '/quan-ly/ket-noi/bao-cao': 'moderator',
  '/quan-ly/cung-cau': 'moderator',
  '/quan-ly/chi-tieu': 'moderator',
  '/quan-ly/bao-cao': 'moderator',
  '/quan-ly/bao-cao.xlsx': 'moderator',
  '/quan-ly/hang-doi': 'moderator',
  '/quan-ly/hang-doi/[id]': 'moderator',
  '/quan-ly/nhap-du-lieu': 'moderator',
  '/quan-ly/nhap-du-lieu/[id]': 'moderator',
  '/quan-ly/nhap-du-lieu/[id]/loi.csv': 'moderator',
  '/quan-ly/nhap-du-lieu/mau/[file]': 'moderator',
  '/quan-ly/ly-do': 'moderator',
  '/quan-ly/quyen-quan-ly': 'moderator',
  '/quan-ly/nhat-ky': 'moderator',
  '/quan-ly/thu-thap': 'moderator',
  '/quan-ly/su-kien': 'moderator',
  '/quan-ly/su-kien/moi': 'moderator',
  '/quan-ly/su-kien/[id]': 'moderator',
  '/quan-ly/su-kien/[id]/nguoi-tham-du.csv': 'moderator',
  '/quan-ly/tin-tuc': 'moderator',
  '/quan-ly/tin-tuc/moi': 'moderator',
  '/quan-ly/tin-tuc/[id]': 'moderator',
  '/quan-ly/ban-tin': 'moderator',
  '/quan-ly/ban-tin/[month]': 'moderator',
  '/quan-ly/van-ban': 'moderator',
  '/quan-ly/nguoi-dung': 'administrator',
  '/tai-khoan/du-lieu.json': 'member',
  // Public ones; the others for whom `mayRead` says so.
  '/anh/[hash]-[size].webp': 'everybody',
} as const satisfies Record<string, Audience>;

export const actions = {
  register: 'everybody',
  verifyEmail: 'everybody',
  signIn: 'everybody',
  requestReset: 'everybody',
  resetPassword: 'everybody',
  setUpAdministrator: 'everybody',
  showTwoFactor: 'passwordGiven',
  confirmTwoFactor: 'passwordGiven',
  changePassword: 'member',
  changeEmail: 'member',
  endSession: 'member',
  deleteAccount: 'member',
  stateProblem: 'everybody',
  startGuided: 'member',
  startRecord: 'member',
  saveStep: 'member',
  moveRecord: 'member',
  askToManage: 'member',
  decideRequest: 'member',
  inviteManager: 'member',
  takeBackInvitation: 'member',
  acceptInvitation: 'member',
  removeManager: 'member',
  addPicture: 'member',
  changePictures: 'member',
  renewByLink: 'everybody',
  saveSearch: 'member',
  changeAlert: 'member',
  changeMatches: 'member',
  // Of whoever holds the link of a digest.
  changeDigests: 'everybody',
  resumeDigests: 'member',
  startConnection: 'member',
  answerConnection: 'everybody',
  respond: 'member',
  withdrawConnection: 'member',
  writeMessage: 'member',
  sendFile: 'member',
  planStep: 'member',
  reportOutcome: 'member',
  askDepartment: 'member',
  block: 'member',
  report: 'member',
  proposeConnection: 'moderator',
  closeReport: 'moderator',
  stopConnecting: 'moderator',
  enterIndicator: 'moderator',
  freezeReport: 'moderator',
  claim: 'moderator',
  approve: 'moderator',
  approveMany: 'moderator',
  sendBack: 'moderator',
  nextSubmission: 'moderator',
  saveReviewText: 'moderator',
  archiveReviewText: 'moderator',
  suspendOrRestore: 'moderator',
  askForData: 'everybody',
  confirmDataRequest: 'everybody',
  askForOwnData: 'member',
  sendDataExport: 'moderator',
  markDataCorrected: 'moderator',
  refuseDataRequest: 'moderator',
  erasePerson: 'moderator',
  saveField: 'moderator',
  changeField: 'moderator',
  saveArea: 'moderator',
  addFormerName: 'moderator',
  removeFormerName: 'moderator',
  mergeArea: 'moderator',
  saveSynonyms: 'moderator',
  removeSynonyms: 'moderator',
  saveSettings: 'administrator',
  uploadImport: 'moderator',
  checkImport: 'moderator',
  startImport: 'moderator',
  undoImport: 'moderator',
  saveSource: 'moderator',
  runSource: 'moderator',
  pauseSource: 'moderator',
  removeSource: 'moderator',
  decideGone: 'moderator',
  registerForEvent: 'everybody',
  cancelRegistration: 'everybody',
  addEvent: 'moderator',
  changeEvent: 'moderator',
  moveEvent: 'moderator',
  removeAttendee: 'moderator',
  addArticle: 'moderator',
  changeArticle: 'moderator',
  moveArticle: 'moderator',
  addArticlePhoto: 'moderator',
  removeArticlePhoto: 'moderator',
  publishBulletin: 'moderator',
  subscribe: 'everybody',
  confirmReader: 'everybody',
  endSubscription: 'everybody',
  changeRole: 'administrator',
  blockUser: 'administrator',
  resetTwoFactor: 'administrator',
} as const satisfies Record<string, Audience>;
export type ActionName = keyof typeof actions;

/** What stands between a person and what they asked for. */
export type Access = 'allowed' | 'signIn' | 'secondFactor' | 'setUpTwoFactor' | 'forbidden';

const rank = { member: 1, moderator: 2, administrator: 3 } as const;

/** Whether a person belongs to an audience, and if not, what is missing. */
export function access(person: SignedIn | undefined, audience: Audience): Access {
  if (audience === 'everybody') return 'allowed';
  if (!person) return 'signIn';
  if (audience === 'passwordGiven') return 'allowed';
  if (person.hasTwoFactor && !person.twoFactorShown) return 'secondFactor';
  // The Department's people need a second factor for everything (design.md §9).
  if (person.role !== 'member' && !person.hasTwoFactor) return 'setUpTwoFactor';
  return rank[person.role] >= rank[audience] ? 'allowed' : 'forbidden';
}

/** Who writes texts of others, such as laws: the Department. */
export const mayWriteDocuments = (person: SignedIn | undefined): boolean => access(person, 'moderator') === 'allowed';

/** Who may see and change a record that is not public: those who manage it. The Department reads it in the queue. */
export const mayManage = (person: SignedIn | undefined, memberIds: readonly string[]): boolean =>
  access(person, 'member') === 'allowed' && memberIds.includes(person?.userId ?? '');

/** Who works on a record's form: those who manage it; on a policy document, the Department. */
export const mayEdit = (
  person: SignedIn | undefined,
  { kind, memberIds }: { kind: { isDocument?: true }; memberIds: readonly string[] },
): boolean => (kind.isDocument ? mayWriteDocuments(person) : mayManage(person, memberIds));

/** Who may see a version of a record that is not public yet: those who manage it, and who reviews it. */
export const mayRead = (person: SignedIn | undefined, memberIds: readonly string[]): boolean =>
  mayManage(person, memberIds) || access(person, 'moderator') === 'allowed';

/**
 * Who answers a request to manage a record: its managers; the Department where there are none, or where they have left
 * it lying.
 * @param isLeftLying the managers have had their time
 */
export const mayDecideRequest = (
  person: SignedIn | undefined,
  managerIds: readonly string[],
  isLeftLying: boolean,
): boolean =>
  mayManage(person, managerIds) ||
  ((managerIds.length === 0 || isLeftLying) && access(person, 'moderator') === 'allowed');

/** Who deletes what the site holds about somebody: of the Department's own people, administrators only. */
export const mayErase = (person: SignedIn | undefined, role: Role | undefined): boolean =>
  access(person, role === undefined || role === 'member' ? 'moderator' : 'administrator') === 'allowed';

/** Who sees an event or an article that is still a draft: those who write them. */
export const mayPreview = (person: SignedIn | undefined): boolean => access(person, 'moderator') === 'allowed';

/**
 * The part that somebody has in a connection; undefined for who has none. The Department's people answer for a record
 * that nobody manages, and read and write where a side has asked them in; elsewhere they observe the stages.
 */
export type Part = 'asker' | 'asked' | 'moderator' | 'observer';

export function partIn(
  person: SignedIn | undefined,
  parties: {
    asker: readonly { userId: string }[];
    asked: readonly { userId: string }[];
    departmentAnswers: boolean;
    brokerAsked: boolean;
  },
): Part | undefined {
  if (!person || access(person, 'member') !== 'allowed') return undefined;
  const isAmong = (members: readonly { userId: string }[]) => members.some(({ userId }) => userId === person.userId);
  if (isAmong(parties.asker)) return 'asker';
  if (isAmong(parties.asked)) return 'asked';
  if (access(person, 'moderator') !== 'allowed') return undefined;
  if (parties.departmentAnswers) return 'asked';
  return parties.brokerAsked ? 'moderator' : 'observer';
}

/** Who reads a connection's messages and files and the contact data that it has revealed. */
export const mayReadConnection = (part: Part | undefined): part is Exclude<Part, 'observer'> =>
  part !== undefined && part !== 'observer';

/**
 * Who reads /metrics: programs on this machine, and whoever shows the operator's token.
 * @param authorization the header, e.g. `Bearer …`
 * @param token METRICS_TOKEN, where there is one
 */
export function mayReadMetrics(visit: Visit, authorization: string | null, token: string | undefined): boolean {
  if (visit.isLocal) return true;
  if (!authorization || !token) return false;
  const digestOf = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digestOf(authorization), digestOf(`Bearer ${token}`));
}

const vietnamesePattern: Record<string, string> = {
  ...Object.fromEntries(Object.values(pageRoutes).map(({ vi, en }) => [en, vi])),
  '/en/[list]': '/[list]',
  '/en/[list]/[slug]': '/[list]/[slug]',
};

/** The audience of a route; undefined for one that nobody has decided on. */
export const audienceOf = (pattern: string): Audience | undefined =>
  (routes as Record<string, Audience>)[vietnamesePattern[pattern] ?? pattern];
