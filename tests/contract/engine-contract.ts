import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  LikenessQuery,
  SearchDocument,
  SearchEngine,
  SearchIndex,
  SearchQuery,
  SearchResult,
} from '../../search/engine.ts';
import { alphabet, corpus, day, documentOf, lotDocuments } from './corpus.ts';

/** An engine with its index, both its own and empty. */
export interface Subject {
  engine: SearchEngine;
  index: SearchIndex;
  close(): Promise<void>;
}

async function* batchesOf(documents: SearchDocument[], size = 20): AsyncGenerator<SearchDocument[]> {
  for (let i = 0; i < documents.length; i += size) yield documents.slice(i, i + size);
}
const nothingLate = async () => ({ documents: [], deletedIds: [] });

const ask = (subject: Subject, q: string, more: Partial<SearchQuery> = {}): Promise<SearchResult> =>
  subject.engine.search({
    q,
    filters: {},
    sort: 'relevance',
    offset: 0,
    limit: 100,
    facets: [],
    language: 'vi',
    ...more,
  });

const idsOf = (result: SearchResult): number[] => result.hits.map(({ document }) => document.id);
const ascending = (ids: number[]): number[] => ids.toSorted((a, b) => a - b);

/** What is found in each of the ways to write one thing. */
const spellings: [what: string, ids: number[], queries: string[]][] = [
  ['words with and without marks', [1, 5], ['vải thiều', 'vai thieu', 'VẢI THIỀU', 'Vai Thieu', 'thiều vải']],
  ['composed and decomposed letters', [38], ['lúa nếp', 'lúa nếp'.normalize('NFD'), 'lua nep']],
  ['đ and d', [29], ['đèn đường', 'den duong', 'ĐÈN ĐƯỜNG', 'đen dương']],
  ['old and new tone placement', [6, 7], ['điều hoà', 'điều hòa', 'dieu hoa']],
  ['i and y: kĩ, kỹ', [8, 9], ['kĩ thuật', 'kỹ thuật', 'ki thuat', 'ky thuat']],
  ['i and y: lí, lý', [18, 19], ['quản lí', 'quản lý', 'quan ly', 'QUẢN LÍ']],
  ['the beginning of the last word', [39], ['biotech', 'trung tâm bio', 'cấy mô biotech']],
  ['no beginning when the word is finished', [], ['biotech ', 'biotech.', '"biotech"']],
  ['the beginning of the last word with marks', [11], ['nông ngh', 'nhân tạo cho nôn', 'nhan tao cho no']],
  ['one error from five letters', [8, 9], ['kỹ thuaat', 'kỹ thuạtt', 'ky thaut', 'thuaat kỹ', 'thaut ki']],
  ['two errors from nine letters', [39], ['biotecnologi', 'biotehcnologgy']],
  ['no second error in a shorter word', [], ['thuaattt', 'tuaatt']],
  ['no error below five letters', [], ['vaii', 'quyy', 'mmía']],
  ['an acronym and its meaning', [14, 15], ['KH&CN', 'kh&cn', 'khoa học và công nghệ', 'science and technology']],
  [
    'an acronym in another language',
    [16, 17],
    ['CNTT', 'công nghệ thông tin', 'cong nghe thong tin', 'information technology'],
  ],
  ['AI is meant, not ái', [10, 11, 13], ['trí tuệ nhân tạo', 'artificial intelligence', 'TRI TUE NHAN TAO']],
  ['ái is no acronym', [10, 12], ['ái']],
  ['an acronym with another word', [10], ['AI chẩn đoán', 'trí tuệ nhân tạo chẩn đoán', 'chẩn đoán AI']],
  ['an acronym with an error in another word', [17], ['CNTT hợp tác xã', 'hợp tác xã công nghệ thông tin']],
  ['a name with synonyms whose words stand apart', [36], ['đóng gói bao bì', 'dong goi bao bi']],
  [
    'words that stand together',
    [1],
    ['"vải thiều"', '"vai thieu"', '"sấy vải" thiều', 'thiều "sấy vải"', '"vải thiều'],
  ],
  ['words that do not stand together', [], ['"thiều vải"', '"sấy thiều"']],
  ['quoted marks are demanded', [1, 3, 5], ['"vải"']],
  ['without what is excluded', [2, 3], ['vải -thiều', '-thieu vai', 'vai -"vải thiều" -lụa']],
  ['without an excluded phrase', [2, 5], ['vải -"quả vải"', '-"qua vai" vải']],
  ['nothing when all of it is excluded', [], ['vải -vai', 'giống quýt -nhân', 'sấy vải thiều -"vải thiều"']],
  ['excluded marks are not all spellings', [2], ['vai -vải']],
  ['numbers only as they are', [30], ['0800123456', 'TCVN11892', '08001', 'tcvn11892 chứng nhận']],
  ['another number is another record', [], ['0800123457', 'TCVN11893', 'TCVN1189x']],
  ['an English title', [13], ['traffic', 'intelligence traffic']],
  ['a former place name', [32], ['hải dương', 'quan trắc hải dương', 'hai duong']],
  ['nothing', [], ['zzzz', 'zzzz -vải']],
];

