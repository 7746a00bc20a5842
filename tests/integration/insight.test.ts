import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, openDatabase } from '../../db/client.ts';
import { recordPath } from '../../src/catalogue/address.ts';
import type { KindCode } from '../../src/catalogue/kind.ts';
import { kinds } from '../../src/catalogue/kinds/index.ts';
import { parseRecord, saveRecord, setStatus } from '../../src/catalogue/save.ts';
import { loadVocabulary, type Vocabulary } from '../../src/catalogue/vocabulary.ts';
import { figuresAsOf, recordIndicators } from '../../src/insight/indicators.ts';
import { periodOf } from '../../src/insight/periods.ts';
import { buildReport, type ReportData } from '../../src/insight/report.ts';
import { reportWorkbook } from '../../src/insight/workbook.ts';
import { signedIn } from '../support/member.ts';
import type { Person } from '../support/person.ts';
import { catalogueFolder, startServer, type TestServer } from '../support/server.ts';

const folder = catalogueFolder();
const { db, sqlite } = openDatabase(databaseFile(folder.dataDir));
const region = { area: '31' };
let server: TestServer;
let vocabulary: Vocabulary;
let desk: Person;

beforeAll(async () => {
  server = await startServer(folder.dataDir);
  vocabulary = await loadVocabulary(db);
  desk = await signedIn(db, server, 'desk', 'moderator');
});

afterAll(async () => {
  await server.stop();
  await db.destroy();
  folder.remove();
});

beforeEach(() => sqlite.exec('delete from rate_limit'));

const sources = () => ({ db, vocabulary, region });
const all = (sql: string, ...values: unknown[]) => sqlite.prepare(sql).all(...values) as Record<string, never>[];
const one = (sql: string, ...values: unknown[]) =>
  sqlite
    .prepare(sql)
    .pluck()
    .get(...values) as number;
const visible = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const year = new Date(Date.now() + 7 * 3_600_000).getUTCFullYear();

/** Publishes a real record, as an import does. */
async function publish(kind: KindCode, values: Record<string, unknown>): Promise<number> {
  const parsed = parseRecord(kinds[kind], { summary: 'Hồ sơ thử', fields: ['205'], areas: ['31-chi-linh'], ...values });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return db.transaction().execute((trx) => saveRecord(trx, kinds[kind], { ...parsed.input, links: {} }));
}

/** From a member's request to an agreement between real records, all through the site's own forms. */
async function agree(): Promise<void> {
  const offer = await publish('offer', { title: '=HYPERLINK("http://x.test")', transferModes: ['licence'] });
  const need = await publish('need', { title: '@nhu cầu lạ' });
  const seller = await signedIn(db, server, 'seller');
  const buyer = await signedIn(db, server, 'buyer');
  for (const [recordId, userId] of [
    [offer, 'seller'],
    [need, 'buyer'],
  ] as const) {
    await db.insertInto('record_member').values({ recordId, userId }).execute();
  }
  const { slug } = await db.selectFrom('record').select('slug').where('id', '=', offer).executeTakeFirstOrThrow();
  const asked = await buyer.send(`/ket-noi?record=${recordPath({ kind: 'offer', slug }, 'vi')}`, 'startConnection', {
    purpose: 'acquire',
    message: 'Chúng tôi muốn mua công nghệ này cho xưởng.',
    askerRecord: String(need),
  });
  const page = asked.headers.get('location') ?? '';
  await seller.send(page, 'respond', { decision: 'accept' });
  const agreed = await buyer.send(page, 'reportOutcome', { agreementKind: 'transfer', agreementVnd: '250.000.000' });
  expect(agreed.status).toBe(302);
}

