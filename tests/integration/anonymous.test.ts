import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { fold, slugify } from '../../search/text.ts';
import { routes } from '../../src/accounts/policy.ts';
import { recordPath } from '../../src/catalogue/address.ts';
import { allKinds, kinds } from '../../src/catalogue/kinds/index.ts';
import { pageRoutes } from '../../src/i18n/routes.ts';
import { type Mailbox, startMailbox } from '../support/mailbox.ts';
import { signedIn } from '../support/member.ts';
import { goodForm, submit } from '../support/moderation.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, publicUrl, startServer, type TestServer } from '../support/server.ts';

/** What only the Department may know of the need, in words that stand nowhere else. */
const hidden = {
  requester: 'Doanh nghiệp thử Quỵnhxơ Hạ Vĩ',
  requesterEnglish: 'Kwintzo Havee test works',
  contact: 'Zênôbixa Kwyxọq',
  phone: '0977 123 987',
  email: 'zenobixa@quynhxo.example',
  website: 'https://quynhxo.example/lien-he',
  commune: 'Xã Wưxămtị',
  formerDistrict: 'Huyện Vaqôdụ',
  communeCode: '31-wuxamti',
  source: 'Phiếu khảo sát Jzilôx số 4',
  account: 'Người chunhan-zq',
  accountEmail: 'chunhan-zq@example.vn',
};
/** What everybody reads of it. */
const title = 'Khử mùi nồi nấu keo dakemơvi';
const problem =
  'Nồi nấu keo dakemơvi bốc mùi khét khắp xóm mỗi tối, quạt hút chỉ đẩy mùi sang nhà bên. Cần cách khử mùi.';
const mark = 'dakemơvi';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
let server: TestServer;
let mailbox: Mailbox;

beforeAll(async () => {
  await db
    .insertInto('area')
    .values({
      code: hidden.communeCode,
      parent: '31',
      type: 'commune',
      vi: hidden.commune,
      en: hidden.commune,
      officialName: hidden.commune,
      validFrom: null,
    })
    .execute();
  await db
    .insertInto('area_former_name')
    .values({ areaCode: hidden.communeCode, name: hidden.formerDistrict, validUntil: '2025-07-01', sourceText: 'thử' })
    .execute();
  mailbox = await startMailbox();
  server = await startServer(folder.dataDir, { SMTP_URL: mailbox.url });
});

afterAll(async () => {
  await server.stop();
  await mailbox.close();
  await db.destroy();
  folder.remove();
});

/** Without marks and capitals, and phone numbers without spaces. */
const bare = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/(?<=\d)[ .](?=\d)/g, '');
/** How each hidden word may stand in a bare text: as it is, and in an address. */
const spellings = Object.entries(hidden).map(([name, word]): [string, string[]] => [
  name,
  [...new Set([bare(word), slugify(word), bare(encodeURIComponent(word))])],
]);

/** How often each hidden word stands in a text, however it is spelled. */
function countsOf(text: string): Record<string, number> {
  const searched = bare(text);
  const times = (word: string) => searched.split(word).length - 1;
  return Object.fromEntries(spellings.map(([name, words]) => [name, Math.max(...words.map(times))]));
}

/** The words that there are more of than before. */
const more = (counts: Record<string, number>, before: Record<string, number> = {}): string[] =>
  Object.keys(counts).filter((name) => counts[name] > (before[name] ?? 0));

/** The hidden words in a text. */
const leaks = (text: string): string[] => more(countsOf(text));

/** The address of a public record. */
const slugOf = async (id: number) =>
  (await db.selectFrom('record').select('slug').where('id', '=', id).executeTakeFirstOrThrow()).slug;