const hostile = [
  ...[
    '"',
    '-',
    '""',
    '- -',
    '-"',
    '"-',
    '" "',
    '-"vải',
    '*',
    'vải*',
    '^vải',
    '(((',
    ')',
    '{}',
    '[]',
    '\\',
    '\\"',
    '%',
    '_',
    '&&&',
  ],
  ...[
    'AND OR NOT',
    'vải AND',
    'NEAR(a b)',
    'title:vải',
    'title : vải',
    "'; drop table record; --",
    '<script>',
    'a&',
    '1e999',
  ],
  ...[
    '\0',
    'vải\0',
    '\ud800',
    'a\udc00b',
    '\ufffe',
    '\u202e',
    '😀',
    '👩‍👩‍👧',
    'ﬁ',
    'İ',
    'ß',
    '한국어',
    'ไทย',
    'المغرب',
    '0',
    '1',
    '-1',
  ],
  ...['x'.repeat(10_000), 'sấy '.repeat(2_500), '"'.repeat(9_999), '-'.repeat(10_000), 'zậ̃́͂'.repeat(2_000)],
];

/**
 * What every search engine must do, whatever it is made of: which records are found and counted, and the parts of the
 * order that people rely on.
 * @param open a new engine with an empty index
 */
export function describeEngine(name: string, open: () => Promise<Subject>): void {
  describe(`${name}: searching`, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await open();
      await subject.index.rebuild(batchesOf(corpus), nothingLate);
    });
    afterAll(() => subject?.close());

    test.each(spellings)('finds %s', async (_, ids, queries) => {
      for (const q of queries) {
        const result = await ask(subject, q);
        const { total, relaxed } = result;
        const expected = { q, ids, total: ids.length, relaxed: false };
        expect({ q, ids: ascending(idsOf(result)), total, relaxed }).toEqual(expected);
      }
    });

    test('puts the typed marks first, and finds all spellings', async () => {
      const marked = idsOf(await ask(subject, 'vải'));
      expect(ascending(marked)).toEqual([1, 2, 3, 5]);
      expect(marked.at(-1)).toBe(2);
      expect(ascending(idsOf(await ask(subject, 'vai')))).toEqual([1, 2, 3, 5]);
      expect(idsOf(await ask(subject, 'ái'))).toEqual([12, 10]);
      // A page has the same order as the whole.
      const pages = await Promise.all([0, 1, 2, 3].map((offset) => ask(subject, 'vải', { offset, limit: 1 })));
      expect(pages.flatMap(idsOf)).toEqual(marked);
    });

    test('ranks titles above summaries above bodies', async () => {
      expect(idsOf(await ask(subject, 'quýt'))).toEqual([20, 21, 22]);
    });

    test('breaks ties by date, then by completeness', async () => {
      expect(idsOf(await ask(subject, 'mẫu đối chứng'))).toEqual([41, 40]);
      expect(idsOf(await ask(subject, 'mẫu song sinh'))).toEqual([43, 42]);
    });

    test('offers the nearest records when none has all the words', async () => {
      const result = await ask(subject, 'sấy nhiệt qwxzk');
      expect(result.relaxed).toBe(true);
      expect(idsOf(result)[0]).toBe(1);
      expect(result.total).toBeGreaterThan(0);
      expect((await ask(subject, 'sấy nhiệt')).relaxed).toBe(false);
      for (const q of ['qwxzk', 'qwxzk zzzzk']) {
        expect(await ask(subject, q)).toMatchObject({ total: 0, hits: [], relaxed: false });
      }
    });

    test('filters: values of one facet are alternatives, facets restrict each other', async () => {
      const filters: Record<string, string[]>[] = [
        { kind: ['need'] },
        { area: ['0', '1'] },
        { area: ['1', '9'], kind: ['offer'] },
        { area: ['2'], kind: ['need'], trl: ['08'] },
        { area: ['2'], kind: [] },
        { trl: ['8'] },
        { unknown: ['x'] },
        { kind: ['"', '\\', '\\"', "' OR 1 = 1", '] OR id > 0', '\0', '\ud800', '\n'] },
        { kind: ['need', '"'] },
      ];
      for (const filter of filters) {
        const wanted = lotDocuments.filter(({ facets }) =>
          Object.entries(filter).every(
            ([facet, values]) => values.length === 0 || values.some((value) => facets[facet]?.includes(value)),
          ),
        );
        const result = await ask(subject, 'lô hàng', { filters: filter });
        const ids = wanted.map(({ id }) => id);
        expect({ filter, ids: ascending(idsOf(result)), total: result.total }).toEqual({
          filter,
          ids,
          total: ids.length,
        });
      }
    });

    test('searches among some records only, however the words are understood', async () => {
      const [first, second] = lotDocuments;
      const ids = [first.id, second.id, 1, 987_654];
      const found = await ask(subject, 'lô hàng', { among: ids });
      expect({ ids: ascending(idsOf(found)), total: found.total }).toEqual({ ids: [first.id, second.id], total: 2 });
      expect(ascending(idsOf(await ask(subject, '', { among: ids })))).toEqual(ascending([1, first.id, second.id]));
      const filters = { kind: first.facets.kind };
      const both = await ask(subject, 'lô hàng', { among: [first.id, 1], filters, sort: 'newest' });
      expect({ ids: idsOf(both), total: both.total }).toEqual({ ids: [first.id], total: 1 });
      expect(await ask(subject, 'lô hàng', { among: [1] })).toMatchObject({ total: 0, hits: [], relaxed: false });
      expect(await ask(subject, 'lô hàng', { among: [] })).toMatchObject({ total: 0, hits: [] });
    });

    test('understands the words without regard to filters', async () => {
      const counted = await ask(subject, 'phong gia', { facets: ['kind'] });
      expect(counted.facets.kind).toEqual({ offer: 1 });
      const filtered = await ask(subject, 'phong gia', { facets: ['kind'], filters: { kind: ['need'] } });
      expect(filtered).toMatchObject({ total: 0, hits: [], facets: { kind: { offer: 1 } }, relaxed: false });
    });

    test('counts each facet without its own filter', async () => {
      const filters: Record<string, string[]> = { area: ['1'], kind: ['offer'] };
      const counted = (facet: string) => {
        const counts: Record<string, number> = {};
        for (const { facets } of lotDocuments) {
          const others = Object.entries(filters).filter(([other]) => other !== facet);
          if (!others.every(([other, values]) => values.some((value) => facets[other]?.includes(value)))) continue;
          for (const value of facets[facet] ?? []) counts[value] = (counts[value] ?? 0) + 1;
        }
        return counts;
      };
      const facets = ['area', 'kind', 'trl', 'unknown'];
      const result = await ask(subject, 'lô hàng', { filters, facets, limit: 3 });
      expect(result.facets).toEqual({ area: counted('area'), kind: counted('kind'), trl: counted('trl'), unknown: {} });
      expect(Object.keys(result.facets.area)).toHaveLength(4);
      expect(result.total).toBe(result.facets.area['1']);
      const unfiltered = await ask(subject, 'lô hàng', { facets: ['kind'], limit: 0 });
      expect(unfiltered).toMatchObject({ total: 60, hits: [], facets: { kind: { offer: 30, need: 30 } } });
    });

    test('browses without words, newest first', async () => {
      const result = await ask(subject, '  ', { limit: 1_000, facets: ['kind'] });
      const newest = corpus.toSorted(
        (a, b) => b.publishedAt - a.publishedAt || b.completeness - a.completeness || b.id - a.id,
      );
      expect(result.total).toBe(corpus.length);
      expect(idsOf(result)).toEqual(newest.map(({ id }) => id));
      expect(result.hits.every(({ highlights }) => Object.keys(highlights).length === 0)).toBe(true);
      expect((await ask(subject, '-vải')).total).toBe(corpus.length - 3);
      expect(ascending(idsOf(await ask(subject, '', { filters: { trl: ['8'] } })))).toEqual([1]);
    });

    test('sorts by date and by title in the order of the Vietnamese alphabet', async () => {
      const newest = lotDocuments.toSorted((a, b) => b.publishedAt - a.publishedAt).map(({ id }) => id);
      expect(idsOf(await ask(subject, 'lô hàng', { sort: 'newest' }))).toEqual(newest);
      expect(idsOf(await ask(subject, 'vải', { sort: 'newest' }))[0]).toBe(1);
      const result = await ask(subject, 'mục từ', { sort: 'title' });
      expect(result.hits.map(({ document }) => document.title)).toEqual(alphabet);
      const all = await ask(subject, '', { sort: 'title', limit: 1000 });
      expect(all.hits.map(({ document }) => document.title).filter((title) => alphabet.includes(title))).toEqual(
        alphabet,
      );
    });

    test.each(['relevance', 'newest', 'title'] as const)(
      'pages by %s without overlap, from any offset',
      async (sort) => {
        const whole = idsOf(await ask(subject, 'lô hàng', { sort }));
        expect(new Set(whole).size).toBe(60);
        for (const limit of [7, 25]) {
          const paged: number[] = [];
          for (let offset = 0; offset < 60; offset += limit) {
            const result = await ask(subject, 'lô hàng', { sort, offset, limit });
            expect(result.total).toBe(60);
            paged.push(...idsOf(result));
          }
          expect(paged).toEqual(whole);
        }
        expect(idsOf(await ask(subject, 'lô hàng', { sort, offset: 5, limit: 3 }))).toEqual(whole.slice(5, 8));
        expect(await ask(subject, 'lô hàng', { sort, offset: 1e9, limit: 10 })).toMatchObject({ total: 60, hits: [] });
      },
    );

    test('returns what a list shows', async () => {
      const { hits } = await ask(subject, 'bơm nhiệt');
      const { id, kind, slug, title, titleEn, summary, summaryEn, card, publishedAt } = corpus[0];
      expect(hits[0].document).toEqual({ id, kind, slug, title, titleEn, summary, summaryEn, card, publishedAt });
    });

    test('marks what matched in escaped text', async () => {
      const first = async (q: string, more: Partial<SearchQuery> = {}) =>
        (await ask(subject, q, more)).hits[0].highlights;
      expect(await first('cảm biến đo')).toEqual({
        title: '<mark>Cảm biến</mark> &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; <mark>đo</mark>',
        summary: '<mark>Đo</mark> &quot;<mark>độ</mark> ẩm&quot; &lt;b&gt;đất&lt;/b&gt;.',
      });
      expect(await first('say')).toMatchObject({ title: 'Công nghệ <mark>sấy</mark> vải thiều bằng bơm nhiệt' });
      expect(await first('biotecnologi')).toEqual({ title: 'Trung tâm <mark>Biotechnology</mark>' });
      expect(await first('biotech')).toEqual({ title: 'Trung tâm <mark>Biotechnology</mark>' });
      expect(await first('KH&CN tuyển chọn')).toEqual({ title: 'Sở <mark>KH&amp;CN tuyển chọn</mark> nhiệm vụ' });
      expect((await ask(subject, 'KH&CN')).hits.find(({ document }) => document.id === 15)?.highlights.title).toBe(
        'Chương trình <mark>khoa học và công nghệ</mark> cấp tỉnh',
      );
      expect(await first('traffic', { language: 'en' })).toEqual({
        title: 'Artificial intelligence for <mark>traffic</mark>',
      });
      const body = (await ask(subject, 'quýt')).hits[2].highlights;
      expect(Object.keys(body)).toEqual(['body']);
      expect(body.body).toContain('Có cả <mark>quýt</mark>.');
      expect(body.body?.length).toBeLessThan(300);
    });

    test('suggests while a person types', async () => {
      const suggested = await subject.engine.suggest('sấy v', 5, 'vi');
      expect(suggested[0].document.id).toBe(1);
      expect(suggested[0].highlights.title).toContain('<mark>');
      expect(await subject.engine.suggest('lô', 5, 'vi')).toHaveLength(5);
    });

    test('finds records like one, never itself', async () => {
      const similar = await subject.engine.similar(1, 5);
      expect(similar.map(({ id }) => id)).toEqual([2]);
      expect(await subject.engine.similar(33, 5)).toEqual([]);
      expect(await subject.engine.similar(987_654, 5)).toEqual([]);
    });

    test.each(hostile.map((q) => [JSON.stringify(q).slice(0, 40), q]))('survives %s', async (_, q) => {
      const result = await ask(subject, q, { facets: ['kind'], limit: 2 });
      expect(result.total).toBeGreaterThanOrEqual(result.hits.length);
      expect(await subject.engine.suggest(q, 2, 'en')).toBeInstanceOf(Array);
    });

    test('gives the documents that share the most and rarest of a text, with how common each term is', async () => {
      const query = {
        terms: ['sấy', 'quả vải', 'giữ màu', 'kim cương', '…'].map((words) => ({ words, weight: 1 })),
        marked: true,
        prefer: [] as LikenessQuery['prefer'],
        kinds: ['offer', 'need'],
        perKind: 10,
      };
      const { documents, frequencies, ids } = await subject.engine.alike(query);
      const published = corpus.filter(({ facets }) => query.kinds.includes(facets.kind?.[0]));
      expect(documents).toBe(published.length);
      expect(frequencies).toEqual([1, 2, 1, 0, 0]);
      expect(ids).toEqual({ offer: [1], need: [3] });

      const vải = { ...query, terms: [{ words: 'vải', weight: 1 }] };
      expect((await subject.engine.alike(vải)).frequencies).toEqual([3]);
      const unmarked = await subject.engine.alike({ ...vải, terms: [{ words: 'vai', weight: 1 }], marked: false });
      expect(unmarked.ids.offer.toSorted()).toEqual([1, 2, 5]);
      expect(unmarked.frequencies).toEqual([4]);

      const first = (weights: [quýt: number, mẫu: number], more: Partial<typeof query> = {}) =>
        subject.engine.alike({
          ...query,
          terms: [
            { words: 'quýt', weight: weights[0] },
            { words: 'bơm nhiệt', weight: weights[1] },
          ],
          ...more,
        });
      expect((await first([1, 10])).ids.offer[0]).toBe(1);
      expect((await first([1, 0.01])).ids.offer.at(-1)).toBe(1);
      const lifted = await first([1, 0.01], { prefer: [{ facet: 'field', value: '211', weight: 100 }], perKind: 1 });
      expect(lifted.ids.offer).toEqual([1]);
      expect((await first([1, 1], { kinds: ['policy'] })).ids).toEqual({ policy: [] });
    });

    test('is healthy and says who answered', async () => {
      await subject.engine.health();
      expect((await ask(subject, 'vải')).engine).toBe(subject.engine.name);
    });
  });

  describe(`${name}: changing`, () => {
    let subject: Subject;
    const put = (documents: SearchDocument[], deletedIds: number[] = []) => subject.index.apply(documents, deletedIds);
    beforeEach(async () => {
      subject = await open();
      await subject.index.rebuild(batchesOf([]), nothingLate);
    });
    afterEach(() => subject?.close());

    test('answers from an empty index', async () => {
      expect(await ask(subject, 'vải', { facets: ['kind'] })).toMatchObject({
        total: 0,
        hits: [],
        facets: { kind: {} },
      });
      expect(await ask(subject, '')).toMatchObject({ total: 0, hits: [] });
      expect(await subject.engine.similar(1, 3)).toEqual([]);
    });

    test('adds, replaces and removes at once', async () => {
      await put([documentOf({ id: 1, title: 'Sấy vải' }), documentOf({ id: 2, title: 'Sấy lúa' })]);
      expect(ascending(idsOf(await ask(subject, 'sấy')))).toEqual([1, 2]);
      await put([documentOf({ id: 2, title: 'Ép mía', facets: { kind: ['need'] } })], [1]);
      expect((await ask(subject, 'sấy')).total).toBe(0);
      const all = await ask(subject, '', { facets: ['kind'] });
      expect(all).toMatchObject({ total: 1, facets: { kind: { need: 1 } } });
      expect(idsOf(await ask(subject, 'ép mía'))).toEqual([2]);
    });

    test('words that a record has lost no longer find it, however often they have been asked for', async () => {
      const supplier = 'Viện Cơ điện nông nghiệp';
      await put([
        documentOf({ id: 1, title: 'Máy sấy', keys: [supplier] }),
        documentOf({ id: 2, title: 'Máy ép', keys: [supplier] }),
      ]);
      const asked = ['"viện cơ điện nông nghiệp"', 'viện cơ điện', 'điện'];
      for (const q of [...asked, ...asked]) expect((await ask(subject, q)).total, q).toBe(2);
      await put([documentOf({ id: 1, title: 'Máy sấy' })]);
      for (const q of asked) expect(idsOf(await ask(subject, q)), q).toEqual([2]);
      expect((await ask(subject, 'máy sấy')).total).toBe(1);
    });

    test('a batch that is applied twice leaves the same index', async () => {
      const documents = lotDocuments.slice(0, 10);
      const state = async () => {
        const { total, facets, hits } = await ask(subject, 'lô', { facets: ['area', 'kind'], sort: 'newest' });
        return { total, facets, hits };
      };
      await put(documents, [99]);
      const before = await state();
      expect(before.total).toBe(10);
      await put(documents, [99]);
      expect(await state()).toEqual(before);
      await put([], [200]);
      await put([], [200]);
      expect((await state()).total).toBe(9);
      await put([], []);
      expect((await state()).total).toBe(9);
    });

    test('takes documents with nothing in them and with hostile text', async () => {
      await put([
        documentOf({ id: 1, title: '', facets: {} }),
        documentOf({
          id: 2,
          title: 'Mía \ud800 \0 ngọt',
          body: '\udfff',
          keys: ['\ud801'],
          facets: { kind: ['\ud800', 'x "y" \\'] },
        }),
        documentOf({ id: 3, title: 'mía '.repeat(3_000), facets: { kind: [] } }),
      ]);
      expect((await ask(subject, '')).total).toBe(3);
      expect(ascending(idsOf(await ask(subject, 'mía')))).toEqual([2, 3]);
      expect(idsOf(await ask(subject, 'mía', { filters: { kind: ['x "y" \\'] } }))).toEqual([2]);
    });

    test('counts exactly beyond a thousand records and a hundred values', async () => {
      const many = Array.from({ length: 1_205 }, (_, i) =>
        documentOf({ id: i + 1, title: 'Mẫu đất', facets: { kind: ['offer'], area: [String(i % 241)] } }),
      );
      await subject.index.rebuild(batchesOf(many, 400), nothingLate);
      const result = await ask(subject, 'mẫu đất', { facets: ['area'], offset: 1_200, limit: 100 });
      expect(result.total).toBe(1_205);
      expect(result.hits).toHaveLength(5);
      expect(Object.keys(result.facets.area)).toHaveLength(241);
      expect(new Set(Object.values(result.facets.area))).toEqual(new Set([5]));
    });

    test('rebuilds beside the live index: every question meanwhile has a full answer', async () => {
      await put(lotDocuments.slice(0, 30));
      let finished = false;
      const totals = [(await ask(subject, 'lô hàng')).total];
      const asking = (async () => {
        while (!finished) totals.push((await ask(subject, 'lô hàng')).total);
      })();
      async function* slowly() {
        for await (const batch of batchesOf(lotDocuments.slice(10), 10)) {
          yield batch;
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
      }
      await subject.index.rebuild(slowly(), async () => ({
        documents: [documentOf({ id: 500, title: 'Lô hàng muộn' })],
        deletedIds: [210, 211],
      }));
      finished = true;
      await asking;
      expect(totals.length).toBeGreaterThan(3);
      expect(new Set(totals)).toContain(30);
      expect(totals.every((total, i) => total === 30 || (total === 49 && (totals[i + 1] ?? 49) === 49))).toBe(true);
      const after = await ask(subject, 'lô hàng');
      expect(after.total).toBe(49);
      expect(idsOf(await ask(subject, 'muộn'))).toEqual([500]);
      // The live index changes as before.
      await put([documentOf({ id: 501, title: 'Lô hàng mới', publishedAt: day(99) })], [500]);
      expect((await ask(subject, 'lô hàng')).total).toBe(49);
    });

    test('rebuilds again and again, also after a rebuild that broke off', async () => {
      async function* breaking() {
        yield lotDocuments.slice(0, 5);
        throw new Error('the records could not be read');
      }
      await put(lotDocuments.slice(0, 10));
      await expect(subject.index.rebuild(breaking(), nothingLate)).rejects.toThrow('could not be read');
      expect((await ask(subject, 'lô')).total).toBe(10);
      for (const size of [20, 40]) {
        await subject.index.rebuild(batchesOf(lotDocuments.slice(0, size)), nothingLate);
        expect((await ask(subject, 'lô')).total).toBe(size);
      }
    });
  });
}