/** The same figures by other means: plain SQL, written for this test, over whole tables. */
function independent(demo: 0 | 1): Record<string, (from: string, to: string) => number> {
  const local = `r.status = 'published' and r.demo = ${demo}
    and r.id in (select recordId from record_area where areaCode = '31' or areaCode like '31-%')`;
  const marks = (types: string) => (from: string, to: string) =>
    one(
      `select count(*) from record r, trademark t where t.recordId = r.id and ${local} and t.markType in (${types})
        and t.grantedOn >= ? and t.grantedOn <= ?`,
      from,
      to,
    );
  const supported = (types: string) => () =>
    one(`select count(*) from record r, trademark t where t.recordId = r.id and ${local} and t.markType in (${types})
      and t.grantedOn is not null and json_array_length(t.supportActivities) > 0`);
  const pairs = `(select c.*, case when r.demo = 1 or a.demo = 1 then 1 else 0 end as isDemo
    from connection c join record r on r.id = c.recordId left join record a on a.id = c.askerRecordId)`;
  return {
    newEnterprises: (from, to) =>
      one(
        `select count(*) from record r, enterprise e where e.recordId = r.id and ${local}
          and e.certificateStatus not in ('none', 'revoked') and e.certificateDate >= ? and e.certificateDate <= ?`,
        from,
        to,
      ),
    newMarks: marks(`'collective', 'certification'`),
    newGis: marks(`'gi'`),
    startups: () => one(`select count(*) from record r where r.kind = 'startup' and ${local}`),
    supportedMarks: supported(`'collective', 'certification', 'gi'`),
    supportedCollectiveMarks: supported(`'collective'`),
    supportedGis: supported(`'gi'`),
    connectionsAccepted: (from, to) =>
      one(
        `select count(*) from ${pairs} where isDemo = ${demo} and acceptedAt is not null
          and substr(datetime(acceptedAt, '+7 hours'), 1, 10) between ? and ?`,
        from,
        to,
      ),
    agreements: (from, to) =>
      one(
        `select count(*) from ${pairs} where isDemo = ${demo} and agreementKind is not null
          and substr(datetime(endedAt, '+7 hours'), 1, 10) between ? and ?`,
        from,
        to,
      ),
  };
}

const rangeOf = (period: string) =>
  period === 'plan' ? { from: '2023-11-14', to: '2025-12-31' } : (periodOf(period) ?? { from: '', to: '' });

test('the counted indicators equal an independent count, real records and demo ones apart, for every period', async () => {
  await publish('enterprise', {
    title: 'Doanh nghiệp thật',
    certificateNumber: 'T-1',
    certificateDate: '2024-03-31',
    certificateStatus: 'valid',
  });
  const revoked = { certificateNumber: 'T-2', certificateDate: '2024-04-01', certificateStatus: 'revoked' };
  await publish('enterprise', { title: 'Doanh nghiệp bị thu hồi', ...revoked });
  const elsewhere = { certificateNumber: 'T-3', certificateDate: '2024-04-01', certificateStatus: 'valid' };
  await publish('enterprise', { title: 'Doanh nghiệp ở Hà Nội', areas: ['01'], ...elsewhere });
  const early = { certificateNumber: 'T-4', certificateDate: '2023-11-13', certificateStatus: 'valid' };
  await publish('enterprise', { title: 'Doanh nghiệp trước kế hoạch', ...early });
  await publish('trademark', {
    title: 'Nhãn hiệu thật',
    markType: 'collective',
    registrationNumber: 'N-1',
    grantedOn: `${year}-01-01`,
    supportActivities: ['Thiết kế bao bì'],
  });
  await publish('startup', { title: '+Khởi nghiệp thật' });
  await agree();

  expect(await recordIndicators(sources())).toBeGreaterThan(0);
  expect(await recordIndicators(sources())).toBe(0);
  const counts = [independent(0), independent(1)];
  const figures = (await figuresAsOf(db)).filter(({ source }) => source === null);
  expect(new Set(figures.map(({ indicator }) => indicator))).toEqual(new Set(Object.keys(counts[0])));
  for (const { indicator, period, value, demo } of figures) {
    const { from, to } = rangeOf(period);
    const [real, illustration] = counts.map((count) => count[indicator](from, to));
    expect({ value, demo }, `${indicator} ${period}`).toEqual({ value: real, demo: illustration });
  }
  const figure = (indicator: string, period: string) =>
    figures.find((each) => each.indicator === indicator && each.period === period)?.value;
  // Two of 2023 and 2024: the one of the day before the plan is in the year, not in the plan's figure.
  expect(figure('newEnterprises', '2023')).toBe(1);
  expect(figure('newEnterprises', '2024-Q1')).toBe(1);
  expect(figure('newEnterprises', '2024-Q2')).toBe(0);
  expect(figure('newEnterprises', 'plan')).toBe(1);
  expect(figure('agreements', String(year))).toBe(1);
  expect(figures.filter(({ demo }) => demo > 0).length).toBeGreaterThan(5);
}, 60_000);

