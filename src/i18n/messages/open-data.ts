import type { Message } from '../translate.ts';

/** The open data: its page, its columns beyond the attributes' own labels, feeds. */
export const openDataMessages = {
  'openData.title': { vi: 'Dữ liệu mở và API', en: 'Open data and API' },
  'openData.lead': {
    vi: 'Tải toàn bộ hồ sơ công khai về dùng, hoặc cho máy đọc qua API. Không cần đăng ký, không cần khoá.',
    en: 'Download every public record, or let machines read them through the API. No registration, no key.',
  },
  'openData.downloads': { vi: 'Tải dữ liệu', en: 'Downloads' },
  'openData.downloadsHint': {
    vi: 'Địa chỉ tệp không đổi; nội dung luôn là hồ sơ công khai lúc tải. CSV và XLSX mở được ngay bằng Excel.',
    en: 'The addresses stay; the content is what is public when you download. CSV and XLSX open in Excel as they are.',
  },
  'openData.dataset': { vi: 'Bộ dữ liệu', en: 'Dataset' },
  'openData.records': { vi: 'Số hồ sơ', en: 'Records' },
  'openData.modified': { vi: 'Cập nhật', en: 'Last changed' },
  'openData.files': { vi: 'Tệp', en: 'Files' },
  'openData.never': { vi: 'chưa có', en: 'nothing yet' },
  'openData.file': { vi: '{format}: {name}', en: '{format}: {name}' },
  'openData.licence': { vi: 'Giấy phép', en: 'Licence' },
  'openData.licenceText': {
    vi: 'Được sao chép, chia sẻ, dùng lại, kể cả cho mục đích thương mại, với điều kiện ghi nguồn «{department}, {site}». Ảnh và logo thuộc chủ hồ sơ. Thông tin liên hệ chỉ dùng để liên hệ về chính hồ sơ đó.',
    en: 'You may copy, share and reuse the data, also commercially, if you name the source: “{department}, {site}”. Pictures and logos belong to the records’ owners. Contact data is for contact about that record only.',
  },
  'openData.publisher': { vi: 'Đơn vị công bố', en: 'Publisher' },
  'openData.catalogue': { vi: 'Mô tả cho máy (DCAT-AP, JSON-LD)', en: 'Description for machines (DCAT-AP, JSON-LD)' },
  'openData.about': { vi: 'Bộ dữ liệu', en: 'Dataset' },
  'openData.address': { vi: 'Địa chỉ', en: 'Address' },
  'openData.description': {
    vi: '{kind}: toàn bộ hồ sơ công khai trên {site}. {intro}',
    en: '{kind}: every public record of {site}. {intro}',
  },
  'openData.catalogueDescription': {
    vi: 'Hồ sơ công khai của {site}, do {department} công bố.',
    en: 'The public records of {site}, published by the {department}.',
  },
  'openData.sheet.data': { vi: 'Dữ liệu', en: 'Data' },
  'openData.sheet.dictionary': { vi: 'Từ điển', en: 'Dictionary' },
  'openData.sheet.about': { vi: 'Thông tin', en: 'About' },

  'openData.dictionary': { vi: 'Từ điển dữ liệu', en: 'Field dictionary' },
  'openData.dictionaryHint': {
    vi: 'Tệp CSV và JSON dùng tên cột; tệp XLSX dùng tên gọi. Trong một ô, nhiều giá trị cách nhau bằng « | ». Chữ bắt đầu bằng = + - @ có thêm dấu nháy đơn phía trước trong tệp CSV để bảng tính không coi là công thức.',
    en: 'CSV and JSON use the column names, XLSX the labels. Several values in one cell are separated by “ | ”. In CSV, text that begins with = + - @ has an apostrophe in front, so that no spreadsheet takes it for a formula.',
  },
  'openData.dictionary.shared': { vi: 'Cột chung của mọi bộ dữ liệu', en: 'Columns of every dataset' },
  'openData.dictionary.own': { vi: 'Cột riêng: {kind}', en: 'Own columns: {kind}' },
  'openData.dictionary.name': { vi: 'Tên cột', en: 'Column' },
  'openData.dictionary.label': { vi: 'Tên gọi', en: 'Label' },
  'openData.dictionary.type': { vi: 'Kiểu', en: 'Type' },
  'openData.dictionary.values': { vi: 'Ý nghĩa, mã', en: 'Meaning, codes' },

  'openData.type.text': { vi: 'chữ', en: 'text' },
  'openData.type.longText': { vi: 'chữ, Markdown', en: 'text, Markdown' },
  'openData.type.list': { vi: 'nhiều đoạn chữ', en: 'list of texts' },
  'openData.type.choice': { vi: 'một mã', en: 'one code' },
  'openData.type.choices': { vi: 'nhiều mã', en: 'list of codes' },
  'openData.type.codes': { vi: 'nhiều mã', en: 'list of codes' },
  'openData.type.integer': { vi: 'số nguyên', en: 'whole number' },
  'openData.type.money': { vi: 'số nguyên, đồng', en: 'whole number, VND' },
  'openData.type.date': { vi: 'ngày, ISO 8601', en: 'date, ISO 8601' },
  'openData.type.flag': { vi: 'true hoặc false', en: 'true or false' },
  'openData.type.url': { vi: 'địa chỉ web', en: 'web address' },
  'openData.type.email': { vi: 'email', en: 'e-mail' },

  'openData.column.id': { vi: 'Định danh', en: 'Identifier' },
  'openData.column.url': { vi: 'Địa chỉ trang', en: 'Page' },
  'openData.column.urlEn': { vi: 'Địa chỉ trang tiếng Anh', en: 'English page' },
  'openData.column.images': { vi: 'Ảnh', en: 'Pictures' },
  'openData.column.updatedAt': { vi: 'Cập nhật lúc', en: 'Updated at' },
  'openData.note.id': {
    vi: 'UUID của hồ sơ, không bao giờ đổi hay dùng lại.',
    en: 'UUID of the record; never changed, never given again.',
  },
  'openData.note.url': { vi: 'Không đổi sau khi công khai.', en: 'Stays once it is public.' },
  'openData.note.externalId': {
    vi: 'Mã trong danh sách của Sở, nếu có.',
    en: 'The code in the Department’s lists, if any.',
  },
  'openData.note.contactEmail': {
    vi: 'Chỉ khi chủ hồ sơ cho hiển thị công khai.',
    en: 'Only where the owner shows it to everybody.',
  },
  'openData.note.contactPhone': {
    vi: 'Chỉ khi chủ hồ sơ cho hiển thị công khai.',
    en: 'Only where the owner shows it to everybody.',
  },
  'openData.note.images': {
    vi: 'Địa chỉ các ảnh WebP, logo đứng đầu.',
    en: 'Addresses of WebP pictures, the logo first.',
  },
  'openData.note.demo': {
    vi: 'true: hồ sơ mẫu, không mô tả tổ chức hay người có thật.',
    en: 'true: an illustration that describes nobody real.',
  },
  'openData.note.updatedAt': { vi: 'Ngày giờ theo UTC.', en: 'Date and time, UTC.' },
  'openData.note.anonymous': {
    vi: 'true: không nêu đơn vị có nhu cầu, địa bàn chỉ ghi đến cấp tỉnh.',
    en: 'true: the requester is not named, and the place is given by province only.',
  },
  'openData.note.relation': { vi: 'Địa chỉ trang của hồ sơ liên kết.', en: 'Pages of the linked records.' },
  'openData.codes.fields': {
    vi: 'Mã Bảng phân loại lĩnh vực nghiên cứu khoa học và công nghệ quốc gia.',
    en: 'Codes of the national classification of S&T fields.',
  },
  'openData.codes.areas': {
    vi: 'Mã địa bàn, như trong bộ lọc của trang web.',
    en: 'Codes of places, as in the site’s filters.',
  },
  'openData.codes.country': { vi: 'Mã quốc gia ISO 3166-1.', en: 'Country codes, ISO 3166-1.' },
  'openData.codes.language': { vi: 'Mã ngôn ngữ ISO 639.', en: 'Language codes, ISO 639.' },
  'openData.codes.niceClass': { vi: 'Số nhóm của Bảng phân loại Nice.', en: 'Classes of the Nice Classification.' },
  'openData.codes.vsic': {
    vi: 'Mã cấp 1 (A–U) của Hệ thống ngành kinh tế Việt Nam.',
    en: 'Sections (A–U) of the Vietnam Standard Industrial Classification.',
  },
  'openData.codes.trl': { vi: 'Từ 1 đến 9 (ISO 16290).', en: 'From 1 to 9 (ISO 16290).' },

  'feed.ofList': {
    vi: '{list}: mới công bố theo bộ lọc này (Atom)',
    en: '{list}: newly published, with these filters (Atom)',
  },

  'changes.problem.kind': { vi: 'Không có loại hồ sơ «{value}».', en: 'There is no kind “{value}”.' },
  'changes.problem.limit': { vi: 'limit phải là số từ 1 đến 100.', en: 'limit must be a number from 1 to 100.' },
  'changes.problem.since': {
    vi: 'updatedSince phải là ngày hoặc ngày giờ ISO 8601, ví dụ 2026-11-25T08:00:00Z.',
    en: 'updatedSince must be a date or date and time in ISO 8601, such as 2026-11-25T08:00:00Z.',
  },
  'changes.problem.cursor': {
    vi: 'Con trỏ này không thuộc danh mục hiện tại; hãy đọc lại từ đầu, không dùng cursor.',
    en: 'This cursor is not of the present catalogue; begin again without a cursor.',
  },
} as const satisfies Record<string, Message>;
