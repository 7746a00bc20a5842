import type { KindCode } from '../kind.ts';
import { ipStatuses, transferModes, vsicSections } from '../values.ts';
import { type Corpus, capitalised, fragment, prose, type Topic } from './language.ts';
import type { Random } from './random.ts';

/** What the attributes of one made-up record are drawn from. */
export interface Draft {
  random: Random;
  corpus: Corpus;
  topic: Topic;
  /** The record's number: makes what must be unique. */
  n: number;
  /** When it was published: other days lie before or after it. */
  publishedAt: string;
}

const million = 1_000_000;

/** The day that lies so many days after another. */
export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

const digits = (n: number, length: number) => String(n).padStart(length, '0');
const inYear = (date: string) => date.slice(0, 4);
const short = ({ random, topic }: Draft) => fragment(random, topic.clauses, 5);
const several = (draft: Draft, min: number, max: number): string[] =>
  Array.from({ length: draft.random.int(min, max) }, () => capitalised(short(draft)));
const text = ({ random, corpus, topic }: Draft, words: number) => prose(random, corpus, topic, words);

/** A range of money, in steps of ten million VND. */
function moneyRange(random: Random): [number, number] {
  const from = random.int(2, 300) * 10 * million;
  return [from, from + random.int(0, 100) * 10 * million];
}

const surnames = 'Nguyễn Trần Lê Phạm Hoàng Vũ Phan Đặng Bùi Đỗ Hồ Ngô Dương Lý'.split(' ');
const middleNames = 'Văn Thị Đức Minh Thu Hữu Ngọc Quang Thanh Xuân'.split(' ');
const givenNames =
  'An Bình Chi Dũng Giang Hà Hải Hạnh Hùng Hương Khánh Lan Linh Long Mai Nam Phong Quân Sơn Tâm Trang Tuấn'.split(' ');

/** A Vietnamese name that belongs to nobody in particular. */
export const personName = (random: Random): string =>
  [surnames, middleNames, givenNames].map((names) => random.zipf(names)).join(' ');

/** The way organisations are named, before what they deal with. */
export const organisationForms = ['Viện', 'Trung tâm', 'Trường', 'Phòng thí nghiệm', 'Chi nhánh', 'Liên hiệp'];

