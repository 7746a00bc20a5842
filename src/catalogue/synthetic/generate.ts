import type { KindCode } from '../kind.ts';
import { kinds } from '../kinds/index.ts';
import { attributesOf, type Draft, daysAfter, organisationForms, personName } from './attributes.ts';
import { type Corpus, capitalised, compound, englishProse, fragment, prose } from './language.ts';
import { createRandom, type Random } from './random.ts';

/** A made-up record. */
export interface SyntheticRecord {
  kind: KindCode;
  /** Its attributes, shared and own, as a form or a list would give them. */
  values: Record<string, unknown> & { externalId: string };
  /** Numbers of linked records, all smaller than its own, by relation. */
  links: Record<string, number[]>;
}

/** The codes that records are spread over, most common first. */
export interface Codes {
  fields: string[];
  areas: string[];
}

/** Percent of each kind. */
const shares: [KindCode, number][] = [
  ['offer', 22],
  ['need', 17],
  ['expert', 14],
  ['achievement', 13],
  ['enterprise', 10],
  ['organisation', 8],
  ['startup', 8],
  ['trademark', 6],
  ['policy', 2],
];
const kindByPercent = shares.flatMap(([kind, percent]) => Array<KindCode>(percent).fill(kind));

/** Publication days count back from here: the same records on every day of the year. */
const newestDay = '2026-06-30';
const linkTries = 20;

const seedOf = (n: number) => n * 7919;
const kindOf = (n: number): KindCode => createRandom(seedOf(n)).pick(kindByPercent);

/** The natural key of a made-up record. */
export const syntheticId = (n: number): string => `SYN-${String(n).padStart(7, '0')}`;

const titleForms: Record<KindCode, readonly string[]> = {
  offer: ['Công nghệ', 'Quy trình', 'Thiết bị', 'Hệ thống', 'Phần mềm', 'Chế phẩm', 'Giải pháp', 'Dây chuyền'],
  need: ['Cần', 'Tìm', 'Cần công nghệ', 'Tìm giải pháp', 'Cần thiết bị', 'Tìm đối tác'],
  organisation: organisationForms,
  expert: ['Chuyên gia', 'Tiến sĩ', 'Kỹ sư', 'Thạc sĩ'],
  enterprise: ['Công ty', 'Doanh nghiệp', 'Hợp tác xã', 'Công ty cổ phần'],
  startup: ['Nền tảng', 'Ứng dụng', 'Startup', 'Dịch vụ'],
  trademark: ['Nhãn hiệu', 'Nhãn hiệu tập thể', 'Chỉ dẫn địa lý'],
  achievement: ['Kết quả', 'Đề tài', 'Mô hình', 'Nghiên cứu', 'Sáng kiến'],
  policy: ['Quyết định', 'Kế hoạch', 'Chương trình', 'Hướng dẫn'],
};

function titleOf(kind: KindCode, { random, corpus, topic }: Draft): string {
  const form = random.pick(titleForms[kind]);
  if (kind === 'expert') return `${form} ${personName(random)}: ${fragment(random, topic.clauses, 5)}`;
  const ending = random.chance(0.5) ? fragment(random, topic.clauses, 5) : compound(random, corpus);
  return `${form} ${random.pick(topic.keywords)} ${random.pick(['cho', 'từ', 'bằng', 'và'])} ${compound(random, corpus)} ${ending}`;
}

/** Earlier records that each of a kind's relations may point to. */
function linksOf(kind: KindCode, n: number, random: Random): Record<string, number[]> {
  const links: Record<string, number[]> = {};
  for (const [name, { to, many }] of Object.entries(kinds[kind].relations)) {
    if (n <= 1 || !random.chance(many ? 0.25 : 0.7)) continue;
    const wanted = many ? random.int(1, 3) : 1;
    const found = new Set<number>();
    for (let tries = 0; tries < linkTries && found.size < wanted; tries += 1) {
      const target = random.int(1, n - 1);
      if (to.includes(kindOf(target))) found.add(target);
    }
    if (found.size > 0) links[name] = [...found];
  }
  return links;
}

/**
 * Record number `n` of an endless made-up catalogue: always the same one, whatever was made before it. Its words, and
 * how often each occurs, come from the demo catalogue's texts; lengths are like the real ones (title about 10 words,
 * summary 40, body 120).
 * @param n from 1
 */
export function syntheticRecord(n: number, corpus: Corpus, codes: Codes): SyntheticRecord {
  const random = createRandom(seedOf(n));
  const kind = random.pick(kindByPercent);
  const topic = random.pick(corpus.topics);
  const publishedAt = daysAfter(newestDay, -random.int(0, 1500));
  const draft: Draft = { random, corpus, topic, n, publishedAt };
  const words = (count: number) => prose(random, corpus, topic, count);
  const english = topic.english.length > 0 && random.chance(0.4);
  return {
    kind,
    values: {
      externalId: syntheticId(n),
      title: titleOf(kind, draft).slice(0, 200),
      titleEn: english ? capitalised(englishProse(random, topic, 7).replaceAll('.', ',').slice(0, -1)) : null,
      summary: words(random.int(25, 40)).slice(0, 600),
      summaryEn: english ? englishProse(random, topic, 25).slice(0, 600) : null,
      body: `${words(random.int(20, 60))}\n\n${words(random.int(20, 90))}`,
      fields: [...new Set([...(random.chance(0.7) ? topic.fields : []), random.zipf(codes.fields)])].slice(0, 5),
      areas: [...new Set([random.zipf(codes.areas), ...(random.chance(0.2) ? [random.zipf(codes.areas)] : [])])],
      keywords: [...random.some(topic.keywords, 1, 4), compound(random, corpus)],
      contactVisibility: random.chance(0.3) ? 'public' : 'connection',
      contactEmail: `ho-so-${n}@example.vn`,
      publishedAt,
      demo: true,
      ...attributesOf(kind, draft),
    },
    links: linksOf(kind, n, random),
  };
}
