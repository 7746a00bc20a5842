import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueAdministratorToken } from '../../src/accounts/administrator.ts';
import type { ActionName } from '../../src/accounts/policy.ts';
import { digest } from '../../src/accounts/secrets.ts';
import { changedTables, contentOf } from '../support/content.ts';
import { connecting } from './actions/connections.ts';
import { digestToken, event, reader, visitor } from './actions/news.ts';
import { renewalToken } from './actions/records.ts';
import { type Fields, noLink, password, type Who, World } from './actions/world.ts';

/**
 * Every kind of link that is sent: nothing at the page and action of another kind, nothing when its time is over, what
 * it is for when it is used, and, where it is for one use, nothing the second time. Who else may use it, what a new
 * link does to an old one, and what takes a link back stand with the things themselves, in tests/integration.
 */

const world = new World();
const { db, sqlite } = world;

interface Kind {
  /** Causes a link to be made, and takes it from where it arrives. */
  make(): Promise<string>;
  page: string;
  /** None: the page itself gives what the link is for. */
  action?: ActionName;
  /** Who must be signed in to use it. */
  who?: Who;
  more?: Fields;
  /** For one use. */
  once: boolean;
  /** Where its end is kept; none: it lives as long as what it is about. */
  end?: { table: string; column: string };
}

const oneTime = { once: true, end: { table: 'one_time_token', column: 'expiresAt' } };

const kinds: Record<string, Kind> = {
  'verify an address': {
    async make() {
      await world.post('nobody', 'register', { name: 'Người Mới', email: 'moi@example.vn', password, terms: 'on' });
      return world.tokenFor('moi');
    },
    page: '/xac-minh-email',
    action: 'verifyEmail',
    ...oneTime,
  },
  'change an address': {
    async make() {
      await world.post('owner', 'changeEmail', { current: password, email: 'chu-moi@example.vn' });
      return world.tokenFor('chu-moi');
    },
    page: '/xac-minh-email',
    action: 'verifyEmail',
    ...oneTime,
  },
  'reset a password': {
    async make() {
      await world.post('nobody', 'requestReset', { email: 'asker@example.vn' });
      return world.tokenFor('asker');
    },
    page: '/quen-mat-khau',
    action: 'resetPassword',
    more: { password: 'sáu quả trứng gà' },
    ...oneTime,
  },
  'make an administrator': {
    make: () => issueAdministratorToken(db, null),
    page: '/quan-ly/khoi-tao',
    action: 'setUpAdministrator',
    more: { name: 'Quản Trị', email: 'quan-tri@example.vn', password },
    ...oneTime,
  },
  'manage a record': {
    async make() {
      await world.post('owner', 'inviteManager', { record: world.offer.id, email: 'guest@example.vn' });
      return world.tokenFor('guest');
    },
    page: '/loi-moi',
    action: 'acceptInvitation',
    who: 'guest',
    once: true,
    end: { table: 'invitation', column: 'expiresAt' },
  },
  'answer a connection': {
    async make() {
      const start = connecting(world).find(({ action }) => action === 'startConnection');
      await world.post('partner', 'startConnection', (await start?.fields()) ?? {});
      return world.tokenFor('owner', 'tra-loi');
    },
    page: '/ket-noi/tra-loi',
    action: 'answerConnection',
    more: { decision: 'accept' },
    once: true,
  },
  'renew a listing': {
    make: () => renewalToken(world),
    page: '/gia-han',
    action: 'renewByLink',
    once: true,
    end: { table: 'renewal_link', column: 'worksUntil' },
  },
  'end digests': {
    make: () => digestToken(world),
    page: '/ngung-nhan-thu',
    action: 'changeDigests',
    more: { change: 'stop' },
    once: false,
  },
  'give up a seat': {
    async make() {
      await world.post('reviewer', 'addEvent', event);
      await world.post('reviewer', 'moveEvent', { event: await world.last('event'), move: 'publish' });
      await world.post('nobody', 'registerForEvent', await visitor(world, 'den@example.vn')());
      return world.tokenFor('den');
    },
    page: '/dang-ky-su-kien',
    action: 'cancelRegistration',
    once: true,
  },
  'confirm the bulletin': {
    async make() {
      await world.post('nobody', 'subscribe', reader);
      return world.tokenFor('doc');
    },
    page: '/ban-tin/nhan-tin',
    action: 'confirmReader',
    once: false,
  },
  'end the bulletin': {
    async make() {
      await world.post('nobody', 'subscribe', { ...reader, email: 'thoi@example.vn' });
      return world.tokenFor('thoi');
    },
    page: '/ban-tin/nhan-tin',
    action: 'endSubscription',
    once: true,
  },
  'confirm a request for data': {
    async make() {
      await world.post('nobody', 'askForData', { kind: 'export', name: 'Người Hỏi', email: 'hoi@example.vn' });
      return world.tokenFor('hoi');
    },
    page: '/rieng-tu/yeu-cau',
    action: 'confirmDataRequest',
    once: true,
    end: { table: 'personal_data_request', column: 'worksUntil' },
  },
  'read one’s data': {
    async make() {
      await world.post('leaver', 'askForOwnData', { kind: 'export', message: '' });
      const request = await world.last('personal_data_request');
      await world.post('reviewer', 'sendDataExport', { request, identity: 'on' });
      return world.tokenFor('leaver', 'du-lieu.json');
    },
    page: '/rieng-tu/du-lieu.json',
    once: false,
    end: { table: 'personal_data_request', column: 'worksUntil' },
  },
};
const links: Record<string, string> = {};

beforeAll(async () => {
  await world.start();
  for (const [name, { make }] of Object.entries(kinds)) {
    sqlite.exec('delete from rate_limit');
    links[name] = await make();
  }
  await world.quiet();
});
afterAll(() => world.stop());

/** Uses a link: the tables that change, and what a page without an action gives. */
async function use({ page, action, who = 'nobody', more }: Kind, token: string): Promise<string[]> {
  sqlite.exec('delete from rate_limit');
  if (!action) {
    const response = await world.server.get(`${page}?token=${token}`);
    return response.status === 200 ? [page] : [];
  }
  const before = contentOf(sqlite);
  await world.post(who, action, { ...more, token });
  return changedTables(before, contentOf(sqlite));
}

/** A page as it looks with a link, without the link. */
const shown = async (page: string, token: string) => {
  const response = await world.server.get(`${page}?token=${token}`);
  return [response.status, (await response.text()).replaceAll(token, '')];
};

const listed = Object.entries(kinds);

describe.each(listed)('a link to %s', (name, kind) => {
  test('is nothing to the pages and actions of the others', async () => {
    for (const [otherName, other] of listed) {
      if (other.page === kind.page) continue;
      expect(await use(other, links[name]), otherName).toEqual([]);
      expect(await shown(other.page, links[name]), otherName).toEqual(await shown(other.page, noLink));
    }
  });
});

// After all of them were tried everywhere.
test.each(listed)('to %s: in its time, and as often as it may', async (name, kind) => {
  const token = links[name];
  if (kind.end) {
    const { table, column } = kind.end;
    const end = sqlite.prepare(`select ${column} from ${table} where hash = ?`).pluck().get(digest(token));
    const set = sqlite.prepare(`update ${table} set ${column} = ? where hash = ?`);
    set.run(typeof end === 'number' ? Date.now() - 1 : '2026-01-01', digest(token));
    expect(await use(kind, token), 'too late').toEqual([]);
    set.run(end, digest(token));
  }
  expect(await use(kind, token), 'in time').not.toEqual([]);
  if (kind.once) expect(await use(kind, token), 'again').toEqual([]);
});