/** Waits until the index has what the database has. */
async function indexed(): Promise<void> {
  const lag = sqlite.prepare('select (select max(seq) from outbox) > (select min(seq) from search_consumer)').pluck();
  while (lag.get() === 1) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Every address that everybody may open: the policy's, in both languages, and all that sitemaps and the API lead to. */
async function publicSurfaces(): Promise<Map<string, { text: string; counts: Record<string, number> }>> {
  const api = allKinds.map((kind) => `/api/v1/${kind.api}`);
  const lists = allKinds.flatMap((kind) => [`/${kind.route.vi}`, `/en/${kind.route.en}`]);
  const english = Object.fromEntries(Object.values(pageRoutes).map(({ vi, en }) => [vi, en]));
  const examples: Record<string, string[]> = {
    '/[list]': lists.flatMap((list) => [list, `${list}?area=31`, `${list}?page=2`]),
    // The sitemap's.
    '/[list]/[slug]': [],
    '/sitemap-[part].xml': [],
    '/[...path]': ['/khong-co'],
    '/api/v1/[kind]': api.flatMap((path) => [`${path}?perPage=100`, `${path}?q=${encodeURIComponent(mark)}`]),
    '/api/v1/[kind]/[slug]': [],
    '/api/v1/search': ['', `?q=${encodeURIComponent(mark)}`, '?kind=need&area=31&perPage=100'].map(
      (query) => `/api/v1/search${query}`,
    ),
    '/api/v1/suggest': [`/api/v1/suggest?q=${encodeURIComponent(mark)}`, '/api/v1/suggest?q=khu%20mui&kind=need'],
    '/tim-kiem': ['/tim-kiem', `/tim-kiem?q=${encodeURIComponent(mark)}`, '/en/search?kind=need&area=31'],
    // Pictures; this need has none.
    '/anh/[hash]-[size].webp': [],
  };
  const paths = new Set<string>();
  for (const [pattern, audience] of Object.entries(routes)) {
    if (audience !== 'everybody') continue;
    for (const path of examples[pattern] ?? [pattern, ...(english[pattern] ? [english[pattern]] : [])]) paths.add(path);
  }
  const locations = (xml: string) =>
    [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url.replace(publicUrl, ''));
  for (const sitemap of locations(await server.text('/sitemap-index.xml'))) {
    paths.add(sitemap);
    for (const path of locations(await server.text(sitemap))) paths.add(path);
  }
  for (const record of await db
    .selectFrom('record')
    .select(['kind', 'slug'])
    .where('status', '=', 'published')
    .execute()) {
    paths.add(`/api/v1/${kinds[record.kind as 'need'].api}/${record.slug}`);
  }
  const texts: Awaited<ReturnType<typeof publicSurfaces>> = new Map();
  const waiting = [...paths];
  const fetchAll = async () => {
    for (let path = waiting.pop(); path; path = waiting.pop()) {
      // Compression would only cost time here.
      const response = await server.get(path, { headers: { 'accept-encoding': 'identity' } });
      const text = JSON.stringify([...response.headers]) + (await response.text());
      // Counted here, a page at a time: a long pause would let the server close the connections that are kept.
      texts.set(path, { text, counts: countsOf(text) });
    }
  };
  await Promise.all(Array.from({ length: 8 }, fetchAll));
  return texts;
}

/** Makes the requester and the need as people do, until the Department has published both. */
async function publish(owner: Person, moderator: Person): Promise<number> {
  await owner.send('/neu-nhu-cau', 'stateProblem', { text: problem, go: 'next' });
  const draft = await owner.send('/tai-khoan/nhu-cau-moi', 'startGuided', {
    text: problem,
    title,
    fields: '207',
    areas: hidden.commune,
    requester: hidden.requester,
    anonymous: '1',
    requiredResult: 'Không còn mùi ở nhà bên.',
  });
  const form = (draft.headers.get('location') ?? '').split('?')[0];
  const contact = (await owner.text(form)).match(/<a href="([^"]*\?buoc=\d+)"[^>]*>Liên hệ<\/a>/)?.[1] ?? '';
  await owner.send(contact, 'saveStep', {
    contactName: hidden.contact,
    contactEmail: hidden.email,
    contactPhone: hidden.phone,
    contactVisibility: 'public',
    website: hidden.website,
  });
  const id = Number(form.split('/').at(-1));
  // The Department notes where a need came from.
  await db
    .updateTable('record')
    .set({ sourceText: hidden.source, sourceUrl: hidden.website })
    .where('id', '=', id)
    .execute();
  await owner.send(`${form}?buoc=8`, 'moveRecord', {});
  await moderator.send(`/quan-ly/hang-doi/${id}`, 'approve', {});
  await indexed();
  return id;
}

