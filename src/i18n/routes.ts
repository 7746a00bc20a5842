import type { Language } from '../../search/engine.ts';

/** Addresses of the public pages besides the kinds' lists and details (those stand in the kinds' declarations). */
export const publicRoutes = {
  home: { vi: '/', en: '/en' },
  search: { vi: '/tim-kiem', en: '/en/search' },
  events: { vi: '/su-kien', en: '/en/events' },
  news: { vi: '/tin-tuc', en: '/en/news' },
  bulletins: { vi: '/ban-tin', en: '/en/bulletin' },
  guide: { vi: '/huong-dan', en: '/en/guide' },
  stateNeed: { vi: '/neu-nhu-cau', en: '/en/state-a-need' },
  stateOffer: { vi: '/gioi-thieu-cong-nghe', en: '/en/present-a-technology' },
  indicators: { vi: '/chi-tieu', en: '/en/indicators' },
  openData: { vi: '/du-lieu-mo', en: '/en/open-data' },
  accessibility: { vi: '/tiep-can', en: '/en/accessibility' },
  privacy: { vi: '/rieng-tu', en: '/en/privacy' },
  terms: { vi: '/dieu-khoan', en: '/en/terms' },
} as const satisfies Record<string, Record<Language, string>>;

/** Addresses of what people do with an account: not for search engines. */
export const accountRoutes = {
  register: { vi: '/dang-ky', en: '/en/register' },
  signIn: { vi: '/dang-nhap', en: '/en/sign-in' },
  signOut: { vi: '/dang-xuat', en: '/en/sign-out' },
  verifyEmail: { vi: '/xac-minh-email', en: '/en/verify-email' },
  forgotPassword: { vi: '/quen-mat-khau', en: '/en/forgot-password' },
  secondFactor: { vi: '/xac-thuc', en: '/en/second-factor' },
  account: { vi: '/tai-khoan', en: '/en/account' },
  accountPassword: { vi: '/tai-khoan/mat-khau', en: '/en/account/password' },
  accountEmail: { vi: '/tai-khoan/email', en: '/en/account/email' },
  accountTwoFactor: { vi: '/tai-khoan/hai-lop', en: '/en/account/two-factor' },
  accountDelete: { vi: '/tai-khoan/xoa', en: '/en/account/delete' },
  alerts: { vi: '/tai-khoan/theo-doi', en: '/en/account/alerts' },
  unsubscribe: { vi: '/ngung-nhan-thu', en: '/en/unsubscribe' },
  accountData: { vi: '/tai-khoan/du-lieu-ca-nhan', en: '/en/account/personal-data' },
  privacyRequest: { vi: '/rieng-tu/yeu-cau', en: '/en/privacy/request' },
  renew: { vi: '/gia-han', en: '/en/renew' },
  liveMatches: { vi: '/khop-ngay', en: '/en/live-matches' },
  newNeed: { vi: '/tai-khoan/nhu-cau-moi', en: '/en/account/new-need' },
  newOffer: { vi: '/tai-khoan/cong-nghe-moi', en: '/en/account/new-technology' },
  records: { vi: '/tai-khoan/ho-so', en: '/en/account/records' },
  editRecord: { vi: '/tai-khoan/ho-so/[id]', en: '/en/account/records/[id]' },
  recordMatches: { vi: '/tai-khoan/ho-so/[id]/ghep-noi', en: '/en/account/records/[id]/matches' },
  previewRecord: { vi: '/tai-khoan/ho-so/[id]/xem-truoc', en: '/en/account/records/[id]/preview' },
  managers: { vi: '/tai-khoan/ho-so/[id]/nguoi-quan-ly', en: '/en/account/records/[id]/managers' },
  duplicates: { vi: '/tai-khoan/ho-so/giong-nhau', en: '/en/account/records/duplicates' },
  askToManage: { vi: '/tai-khoan/xin-quan-ly/[id]', en: '/en/account/ask-to-manage/[id]' },
  invitation: { vi: '/loi-moi', en: '/en/invitation' },
  manageRequests: { vi: '/quan-ly/quyen-quan-ly', en: '/en/manage/record-managers' },
  connect: { vi: '/ket-noi', en: '/en/connect' },
  answerConnection: { vi: '/ket-noi/tra-loi', en: '/en/connect/answer' },
  connections: { vi: '/tai-khoan/ket-noi', en: '/en/account/connections' },
  connection: { vi: '/tai-khoan/ket-noi/[id]', en: '/en/account/connections/[id]' },
  manageConnections: { vi: '/quan-ly/ket-noi', en: '/en/manage/connections' },
  reports: { vi: '/quan-ly/ket-noi/bao-cao', en: '/en/manage/connections/reports' },
  supplyDemand: { vi: '/quan-ly/cung-cau', en: '/en/manage/supply-demand' },
  manageIndicators: { vi: '/quan-ly/chi-tieu', en: '/en/manage/indicators' },
  periodReports: { vi: '/quan-ly/bao-cao', en: '/en/manage/reports' },
  tools: { vi: '/quan-ly', en: '/en/manage' },
  vocabulary: { vi: '/quan-ly/danh-muc', en: '/en/manage/vocabulary' },
  personalData: { vi: '/quan-ly/du-lieu-ca-nhan', en: '/en/manage/personal-data' },
  settings: { vi: '/quan-ly/cai-dat', en: '/en/manage/settings' },
  queue: { vi: '/quan-ly/hang-doi', en: '/en/manage/queue' },
  review: { vi: '/quan-ly/hang-doi/[id]', en: '/en/manage/queue/[id]' },
  imports: { vi: '/quan-ly/nhap-du-lieu', en: '/en/manage/import' },
  importJob: { vi: '/quan-ly/nhap-du-lieu/[id]', en: '/en/manage/import/[id]' },
  reviewTexts: { vi: '/quan-ly/ly-do', en: '/en/manage/reasons' },
  auditLog: { vi: '/quan-ly/nhat-ky', en: '/en/manage/audit' },
  harvest: { vi: '/quan-ly/thu-thap', en: '/en/manage/harvest' },
  users: { vi: '/quan-ly/nguoi-dung', en: '/en/manage/users' },
  eventRegistration: { vi: '/dang-ky-su-kien', en: '/en/event-registration' },
  manageEvents: { vi: '/quan-ly/su-kien', en: '/en/manage/events' },
  newEvent: { vi: '/quan-ly/su-kien/moi', en: '/en/manage/events/new' },
  manageEvent: { vi: '/quan-ly/su-kien/[id]', en: '/en/manage/events/[id]' },
  manageNews: { vi: '/quan-ly/tin-tuc', en: '/en/manage/news' },
  newArticle: { vi: '/quan-ly/tin-tuc/moi', en: '/en/manage/news/new' },
  manageArticle: { vi: '/quan-ly/tin-tuc/[id]', en: '/en/manage/news/[id]' },
  bulletinReader: { vi: '/ban-tin/nhan-tin', en: '/en/bulletin/subscription' },
  managePolicies: { vi: '/quan-ly/van-ban', en: '/en/manage/policies' },
  manageBulletins: { vi: '/quan-ly/ban-tin', en: '/en/manage/bulletin' },
  manageBulletin: { vi: '/quan-ly/ban-tin/[month]', en: '/en/manage/bulletin/[month]' },
  setUpAdministrator: { vi: '/quan-ly/khoi-tao', en: '/en/manage/set-up' },
} as const satisfies Record<string, Record<Language, string>>;

/** Addresses of public pages of which there are many. */
export const itemRoutes = {
  event: { vi: '/su-kien/[slug]', en: '/en/events/[slug]' },
  article: { vi: '/tin-tuc/[slug]', en: '/en/news/[slug]' },
  bulletin: { vi: '/ban-tin/[month]', en: '/en/bulletin/[month]' },
} as const satisfies Record<string, Record<Language, string>>;

export const pageRoutes = { ...publicRoutes, ...accountRoutes, ...itemRoutes };

export type PageName = keyof typeof pageRoutes;

/** The language of an address. */
export const languageOf = (pathname: string): Language =>
  pathname === '/en' || pathname.startsWith('/en/') ? 'en' : 'vi';

/** The address of one thing's page: `addressOf('review', 'en', 7)`, `addressOf('event', 'vi', 'ngay-hoi-khoi-nghiep')`. */
export const addressOf = (page: PageName, language: Language, key: number | string): string =>
  pageRoutes[page][language].replace(/\[\w+\]/, String(key));
