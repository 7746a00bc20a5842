import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { hashPassword } from '../../src/accounts/password.ts';
import { type Access, type Audience, access, actions, audienceOf, routes } from '../../src/accounts/policy.ts';
import { createSessions, type SignedIn } from '../../src/accounts/sessions.ts';
import { pageRoutes } from '../../src/i18n/routes.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

const pages = readdirSync('src/pages', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:astro|ts)$/.test(name))
  .map((name) => `/${name}`.replace(/\.(?:astro|ts)$/, '').replace(/\/index$/, '') || '/');

test('every page and endpoint has its entry, and every entry its page', () => {
  expect(Object.keys(routes).sort()).toEqual(pages.sort());
  for (const { vi, en } of Object.values(pageRoutes)) expect(audienceOf(en), en).toBe(audienceOf(vi));
});

test('every action has its entry', () => {
  const source = ['index', 'moderation', 'connections']
    .map((name) => readFileSync(`src/actions/${name}.ts`, 'utf8'))
    .join('\n');
  const declared = [...source.matchAll(/^ {2}(\w+): action\(\s*'(\w+)'/gm)];
  for (const [, name, policyName] of declared) expect(policyName).toBe(name);
  expect(declared.map(([, name]) => name).sort()).toEqual(Object.keys(actions).sort());
});

type Kind =
  | 'visitor'
  | 'member'
  | 'moderator'
  | 'administrator'
  | 'memberWithCodePending'
  | 'moderatorWithoutSecondFactor';

const people: Record<Kind, Pick<SignedIn, 'role' | 'hasTwoFactor' | 'twoFactorShown'> | undefined> = {
  visitor: undefined,
  member: { role: 'member', hasTwoFactor: false, twoFactorShown: false },
  moderator: { role: 'moderator', hasTwoFactor: true, twoFactorShown: true },
  administrator: { role: 'administrator', hasTwoFactor: true, twoFactorShown: true },
  memberWithCodePending: { role: 'member', hasTwoFactor: true, twoFactorShown: false },
  moderatorWithoutSecondFactor: { role: 'moderator', hasTwoFactor: false, twoFactorShown: false },
};

const expected: Record<Audience, Record<Kind, Access>> = {
  everybody: {
    visitor: 'allowed',
    member: 'allowed',
    moderator: 'allowed',
    administrator: 'allowed',
    memberWithCodePending: 'allowed',
    moderatorWithoutSecondFactor: 'allowed',
  },
  passwordGiven: {
    visitor: 'signIn',
    member: 'allowed',
    moderator: 'allowed',
    administrator: 'allowed',
    memberWithCodePending: 'allowed',
    moderatorWithoutSecondFactor: 'allowed',
  },
  member: {
    visitor: 'signIn',
    member: 'allowed',
    moderator: 'allowed',
    administrator: 'allowed',
    memberWithCodePending: 'secondFactor',
    moderatorWithoutSecondFactor: 'setUpTwoFactor',
  },
  moderator: {
    visitor: 'signIn',
    member: 'forbidden',
    moderator: 'allowed',
    administrator: 'allowed',
    memberWithCodePending: 'secondFactor',
    moderatorWithoutSecondFactor: 'setUpTwoFactor',
  },
  administrator: {
    visitor: 'signIn',
    member: 'forbidden',
    moderator: 'forbidden',
    administrator: 'allowed',
    memberWithCodePending: 'secondFactor',
    moderatorWithoutSecondFactor: 'setUpTwoFactor',
  },
};

test('who belongs to which audience', () => {
  for (const [audience, byKind] of Object.entries(expected)) {
    for (const [kind, wanted] of Object.entries(byKind)) {
      expect(access(people[kind as Kind] as SignedIn | undefined, audience as Audience), `${kind}, ${audience}`).toBe(
        wanted,
      );
    }
  }
});

test('the running server lets each of them exactly where the table says', async () => {
  const sessions = createSessions(db, false);
  const cookies: Partial<Record<Kind, string>> = {};
  for (const [kind, person] of Object.entries(people)) {
    if (!person) continue;
    await db
      .insertInto('user')
      .values({
        id: kind,
        email: `${kind.toLowerCase()}@example.vn`,
        name: kind,
        passwordHash: null,
        role: person.role,
        language: 'vi',
        emailVerifiedAt: '2026-01-01',
        totpSecret: person.hasTwoFactor ? 'JBSWY3DPEHPK3PXP' : null,
        totpConfirmedAt: person.hasTwoFactor ? '2026-01-01' : null,
        createdAt: '2026-01-01',
      })
      .execute();
    cookies[kind as Kind] = (await sessions.begin(kind, 'test')).split(';')[0];
    if (person.twoFactorShown)
      await db.updateTable('session').set({ twoFactor: 1 }).where('userId', '=', kind).execute();
  }
  const record = await db
    .selectFrom('record')
    .select('slug')
    .where('kind', '=', 'offer')
    .limit(1)
    .executeTakeFirstOrThrow();
  const example: Record<string, string> = {
    '/[list]': '/cong-nghe',
    '/[list]/[slug]': `/cong-nghe/${record.slug}`,
    '/api/v1/[kind]': '/api/v1/experts',
    '/api/v1/[kind]/[slug]': `/api/v1/technology-offers/${record.slug}`,
    '/sitemap-[part].xml': '/sitemap-pages.xml',
    '/[...path]': '/khong-co',
  };
  const outcome = async (path: string, cookie = ''): Promise<Access> => {
    const response = await server.get(path, { headers: { cookie } });
    const location = response.headers.get('location') ?? '';
    if (location.startsWith('/dang-nhap?next')) return 'signIn';
    if (location.startsWith('/xac-thuc?next')) return 'secondFactor';
    if (location === '/tai-khoan/hai-lop') return 'setUpTwoFactor';
    return response.status === 403 && path !== '/khong-duoc-phep' && path !== '/loi-bieu-mau' ? 'forbidden' : 'allowed';
  };
  for (const [pattern, audience] of Object.entries(routes)) {
    for (const kind of Object.keys(people) as Kind[]) {
      // Signing out would end the session that the next routes need.
      if (pattern === '/dang-xuat') continue;
      expect(await outcome(example[pattern] ?? pattern, cookies[kind]), `${kind} at ${pattern}`).toBe(
        expected[audience][kind],
      );
    }
  }
}, 60_000);

test('an action refuses by itself, whichever page its form is sent to', async () => {
  const sessions = createSessions(db, false);
  const passwordHash = await hashPassword('bốn con chim sẻ');
  await db
    .updateTable('user')
    .set({ passwordHash })
    .where('id', 'in', ['memberWithCodePending', 'moderatorWithoutSecondFactor'])
    .execute();
  const post = (action: string, cookie: string, fields: Record<string, string>) =>
    server.get(`/dang-ky?_action=${action}`, {
      method: 'POST',
      headers: { cookie, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  const before = await db.selectFrom('user').selectAll().execute();
  const forMembers = (Object.keys(actions) as (keyof typeof actions)[]).filter((name) => actions[name] === 'member');
  expect(forMembers.length).toBeGreaterThan(3);
  for (const kind of ['visitor', 'memberWithCodePending', 'moderatorWithoutSecondFactor'] as const) {
    const cookie = kind === 'visitor' ? '' : (await sessions.begin(kind, 'test')).split(';')[0];
    for (const name of forMembers) {
      await post(name, cookie, {
        current: 'bốn con chim sẻ',
        password: 'năm con cá vàng',
        email: 'x@example.vn',
        session: 'x',
      });
    }
  }
  expect(await db.selectFrom('user').selectAll().execute()).toEqual(before);
  expect(await db.selectFrom('one_time_token').selectAll().where('purpose', '=', 'change_email').execute()).toEqual([]);
});

test('actions are reached by forms only', async () => {
  const response = await server.get('/_actions/register', {
    method: 'POST',
    headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'x=1',
  });
  expect(response.status).toBe(403);
});