describe('the public page', () => {
  test('shows real figures against the target, and says which records do not count', async () => {
    await recordIndicators(sources());
    const section = (html: string, code: string) => {
      const from = html.indexOf(`aria-labelledby="${code}"`);
      return html.slice(from, html.indexOf('</section>', from));
    };
    const html = await server.text('/chi-tieu');
    const enterprises = section(html, 'newEnterprises');
    const demo = one(
      `select demo from indicator_value where indicator = 'newEnterprises' and period = 'plan' order by id desc`,
    );
    expect(demo).toBeGreaterThan(0);
    expect(enterprises).toMatch(/<strong[^>]*>1<\/strong>/);
    expect(visible(enterprises)).toContain('Chưa đạt');
    expect(visible(enterprises)).toContain(`và ${demo} hồ sơ mẫu không tính`);
    expect(visible(enterprises)).toContain('ít nhất 2');
    // The chart's bars begin at zero and are as long as their values, the target's line stands at its value.
    const bars = [
      ...enterprises.matchAll(
        /<rect class="(first|demo)[^>]* x="0" y="[\d.]+" width="([\d.]+)%"[^>]*><\/rect>\s*<text[^>]*>(\d+)</g,
      ),
    ];
    expect(bars.length).toBeGreaterThan(4);
    const scale = bars.filter(([, , , n]) => Number(n) > 0).map(([, , width, n]) => Number(width) / Number(n));
    for (const each of scale) expect(each).toBeCloseTo(scale[0], 1);
    const line = enterprises.match(/<line class="target[^>]* x1="([\d.]+)%"/)?.[1];
    expect(Number(line) / 2).toBeCloseTo(scale[0], 1);
    expect(html).toMatch(/<a href="\/[^"]+"[^>]*>Kế hoạch số 4346\/KH-UBND/);
    // Demo records only are no result of the province: neither reached nor missed.
    const supported = section(html, 'supportedGis');
    expect(visible(supported)).toContain('Danh mục chưa có hồ sơ thật');
    expect(supported).toMatch(/<strong[^>]*>–<\/strong>/);
    expect(visible(await server.text('/en/indicators'))).toContain('Not reached');
  });

  test('the CSV has every figure of the page, in UTF-8 for Excel', async () => {
    const response = await server.get('/chi-tieu.csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const rows: Record<string, string>[] = parse(body, { columns: true, bom: true });
    const figures = await figuresAsOf(db);
    expect(rows).toHaveLength(figures.length);
    for (const { indicator, period, value, demo } of figures) {
      const row = rows.find((each) => each.indicator === indicator && each.period === period);
      expect([Number(row?.value), Number(row?.demo_records_not_counted)]).toEqual([value, demo]);
    }
  });
});

describe('figures that the Department enters', () => {
  const enter = (fields: Record<string, string>) => desk.send('/quan-ly/chi-tieu', 'enterIndicator', fields);

  test('mistakes are named beside their fields, and what was typed stays', async () => {
    const wrong = await enter({ indicator: 'tfpShare', period: 'tháng 5', value: 'nhiều', source: '' });
    expect(wrong.status).toBe(400);
    const html = await wrong.text();
    for (const [field, said] of [
      ['period', 'Ghi kỳ như 2025'],
      ['value', 'Ghi một con số'],
      ['source', 'Ghi nguồn của số liệu'],
    ]) {
      expect(html).toMatch(new RegExp(`id="${field}-error"[^>]*>${said}`));
    }
    expect(html).toContain('value="tháng 5"');
    expect(html).toContain('value="nhiều"');
    expect(html).toMatch(/value="tfpShare" selected/);
    const refused: [Record<string, string>, string][] = [
      [{ indicator: 'newEnterprises', period: '2024', value: '9' }, 'được đếm từ danh mục'],
      [{ indicator: 'tfpShare', period: 'baseline', value: '9' }, 'không cần mức gốc'],
      [{ indicator: 'tfpShare', period: String(year + 1), value: '9' }, 'chưa bắt đầu'],
      [{ indicator: 'nothing', period: '2024', value: '9' }, 'Hãy chọn chỉ tiêu'],
    ];
    for (const [fields, said] of refused) {
      const response = await enter({ ...fields, source: 'Niên giám thống kê' });
      expect(response.status).toBe(400);
      expect(visible(await response.text())).toContain(said);
    }
    expect(one('select count(*) from indicator_value where source is not null')).toBe(0);
  });

  test('a figure is public at once with its source; a correction is a new row, in the history and in the log', async () => {
    const entered = await enter({ indicator: 'tfpShare', period: '2025', value: '48,5', source: '=Niên giám 2025' });
    expect(entered.status).toBe(302);
    expect(visible(await server.text('/chi-tieu'))).toContain('48,5%');
    await enter({ indicator: 'tfpShare', period: '2025', value: '51.25 %', source: '=Niên giám 2025, bản sửa' });
    const page = visible(await server.text('/en/indicators'));
    expect(page).toContain('51.25%');
    expect(page).not.toContain('48.5%');
    expect(page).toContain('Reached');
    const rows = all(`select value, source, enteredBy from indicator_value where indicator = 'tfpShare' order by id`);
    expect(rows).toEqual([
      { value: 48.5, source: '=Niên giám 2025', enteredBy: 'desk' },
      { value: 51.25, source: '=Niên giám 2025, bản sửa', enteredBy: 'desk' },
    ]);
    expect(() => sqlite.exec(`update indicator_value set value = 99 where indicator = 'tfpShare'`)).toThrow(
      'append-only',
    );
    expect(() => sqlite.exec('delete from indicator_value')).toThrow('append-only');
    const history = visible(await desk.text('/quan-ly/chi-tieu'));
    expect(history).toContain('48,5%');
    const log = visible(await desk.text('/quan-ly/nhat-ky'));
    expect(log).toContain('nhập số liệu chỉ tiêu');
    expect(log).toMatch(/Năm 2025: 48,5% .*thành.* Năm 2025: 51,25%/);
    // What begins like a formula is text in the file.
    expect(await server.text('/chi-tieu.csv')).toContain(`'=Niên giám 2025, bản sửa`);

    await enter({ indicator: 'tfpShare', period: 'quý III/2025', value: '50', source: 'Cục Thống kê' });
    expect(one(`select count(*) from indicator_value where period = '2025-Q3' and indicator = 'tfpShare'`)).toBe(1);
  });

  test('a target that is a multiple of the baseline is known once the baseline is', async () => {
    expect(visible(await server.text('/chi-tieu'))).toContain('gấp 1,5 lần mức gốc');
    await enter({ indicator: 'startups', period: 'Mức gốc', value: '20', source: 'Báo cáo của Sở năm 2023' });
    expect(visible(await server.text('/chi-tieu'))).toContain('gấp 1,5 lần mức gốc, tức là ít nhất 30');
  });
});

describe('reports', () => {
  const period = String(year);
  const page = `/quan-ly/bao-cao?period=${period}`;
  const cellsOf = async (workbook: Buffer, sheet: string) => readSheet(workbook, sheet);
  const xlsx = async (query: string) =>
    Buffer.from(await (await desk.get(`/quan-ly/bao-cao.xlsx?period=${period}${query}`)).arrayBuffer());

  test('a draft says so and has the independent figures and lists of the period', async () => {
    const html = await desk.text(page);
    expect(visible(html)).toContain('DỰ THẢO');
    expect(visible(html)).toContain('Kính gửi: Ủy ban nhân dân');
    const report = await buildReport(sources(), periodOf(period) ?? (undefined as never));
    const count = independent(0);
    for (const { code, value } of report.indicators.filter(({ isCounted }) => isCounted)) {
      expect(value, code).toBe(count[code](`${year}-01-01`, `${year}-12-31`));
    }
    const titles = (list: keyof ReportData['lists']) => report.lists[list].map(({ title }) => title);
    expect(titles('marks')).toEqual(['Nhãn hiệu thật']);
    expect(titles('startups')).toEqual(['+Khởi nghiệp thật']);
    expect(titles('agreements')).toEqual(['=HYPERLINK("http://x.test")']);
    expect(report.agreementVnd.value).toBe(250_000_000);
    expect(report.connections).toMatchObject({ asked: 1, accepted: 1, agreements: 1 });
    const newOffers = one(
      `select count(*) from record where kind = 'offer' and status = 'published' and demo = 0 and substr(datetime(publishedAt, '+7 hours'), 1, 4) = ?`,
      period,
    );
    expect(report.published.find(({ kind }) => kind === 'offer')?.value).toBe(newOffers);
    expect(newOffers).toBeGreaterThan(0);
    for (const wrong of ['2019-Q5', '3000', 'x', '2024&version=9', '2024&version=x']) {
      expect((await desk.get(`/quan-ly/bao-cao?period=${wrong}`)).status, wrong).toBe(404);
      expect((await desk.get(`/quan-ly/bao-cao.xlsx?period=${wrong}`)).status, wrong).toBe(404);
    }
  });

  test('a frozen report says the same for ever, on the page and in Excel, whatever becomes of the records', async () => {
    const frozen = await desk.send(page, 'freezeReport', {});
    const address = (frozen.headers.get('location') ?? '').replace('&done', '');
    expect(address).toBe(`${page}&version=1`);
    const [html, workbook] = [await desk.text(address), await xlsx('&version=1')];
    expect(visible(html)).toContain('Bản 1, chốt lúc');
    expect(visible(await desk.text('/quan-ly/nhat-ky'))).toContain('chốt báo cáo');

    // A record goes, one changes its name, one comes.
    const [mark] = all(`select id from record where title = 'Nhãn hiệu thật'`);
    await db.transaction().execute((trx) => setStatus(trx, mark.id as number, 'withdrawn'));
    await db.updateTable('record').set({ title: 'Tên mới' }).where('title', '=', '+Khởi nghiệp thật').execute();
    await publish('startup', { title: 'Khởi nghiệp đến sau' });
    expect(await desk.text(address)).toBe(html);
    expect(await cellsOf(await xlsx('&version=1'), 'Khởi nghiệp mới công bố')).toEqual(
      await cellsOf(workbook, 'Khởi nghiệp mới công bố'),
    );
    const draft = visible(await desk.text(page));
    expect(draft).toContain('Khởi nghiệp đến sau');
    expect(draft).not.toContain('Nhãn hiệu thật');
    expect(visible(html)).toContain('Nhãn hiệu thật');

    const again = await desk.send(page, 'freezeReport', {});
    expect(again.headers.get('location')).toContain('version=2');
    expect(visible(await desk.text(`${page}&version=2`))).toContain('Khởi nghiệp đến sau');
    expect(() => sqlite.exec(`update report set data = '{}'`)).toThrow('append-only');
  });

  test('Excel opens the workbook: the page’s figures, and titles that look like formulas as text', async () => {
    const report: ReportData = JSON.parse(
      String(sqlite.prepare('select data from report where version = 1').pluck().get()),
    );
    const workbook = await xlsx('&version=1');
    const indicators = await cellsOf(workbook, 'Chỉ tiêu');
    for (const each of report.indicators) {
      const row = indicators.find(([name]) => name === each.vi);
      expect(row?.slice(1, 3), each.code).toEqual([each.value, each.previous]);
    }
    const activity = await cellsOf(workbook, 'Hoạt động');
    expect(activity.find(([what]) => what === 'Giá trị thoả thuận (đồng)')?.[1]).toBe(250_000_000);
    const agreements = await cellsOf(workbook, 'Thoả thuận từ kết nối');
    expect(agreements.at(-1)?.slice(1)).toEqual([
      '=HYPERLINK("http://x.test")',
      '@nhu cầu lạ',
      'Hợp đồng chuyển giao công nghệ',
      250_000_000,
    ]);
    expect((await cellsOf(workbook, 'Khởi nghiệp mới công bố')).at(-1)?.[1]).toBe('+Khởi nghiệp thật');
    expect(workbook.includes('<f>')).toBe(false);
    const english = await reportWorkbook(report, 'en', 1);
    expect((await cellsOf(english, 'Indicators'))[3][0]).toBe('Indicator');
  });

  test('figures of a past day are found again in the history', async () => {
    const before = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const startups = async (moment?: string) =>
      (await figuresAsOf(db, moment)).find(({ indicator, period: key }) => indicator === 'startups' && key === period)
        ?.value;
    const then = await startups();
    await publish('startup', { title: 'Khởi nghiệp thứ ba' });
    await recordIndicators(sources());
    expect(await startups()).toBe((then ?? 0) + 1);
    expect(await startups(before)).toBe(then);
  });
});