const generators: Record<KindCode, (draft: Draft) => Record<string, unknown>> = {
  offer(draft) {
    const { random, publishedAt, n } = draft;
    const priceMode = random.zipf(['agreement', 'range', 'fixed', 'free']);
    const [priceMinVnd, priceMaxVnd] = moneyRange(random);
    const ipStatus = random.zipf(['none', 'patent', 'know_how', ...ipStatuses]);
    return {
      trl: Math.min(9, random.int(3, 6) + random.int(0, 4)),
      ipStatus,
      ipNumber: ipStatus === 'patent' ? `1-${digits(n, 7)}` : null,
      transferModes: random.some(transferModes, 1, 3),
      priceMode,
      priceMinVnd: priceMode === 'fixed' || priceMode === 'range' ? priceMinVnd : null,
      priceMaxVnd: priceMode === 'range' ? priceMaxVnd : null,
      advantages: several(draft, 1, 4),
      conditions: random.chance(0.5) ? text(draft, 20) : null,
      appliedAt: random.chance(0.5) ? several(draft, 1, 2) : [],
      green: random.chance(0.25),
      expiresOn: daysAfter(publishedAt, 365),
    };
  },
  need(draft) {
    const { random, publishedAt } = draft;
    const [budgetMinVnd, budgetMaxVnd] = moneyRange(random);
    const hasBudget = random.chance(0.7);
    return {
      problem: text(draft, 40),
      currentSituation: random.chance(0.5) ? text(draft, 25) : null,
      tried: random.chance(0.4) ? text(draft, 20) : null,
      requiredResult: text(draft, 25),
      budgetMinVnd: hasBudget ? budgetMinVnd : null,
      budgetMaxVnd: hasBudget ? budgetMaxVnd : null,
      deadline: random.chance(0.6) ? daysAfter(publishedAt, random.int(60, 400)) : null,
      partnerTypes: random.some(['organisation', 'enterprise', 'startup', 'expert'], 1, 3),
      transferModes: random.some(transferModes, 0, 2),
      minTrl: random.chance(0.7) ? random.int(4, 9) : null,
      anonymous: random.chance(0.15),
      expiresOn: daysAfter(publishedAt, 182),
    };
  },
  organisation(draft) {
    const { random, n, publishedAt } = draft;
    return {
      orgType: random.zipf([
        'institute',
        'centre',
        'university',
        'laboratory',
        'service_unit',
        'intermediary',
        'other',
      ]),
      ownership: random.zipf(['public', 'non_public', 'foreign']),
      registrationNumber: `A-${digits(n, 6)}`,
      registrationDate: daysAfter(publishedAt, -random.int(100, 8000)),
      services: several(draft, 2, 6),
      equipment: several(draft, 0, 5),
      accreditations: random.chance(0.3) ? [`VILAS ${random.int(100, 1600)}`] : [],
      partners: random.chance(0.3) ? several(draft, 1, 2) : [],
    };
  },
  expert(draft) {
    const { random, publishedAt } = draft;
    return {
      academicRank: random.chance(0.2) ? random.zipf(['pgs', 'gs']) : null,
      degree: random.zipf(['ts', 'ths', 'ks', 'tskh', 'other']),
      expertise: several(draft, 2, 6),
      languages: ['vi', ...random.some(['en', 'ja', 'ko', 'zh', 'fr', 'de', 'ru'], 0, 2)],
      country: random.chance(0.85) ? 'VN' : random.pick(['JP', 'KR', 'US', 'DE', 'FR', 'AU', 'SG']),
      willingTo: random.some(['consult', 'council', 'mentor', 'joint_research'], 1, 4),
      consentAt: daysAfter(publishedAt, -7),
    };
  },
  enterprise(draft) {
    const { random, n, publishedAt } = draft;
    const certificateStatus = random.zipf(['valid', 'none', 'expired', 'revoked']);
    const certified = certificateStatus !== 'none';
    return {
      taxCode: `08${digits(n, 8)}`,
      certificateNumber: certified ? `${digits(n, 6)}/DNKHCN` : null,
      certificateDate: certified ? daysAfter(publishedAt, -random.int(10, 2000)) : null,
      certificateAuthority: certified ? 'Sở Khoa học và Công nghệ' : null,
      certificateStatus,
      products: several(draft, 1, 5),
      vsic: random.zipf(['C', 'A', 'M', 'J', ...vsicSections]),
      size: random.zipf(['small', 'micro', 'medium', 'large']),
      exportMarkets: random.chance(0.3) ? random.some(['JP', 'KR', 'US', 'CN', 'DE', 'AU', 'SG', 'TH'], 1, 3) : [],
      standards: random.some(['ISO 9001', 'ISO 22000', 'HACCP', 'VietGAP', 'GlobalGAP', 'ISO 14001'], 0, 2),
    };
  },
  startup(draft) {
    const { random, n, publishedAt } = draft;
    return {
      taxCode: random.chance(0.8) ? `09${digits(n, 8)}` : null,
      foundingYear: Number(inYear(publishedAt)) - random.int(0, 6),
      stage: random.zipf(['prototype', 'first_revenue', 'idea', 'growth']),
      businessModel: text(draft, 20),
      fundingSoughtVnd: random.chance(0.6) ? random.int(2, 200) * 100 * million : null,
      fundingRaisedVnd: random.chance(0.3) ? random.int(1, 100) * 100 * million : null,
      teamSize: random.int(2, 30),
      programme: random.chance(0.3) ? capitalised(short(draft)) : null,
      ip: random.chance(0.3) ? capitalised(short(draft)) : null,
    };
  },
  trademark(draft) {
    const { random, n, publishedAt } = draft;
    const markType = random.zipf(['collective', 'certification', 'gi']);
    const grantedOn = daysAfter(publishedAt, -random.int(30, 3000));
    return {
      markType,
      registrationNumber: `4-${digits(n, 7)}`,
      niceClasses: random.some([29, 30, 31, 33, 35, 3, 21, 25], 1, 3).map(String),
      grantedOn,
      expiresOn: markType === 'gi' ? null : daysAfter(grantedOn, 3650),
      products: several(draft, 1, 4),
      producerCount: random.int(8, 900),
      productionArea: random.chance(0.7) ? text(draft, 15) : null,
      supportActivities: random.chance(0.5) ? several(draft, 1, 3) : [],
    };
  },
  achievement(draft) {
    const { random, n, publishedAt } = draft;
    return {
      taskCode: `ĐT.${inYear(publishedAt)}.${digits(n, 6)}`,
      taskTitle: `Nghiên cứu ${fragment(random, draft.topic.clauses)}, ${short(draft)}`,
      people: Array.from({ length: random.int(1, 5) }, () => personName(random)),
      level: random.zipf(['province', 'grassroots', 'ministry', 'state']),
      acceptedYear: Number(inYear(publishedAt)) - random.int(0, 4),
      result: text(draft, 40),
      appliedAt: random.chance(0.6) ? several(draft, 1, 3) : [],
      impact: several(draft, 1, 3),
      replicable: random.chance(0.5),
    };
  },
  policy(draft) {
    const { random, n, publishedAt } = draft;
    return {
      number: `${n}/QĐ-MAU`,
      issuer: random.zipf(['UBND tỉnh (mẫu)', 'Bộ (mẫu)', 'Sở (mẫu)']),
      issuedOn: publishedAt,
      effectiveOn: daysAfter(publishedAt, random.int(0, 60)),
      validity: random.zipf(['in_force', 'expired', 'not_yet']),
      benefits: text(draft, 40),
    };
  },
};

/** The kind's own attributes of a made-up record, as a form or a list would give them. */
export const attributesOf = (kind: KindCode, draft: Draft): Record<string, unknown> => generators[kind](draft);