test('an anonymous need tells nobody whose it is and where, until its owner accepts a connection', async () => {
  const owner = await signedIn(db, server, 'chunhan-zq');
  const moderator = await signedIn(db, server, 'canbo', 'moderator');
  const requester = await submit(db, 'chunhan-zq', 'enterprise', {
    ...goodForm(hidden.requester),
    titleEn: hidden.requesterEnglish,
  });
  await moderator.send(`/quan-ly/hang-doi/${requester}`, 'approve', {});
  await indexed();
  const before = await publicSurfaces();
  expect([...before.values()].filter(({ counts }) => counts.requester > 0).length).toBeGreaterThan(5);

  const id = await publish(owner, moderator);
  const path = `/nhu-cau/${await slugOf(id)}`;
  const after = await publicSurfaces();
  // It is there, with all that is meant for everybody.
  const showing = [...after].filter(([, { text }]) => text.includes(title)).map(([one]) => one);
  expect(showing).toEqual(
    expect.arrayContaining([path, '/nhu-cau', '/feed.xml', '/api/v1/technology-needs?perPage=100', '/']),
  );
  // And nothing of what is not, anywhere; the requester's own page does not lead to it.
  const found = [...after].flatMap(([one, { counts }]) => {
    const words = more(counts, before.get(one)?.counts);
    return words.length > 0 ? [`${one}: ${words}`] : [];
  });
  expect(found).toEqual([]);
  expect(after.get(path)?.text).toContain('Doanh nghiệp này chọn ẩn danh');
  expect(after.get(path)?.text).toContain('Hải Phòng');
  const own = recordPath({ kind: 'enterprise', slug: await slugOf(requester) }, 'vi');
  expect(after.get(own)?.text).not.toContain(path);

  // Nobody finds it by what is hidden: by the whole, or by one word of it, in any spelling.
  const words = ['Quỵnhxơ', 'Kwintzo', 'Zênôbixa', 'Wưxămtị', 'Vaqôdụ', 'Jzilôx', '0977123987', 'chunhan'];
  const queries = [...Object.values(hidden).map((word) => `"${word}"`), ...words, ...words.map(fold)];
  for (const q of new Set(queries.map(encodeURIComponent))) {
    for (const address of [
      `/tim-kiem?q=${q}`,
      `/api/v1/search?q=${q}&perPage=100`,
      `/api/v1/technology-needs?q=${q}&perPage=100`,
      `/api/v1/suggest?q=${q}`,
      `/api/v1/suggest?q=${q}&kind=need`,
    ]) {
      expect(await server.text(address), address).not.toContain(path.split('/').at(-1));
    }
  }
  expect(await server.text(`/nhu-cau?area=${hidden.communeCode}`)).not.toContain(path);
  expect(fold(await server.text('/nhu-cau?area=31'))).toContain(fold(title));

  // Another member, on every page that leads to the need.
  const viewer = await signedIn(db, server, 'nguoixem');
  const offer = await submit(db, 'nguoixem', 'offer', {
    ...goodForm(`Than hoạt tính khử mùi ${mark}`),
    summary: 'Tháp hấp phụ khử mùi khét của nồi nấu keo, thay than ba tháng một lần, chạy êm, không cần nước.',
    fields: ['207'],
    advantages: `Khử mùi nồi nấu keo ${mark}`,
  });
  await moderator.send(`/quan-ly/hang-doi/${offer}`, 'approve', {});
  await indexed();
  const offerPath = `/cong-nghe/${await slugOf(offer)}`;
  const seen: [name: string, text: string][] = [];
  const see = async (name: string, text: string | Promise<string>) => {
    const shown = await text;
    expect(fold(shown), `${name} shows the need`).toContain(fold(title));
    seen.push([name, shown]);
  };
  const live = (address: string) =>
    server.get(address, {
      method: 'POST',
      headers: { origin: publicUrl },
      body: new URLSearchParams({ guide: 'offer', text: `Tháp khử mùi khét cho nồi nấu keo ${mark}` }),
    });
  await see('matches of an offer', viewer.text(`/tai-khoan/ho-so/${offer}/ghep-noi`));
  await see('live matches', (await live('/khop-ngay')).text());
  await see('live matches in English', (await live('/en/live-matches')).text());
  await see(
    'an offer that is stated',
    (
      await viewer.send('/gioi-thieu-cong-nghe', 'stateProblem', {
        text: `Tháp khử mùi nồi nấu keo ${mark}`,
        go: 'look',
      })
    ).text(),
  );
  const twin = new URLSearchParams({ kind: 'need', name: 'title', value: title });
  await see('likely duplicates', viewer.text(`/tai-khoan/ho-so/giong-nhau?${twin}`));
  await see('likely duplicates in English', viewer.text(`/en/account/records/duplicates?${twin}`));
  await see(
    'a record of the same name',
    (await viewer.send('/tai-khoan/ho-so', 'startRecord', { kind: 'need', title })).text(),
  );
  await see('asking to manage it', viewer.text(`/tai-khoan/xin-quan-ly/${id}`));
  await see('the form to connect', viewer.text(`/ket-noi?record=${path}`));

  // Asked to be managed, refused; asked for a connection, a question first; asking itself.
  const letter = () => mailbox.next('nguoixem@example.vn');
  const mails: string[] = [];
  const read = async () => {
    const mail = await letter();
    mails.push([mail.subject, mail.text, mail.html, mail.from?.text, mail.replyTo?.text].join('\n'));
    return mail;
  };
  await read(); // The offer was approved.
  await viewer.send(`/tai-khoan/xin-quan-ly/${id}`, 'askToManage', { message: 'Đây là nhu cầu của xưởng tôi.' });
  await owner.send(`/tai-khoan/ho-so/${id}/nguoi-quan-ly`, 'decideRequest', {
    decision: 'refuse',
    reason: 'Không phải.',
  });
  await read();
  const request = await viewer.send(`/ket-noi?record=${path}`, 'startConnection', {
    purpose: 'other',
    message: 'Chúng tôi có tháp khử mùi, xin được trao đổi thêm.',
  });
  const shared = request.headers.get('location') ?? '';
  expect(shared).toMatch(/^\/tai-khoan\/ket-noi\/\d+$/);
  await see('a connection that waits', viewer.text(shared));
  await owner.send(shared, 'respond', { decision: 'ask', question: 'Tháp cao bao nhiêu mét?', formKey: 'a' });
  await read();
  await see('a connection with a question', viewer.text(shared));
  const asking = await owner.send(`/ket-noi?record=${offerPath}`, 'startConnection', {
    purpose: 'acquire',
    message: 'Nồi nấu keo của chúng tôi bốc mùi, mong được tư vấn.',
    askerRecord: String(id),
  });
  expect(asking.status).toBe(302);
  const fromOwner = await read();
  await see('an answer link', server.text(mailbox.linkIn(fromOwner)));
  await see('a request of the need', viewer.text(asking.headers.get('location') ?? ''));
  await see('the list of connections', viewer.text('/tai-khoan/ket-noi'));
  await see('one’s own data', viewer.text('/tai-khoan/du-lieu.json'));
  expect(seen.flatMap(([name, text]) => leaks(text).map((word) => `${name}: ${word}`))).toEqual([]);
  expect(mails.flatMap((text) => leaks(text))).toEqual([]);
  expect(mails.join()).toContain(title);

  // The yes: both sides know each other, the public as little as before.
  await owner.send(shared, 'respond', { decision: 'accept' });
  const revealed = (await viewer.text(shared)) + (await letter()).text;
  for (const word of [hidden.requester, hidden.contact, hidden.phone, hidden.email]) {
    expect(revealed.split(word).length - 1, word).toBeGreaterThanOrEqual(2);
  }
  expect(await owner.text(shared)).toContain('nguoixem@example.vn');
  expect(leaks((await server.text(path)) + (await viewer.text(path)))).toEqual([]);

  // Withdrawn, its address says no more than that it is gone.
  await owner.send(`/tai-khoan/ho-so/${id}`, 'moveRecord', {});
  await indexed();
  for (const address of [
    path,
    `/en/technology-needs/${await slugOf(id)}`,
    `/api/v1/technology-needs/${await slugOf(id)}`,
  ]) {
    const gone = await server.get(address);
    expect(gone.status, address).toBe(410);
    expect(leaks(await gone.text())).toEqual([]);
  }
}, 120_000);
