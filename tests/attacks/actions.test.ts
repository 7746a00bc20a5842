import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { issueAdministratorToken } from '../../src/accounts/administrator.ts';
import { hashPassword } from '../../src/accounts/password.ts';
import { type ActionName, actions } from '../../src/accounts/policy.ts';
import { digest, newSecret } from '../../src/accounts/secrets.ts';
import { recordPath } from '../../src/catalogue/address.ts';
import { changedTables, contentOf } from '../support/content.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signIn } from '../support/member.ts';
import { goodForm, submit } from '../support/moderation.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

/**
 * Every action, with a form that is right in every way: sent by a stranger, by another site's page and by nobody in
 * particular, it changes nothing that is stored; then it is sent by whom it is for, and must change something (else
 * the form would be wrong and the rest would prove nothing).
 */

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;

const people = { owner: 'member', partner: 'member', asker: 'member', stranger: 'member', guest: 'member' } as const;
const staff = { reviewer: 'moderator', chief: 'administrator' } as const;
type Who = keyof typeof people | keyof typeof staff | 'nobody';
const cookies: Record<string, string> = {};
const password = 'bốn con chim sẻ';

let offer: { id: number; path: string };
let submitted: number[];
let picture: File;
let firstAdministrator: string;

beforeAll(async () => {
  mailbox = await startMailbox();
  // Before the server makes one of its own.
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
  firstAdministrator = await issueAdministratorToken(db, null);
  for (const [id, role] of Object.entries({ ...people, ...staff })) cookies[id] = await signIn(db, id, role);
  await db
    .updateTable('user')
    .set({ passwordHash: await hashPassword(password) })
    .execute();
  const record = await db
    .selectFrom('record')
    .select(['id', 'kind', 'slug'])
    .where('kind', '=', 'offer')
    .where('status', '=', 'published')
    .limit(1)
    .executeTakeFirstOrThrow();
  offer = { id: record.id, path: recordPath(record, 'vi') };
  await db.insertInto('record_member').values({ recordId: offer.id, userId: 'owner' }).execute();
  submitted = [];
  for (const title of ['Lò sấy một', 'Lò sấy hai', 'Lò sấy ba']) {
    submitted.push(await submit(db, 'owner', 'enterprise', goodForm(title)));
  }
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#264' } })
    .jpeg()
    .toBuffer();
  picture = new File([new Uint8Array(bytes)], 'anh.jpg', { type: 'image/jpeg' });
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

type Fields = Record<string, string | number | File>;

async function post(who: Who, name: ActionName, fields: Fields, origin: string | null = publicUrl): Promise<number> {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.set(field, value instanceof File ? value : String(value));
  const headers: Record<string, string> = { cookie: cookies[who] ?? '' };
  if (origin !== null) headers.origin = origin;
  const response = await server.get(`/tai-khoan?_action=${name}`, { method: 'POST', headers, body });
  // Of actions for everybody the visitor's page does the same.
  if (who !== 'nobody') return response.status;
  return (await server.get(`/dang-ky?_action=${name}`, { method: 'POST', headers, body })).status;
}

const last = async <
  T extends
    | 'record'
    | 'connection'
    | 'manage_request'
    | 'invitation'
    | 'member_report'
    | 'review_text'
    | 'saved_search',
>(
  table: T,
): Promise<number> =>
  (
    await db
      .selectFrom(table as 'record')
      .select((eb) => eb.fn.max('id').as('id'))
      .executeTakeFirstOrThrow()
  ).id as number;
const draft = async () => {
  const id = await last('record');
  const { version } = await db
    .selectFrom('revision')
    .select('version')
    .where('recordId', '=', id)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  return { record: id, version };
};
const revisionOf = async (recordId: number) => {
  const { id, version } = await db
    .selectFrom('revision')
    .select(['id', 'version'])
    .where('recordId', '=', recordId)
    .where('state', '=', 'submitted')
    .executeTakeFirstOrThrow();
  return { id, version };
};
const tokenFor = async (who: string): Promise<string> => {
  const mail = await mailbox.next(`${who}@example.vn`);
  return mailbox.linkIn(mail).split(/token=|ma=/)[1];
};
/** Tokens stand in mails that can be read once; a case asks for its own several times. */
const tokens = new Map<string, string>();
async function once(name: string, read: () => Promise<string>): Promise<string> {
  const token = tokens.get(name) ?? (await read());
  tokens.set(name, token);
  return token;
}
const ask = { purpose: 'acquire', message: 'Chúng tôi sấy 5 tấn vải mỗi ngày và cần lò tiết kiệm điện hơn.' };
const connection = async () => ({ connection: await last('connection') });

interface Case {
  action: ActionName;
  who: Who;
  fields: () => Fields | Promise<Fields>;
  /** What somebody else sends; undefined: the same. `own`: it names nothing of anybody, so a stranger may. */
  foreign?: 'own' | (() => Fields | Promise<Fields>);
}

/** In an order in which each still finds what it needs. */
const cases: Case[] = [
  {
    action: 'register',
    who: 'nobody',
    fields: () => ({ name: 'Người Mới', email: 'moi@example.vn', password, terms: 'on' }),
    foreign: 'own',
  },
  {
    action: 'verifyEmail',
    who: 'nobody',
    fields: async () => ({ token: await once('verifyToken', () => tokenFor('moi')) }),
    foreign: () => ({ token: 'x'.repeat(40) }),
  },
  { action: 'signIn', who: 'nobody', fields: () => ({ email: 'moi@example.vn', password }), foreign: 'own' },
  { action: 'requestReset', who: 'nobody', fields: () => ({ email: 'moi@example.vn' }), foreign: 'own' },
  {
    action: 'resetPassword',
    who: 'nobody',
    fields: async () => ({ token: await once('resetToken', () => tokenFor('moi')), password: 'sáu quả trứng gà' }),
    foreign: () => ({ token: 'x'.repeat(40), password }),
  },
  {
    action: 'setUpAdministrator',
    who: 'nobody',
    fields: () => ({ token: firstAdministrator, name: 'Quản Trị', email: 'quan-tri@example.vn', password }),
    foreign: () => ({ token: 'x'.repeat(40), name: 'Kẻ Lạ', email: 'la@example.vn', password }),
  },
  {
    action: 'startRecord',
    who: 'owner',
    fields: () => ({ kind: 'offer', title: 'Máy tách hạt nhãn' }),
    foreign: 'own',
  },
  {
    action: 'saveStep',
    who: 'owner',
    fields: async () => ({
      ...(await draft()),
      step: 0,
      title: 'Máy tách hạt nhãn',
      summary: String(goodForm('').summary),
      fields: '211',
      areas: 'Xã Thanh Hà',
    }),
  },
  {
    action: 'addPicture',
    who: 'owner',
    fields: async () => ({ ...(await draft()), slot: 'photo', photoFile: picture, photoAlt: 'Máy nhìn từ bên phải' }),
  },
  {
    action: 'changePictures',
    who: 'owner',
    fields: async () => ({ ...(await draft()), change: `remove-${await pictureHash()}` }),
  },
  { action: 'moveRecord', who: 'owner', fields: async () => ({ record: submitted[0], move: 'takeBack' }) },
  { action: 'inviteManager', who: 'owner', fields: () => ({ record: offer.id, email: 'guest@example.vn' }) },
  {
    action: 'acceptInvitation',
    who: 'guest',
    fields: async () => ({ token: await once('invitationToken', () => tokenFor('guest')) }),
  },
  { action: 'removeManager', who: 'owner', fields: () => ({ record: offer.id, user: 'guest' }) },
  {
    action: 'takeBackInvitation',
    who: 'owner',
    fields: async () => {
      if (!invitedAgain) await post('owner', 'inviteManager', { record: offer.id, email: 'khach-khac@example.vn' });
      invitedAgain = true;
      return { record: offer.id, invitation: await last('invitation') };
    },
  },
  {
    action: 'askToManage',
    who: 'asker',
    fields: () => ({ record: offer.id, message: 'Tôi phụ trách công nghệ này ở viện.' }),
    foreign: async () => ({ record: (await draft()).record, message: 'Tôi phụ trách công nghệ này ở viện.' }),
  },
  {
    action: 'decideRequest',
    who: 'owner',
    fields: async () => ({ request: await last('manage_request'), decision: 'grant' }),
  },
  {
    action: 'startConnection',
    who: 'partner',
    fields: () => ({ ...ask, record: offer.path }),
    foreign: async () => ({ ...ask, record: `/cong-nghe/${await draftSlug()}` }),
  },
  {
    action: 'respond',
    who: 'owner',
    fields: async () => ({ ...(await connection()), decision: 'ask', question: 'Công suất lò bao nhiêu tấn mỗi mẻ?' }),
  },
  {
    action: 'answerConnection',
    who: 'owner',
    fields: async () => ({ token: await once('answerToken', answerLink), decision: 'accept' }),
  },
  {
    action: 'writeMessage',
    who: 'partner',
    fields: async () => ({ ...(await connection()), text: 'Năm tấn mỗi mẻ.' }),
  },
  {
    action: 'sendFile',
    who: 'partner',
    fields: async () => ({ ...(await connection()), file: picture }),
  },
  {
    action: 'planStep',
    who: 'owner',
    fields: async () => ({ ...(await connection()), nextStep: 'Khảo sát xưởng', nextStepOn: '2027-01-15' }),
  },
  { action: 'askDepartment', who: 'partner', fields: connection },
  { action: 'block', who: 'partner', fields: async () => ({ ...(await connection()), change: 'block' }) },
  {
    action: 'report',
    who: 'owner',
    fields: async () => ({ ...(await connection()), what: 'Đòi chuyển tiền đặt cọc trước khi gặp.' }),
  },
  {
    action: 'reportOutcome',
    who: 'partner',
    fields: async () => ({ ...(await connection()), outcome: 'close', reason: 'Không hợp công suất.' }),
  },
  {
    action: 'closeReport',
    who: 'reviewer',
    fields: async () => ({ report: await last('member_report'), note: 'Đã gọi cả hai bên.' }),
  },
  {
    action: 'stopConnecting',
    who: 'reviewer',
    fields: async () => ({ report: await last('member_report'), change: 'stop' }),
  },
  {
    action: 'proposeConnection',
    who: 'reviewer',
    fields: async () => ({ ...ask, asker: offer.path, asked: await otherNeed() }),
  },
  { action: 'withdrawConnection', who: 'reviewer', fields: connection },
  { action: 'claim', who: 'reviewer', fields: async () => ({ revision: (await revisionOf(submitted[1])).id }) },
  { action: 'nextSubmission', who: 'chief', fields: async () => ({ revision: (await revisionOf(submitted[1])).id }) },
  {
    action: 'sendBack',
    who: 'reviewer',
    fields: async () => ({
      record: submitted[1],
      version: (await revisionOf(submitted[1])).version,
      decision: 'return',
      'reason.title': 'Tên chưa rõ.',
      note: 'Xin bổ sung.',
    }),
  },
  {
    action: 'approve',
    who: 'reviewer',
    fields: async () => ({ record: submitted[2], version: (await revisionOf(submitted[2])).version }),
  },
  {
    action: 'approveMany',
    who: 'reviewer',
    fields: async () => {
      const again = submitted[3] ?? (await submit(db, 'owner', 'enterprise', goodForm('Lò sấy bốn')));
      submitted[3] = again;
      return { chosen: `${again}.${(await revisionOf(again)).version}` };
    },
  },
  {
    action: 'saveReviewText',
    who: 'reviewer',
    fields: () => ({ id: '', text: 'Xin gửi kèm giấy chứng nhận.', kind: '', attribute: '' }),
  },
  {
    action: 'archiveReviewText',
    who: 'reviewer',
    fields: async () => ({ id: await last('review_text'), change: 'archive' }),
  },
  {
    action: 'suspendOrRestore',
    who: 'reviewer',
    fields: () => ({ record: offer.id, change: 'suspend', reason: 'Có khiếu nại.' }),
  },
  { action: 'changeRole', who: 'chief', fields: () => ({ email: 'guest@example.vn', role: 'moderator' }) },
  {
    action: 'stateProblem',
    who: 'nobody',
    fields: () => ({ guide: 'need', text: 'Vải thu về hai ngày đã nâu vỏ, bán không kịp.', go: 'next' }),
    foreign: 'own',
  },
  {
    action: 'startGuided',
    who: 'owner',
    fields: () => ({
      guide: 'need',
      text: 'Vải thu về hai ngày đã nâu vỏ, bán không kịp.',
      title: 'Giữ vải tươi hơn hai ngày',
      fields: '211',
      areas: 'Xã Thanh Hà',
    }),
    foreign: 'own',
  },
  {
    action: 'saveSearch',
    who: 'owner',
    fields: () => ({ tim: '/cong-nghe?field=211', frequency: 'daily' }),
    foreign: 'own',
  },
  {
    action: 'changeAlert',
    who: 'owner',
    fields: async () => ({ search: await last('saved_search'), frequency: 'weekly', change: 'save' }),
  },
  { action: 'changeMatches', who: 'owner', fields: () => ({ frequency: 'paused' }), foreign: 'own' },
  {
    action: 'changeDigests',
    who: 'nobody',
    fields: async () => ({ token: await once('digestToken', digestToken), change: 'stop' }),
    foreign: () => ({ token: 'x'.repeat(40), change: 'stop' }),
  },
  { action: 'resumeDigests', who: 'owner', fields: () => ({}), foreign: 'own' },
  {
    action: 'changePassword',
    who: 'partner',
    fields: () => ({ current: password, password: 'năm con cá vàng' }),
    foreign: 'own',
  },
  {
    action: 'changeEmail',
    who: 'owner',
    fields: () => ({ current: password, email: 'chu-moi@example.vn' }),
    foreign: 'own',
  },
  {
    action: 'endSession',
    who: 'owner',
    fields: async () => {
      const other = await db.selectFrom('session').select('id').where('userId', '=', 'owner').executeTakeFirstOrThrow();
      return { session: other.id };
    },
  },
  { action: 'deleteAccount', who: 'asker', fields: () => ({ current: password }), foreign: 'own' },
];

let invitedAgain = false;

const draftSlug = async () =>
  (
    await db
      .selectFrom('record')
      .select('slug')
      .where('id', '=', (await draft()).record)
      .executeTakeFirstOrThrow()
  ).slug;
const otherNeed = async () => {
  const need = await db
    .selectFrom('record')
    .select(['kind', 'slug'])
    .where('kind', '=', 'need')
    .where('status', '=', 'published')
    .limit(1)
    .executeTakeFirstOrThrow();
  return recordPath(need, 'vi');
};
/** The newest answer link that the owner of the offer was sent. */
async function answerLink(): Promise<string> {
  for (;;) {
    const mail = await mailbox.next('owner@example.vn');
    const link = mail.text?.match(/tra-loi\?[^=]+=(\S+)/)?.[1];
    if (link) return link;
  }
}
/** Where a digest's link leads, for the owner. */
async function digestToken(): Promise<string> {
  const secret = newSecret();
  const createdAt = '2026-01-01';
  await db
    .insertInto('digest_link')
    .values({ hash: digest(secret), userId: 'owner', createdAt })
    .execute();
  return secret;
}
const pictureHash = async () =>
  (await db.selectFrom('picture').select('hash').orderBy('createdAt', 'desc').executeTakeFirstOrThrow()).hash;

test('every action is here, or needs nothing that anybody could send for another', () => {
  // The second factor's forms name nobody: they are about the session that sends them (tests/integration/accounts).
  const aboutTheSession: ActionName[] = ['showTwoFactor', 'confirmTwoFactor'];
  // Its link is made and used in tests/integration/lifecycle.
  const elsewhere: ActionName[] = ['renewByLink'];
  expect([...cases.map(({ action }) => action), ...aboutTheSession, ...elsewhere].sort()).toEqual(
    Object.keys(actions).sort(),
  );
});

test.each(cases)('$action', async ({ action, who, fields, foreign }) => {
  sqlite.exec('delete from rate_limit');
  const right = await fields();
  const before = contentOf(sqlite);
  const changed = () => changedTables(before, contentOf(sqlite));
  if (foreign !== 'own') {
    const wrong = foreign ? await foreign() : right;
    await post('stranger', action, wrong);
    expect(changed(), 'by a stranger').toEqual([]);
    if (actions[action] !== 'everybody') await post('nobody', action, wrong);
    expect(changed(), 'by a visitor').toEqual([]);
  }
  for (const origin of ['https://evil.example', 'null', `${publicUrl}.evil.example`, null]) {
    await post(who, action, right, origin);
    expect(changed(), `by a page of ${origin}`).toEqual([]);
  }
  await post(who, action, right);
  expect(changed()).not.toEqual([]);
});
