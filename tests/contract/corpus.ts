import type { SearchDocument } from '../../search/engine.ts';

export const day = (n: number): number => Date.UTC(2026, 0, 1 + n);

/** A document with nothing but what is given. */
export const documentOf = (
  document: Partial<SearchDocument> & Pick<SearchDocument, 'id' | 'title'>,
): SearchDocument => ({
  kind: 'offer',
  slug: `ho-so-${document.id}`,
  titleEn: null,
  summary: '',
  summaryEn: null,
  body: '',
  keys: [],
  places: [],
  facets: { kind: [document.kind ?? 'offer'] },
  card: {},
  publishedAt: day(0),
  completeness: 0.5,
  ...document,
});

export const synonyms = [
  ['KH&CN', 'khoa học và công nghệ', 'science and technology'],
  ['CNTT', 'công nghệ thông tin', 'IT', 'information technology'],
  ['AI', 'trí tuệ nhân tạo', 'artificial intelligence'],
  ['ĐGBB', 'đóng gói bao bì'],
];

const spellings = [
  documentOf({
    id: 1,
    title: 'Công nghệ sấy vải thiều bằng bơm nhiệt',
    summary: 'Giữ màu và hương của quả vải.',
    keys: ['sấy lạnh'],
    places: ['Thanh Hà'],
    facets: { kind: ['offer'], field: ['2', '211'], area: ['30'], trl: ['8'] },
    card: { fields: ['211'], price: 12.5 },
    publishedAt: day(20),
  }),
  documentOf({ id: 2, title: 'Dệt vai áo tự động', facets: { kind: ['offer'], field: ['2', '211'] } }),
  documentOf({
    id: 3,
    title: 'Tìm máy đóng gói quả vải',
    kind: 'need',
    facets: { kind: ['need'], field: ['2', '211'] },
  }),
  documentOf({ id: 5, title: 'Thiều quang và vải lụa' }),
  documentOf({ id: 6, title: 'Điều hoà không khí' }),
  documentOf({ id: 7, title: 'Quạt điều hòa bay hơi' }),
  documentOf({ id: 8, title: 'Kĩ thuật tưới nhỏ giọt' }),
  documentOf({ id: 9, title: 'Kỹ thuật ghép cành' }),
  documentOf({ id: 18, title: 'Quản lí nước thải' }),
  documentOf({ id: 19, title: 'Quản lý rác' }),
  documentOf({ id: 29, title: 'Đèn đường' }),
  documentOf({ id: 38, title: 'Lúa nếp cái hoa vàng'.normalize('NFD') }),
  documentOf({ id: 34, title: 'Gia phong' }),
  documentOf({ id: 35, title: 'Gia phonh', kind: 'need' }),
  documentOf({ id: 39, title: 'Trung tâm Biotechnology', summary: 'Nuôi cấy mô.' }),
];

const synonymous = [
  documentOf({ id: 10, title: 'Ứng dụng AI trong chẩn đoán' }),
  documentOf({ id: 11, title: 'Trí tuệ nhân tạo cho nông nghiệp' }),
  documentOf({ id: 12, title: 'Làng nghề Ái Quốc' }),
  documentOf({ id: 13, title: 'Điều khiển giao thông', titleEn: 'Artificial intelligence for traffic' }),
  documentOf({ id: 14, title: 'Sở KH&CN tuyển chọn nhiệm vụ' }),
  documentOf({ id: 15, title: 'Chương trình khoa học và công nghệ cấp tỉnh' }),
  documentOf({ id: 16, title: 'CNTT trong trường học' }),
  documentOf({ id: 36, title: 'Bao bì tự huỷ, đóng gói kín' }),
  documentOf({ id: 17, title: 'Công nghệ thông tin cho hợp tác xã' }),
];

const places = [
  documentOf({ id: 20, title: 'Nhân giống quýt', publishedAt: day(1) }),
  documentOf({ id: 21, title: 'Cây có múi', summary: 'Cam và quýt sạch bệnh.', publishedAt: day(2) }),
  documentOf({ id: 22, title: 'Vườn mẫu', body: `${'Đất bãi ven sông. '.repeat(30)}Có cả quýt.`, publishedAt: day(3) }),
  documentOf({ id: 37, title: 'Giống mới' }),
  documentOf({ id: 30, title: 'Hồ sơ chứng nhận', keys: ['0800123456', 'TCVN11892'] }),
  documentOf({ id: 31, title: 'Cảm biến <script>alert("x")</script> & đo', summary: 'Đo "độ ẩm" <b>đất</b>.' }),
  documentOf({ id: 32, title: 'Trạm quan trắc', places: ['Thành phố Hải Phòng', 'Tỉnh Hải Dương'] }),
  documentOf({ id: 33, title: 'Không phân loại', facets: {} }),
];

const alike = [
  documentOf({ id: 40, title: 'Mẫu đối chứng', publishedAt: day(1) }),
  documentOf({ id: 41, title: 'Mẫu đối chứng', publishedAt: day(25) }),
  documentOf({ id: 42, title: 'Mẫu song sinh', completeness: 0.2 }),
  documentOf({ id: 43, title: 'Mẫu song sinh', completeness: 0.8 }),
];

/** Titles in the order of the Vietnamese alphabet: digits first, tones decide last. */
export const alphabet =
  '7 ngày, An, An Bình, Anh, Ăn, Ân, Bò, Da, Đa, Em, Ên, Ma, Mà, Mả, Mã, Má, Mạ, Mía, No, Ô, Ơ, Tự, U, Ư, Xôi, Yên, Zen'.split(
    ', ',
  );
// Shuffled, so that the order of arrival is not the answer.
const titled = alphabet
  .map((title, i) => documentOf({ id: 60 + i, title, keys: ['mục từ'] }))
  .toSorted((a, b) => ((a.id * 7) % 27) - ((b.id * 7) % 27));

const lots = Array.from({ length: 60 }, (_, i) =>
  documentOf({
    id: 200 + i,
    title: `Lô hàng ${i}`,
    kind: i % 2 ? 'need' : 'offer',
    facets: {
      kind: [i % 2 ? 'need' : 'offer'],
      area: [String(i % 3), ...(i % 5 === 0 ? ['9'] : [])],
      ...(i % 4 === 0 && { trl: ['08'] }),
    },
    publishedAt: day((i * 37) % 60),
    completeness: (i % 7) / 7,
  }),
);

/** What both engines are asked about. */
export const corpus: SearchDocument[] = [...spellings, ...synonymous, ...places, ...alike, ...titled, ...lots];
export const lotDocuments: SearchDocument[] = lots;
