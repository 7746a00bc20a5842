import type { Language } from '../../../search/engine.ts';
import type { KindCode } from '../kind.ts';
import { type Label, labelOf } from '../labels.ts';
import type { ImportError } from './report.ts';

/**
 * What each message key says after «line, column:». `{detail}` is what would be right, or what it collides with.
 */
export const errorMessages: Record<string, Label> = {
  'error.required': { vi: 'không được để trống', en: 'must not be empty' },
  'error.text': { vi: 'phải là một đoạn chữ', en: 'must be text' },
  'error.tooLong': { vi: 'quá dài', en: 'is too long' },
  'error.tooMany': { vi: 'có quá nhiều mục', en: 'has too many items' },
  'error.format': { vi: 'không đúng dạng', en: 'does not have the expected form' },
  'error.code': { vi: 'phải là mã, ví dụ VN, vi hoặc 31', en: 'must be a code, such as VN, vi or 31' },
  'error.choice': { vi: 'phải là một trong: {detail}', en: 'must be one of: {detail}' },
  'error.integer': { vi: 'phải là số nguyên, chỉ gồm chữ số', en: 'must be a whole number, digits only' },
  'error.range': { vi: 'phải trong khoảng {detail}', en: 'must be within {detail}' },
  'error.date': { vi: 'phải là ngày, ví dụ 31/12/2026', en: 'must be a date, such as 31/12/2026 or 2026-12-31' },
  'error.future': { vi: 'không được sau ngày hôm nay', en: 'must not be after today' },
  'error.flag': { vi: 'phải là có hoặc không (1 hoặc 0)', en: 'must be yes or no (1 or 0)' },
  'error.url': {
    vi: 'phải là địa chỉ web, ví dụ https://example.vn',
    en: 'must be a web address, such as https://example.vn',
  },
  'error.email': {
    vi: 'phải là địa chỉ email, ví dụ ten@example.vn',
    en: 'must be an e-mail address, such as name@example.vn',
  },
  'error.phone': {
    vi: 'phải là số điện thoại, ví dụ 0220 3123 456',
    en: 'must be a phone number, such as +84 220 3123 456',
  },
  'error.taxCode': {
    vi: 'phải là mã số thuế 10, 12 hoặc 13 chữ số (để ô ở dạng chữ nếu mất số 0 đầu)',
    en: 'must be a tax code of 10, 12 or 13 digits (format the cell as text to keep a leading 0)',
  },
  'error.orcid': {
    vi: 'phải là mã ORCID, ví dụ 0000-0002-1825-0097',
    en: 'must be an ORCID, such as 0000-0002-1825-0097',
  },
  'error.consentMissing': {
    vi: 'thiếu ngày người này đồng ý công khai thông tin',
    en: 'the day on which the person agreed to be published is missing',
  },
  'error.wantedAndExcluded': {
    vi: 'vừa mong muốn vừa loại trừ cùng một loại đối tác',
    en: 'the same type of partner is sought and not wanted',
  },
  'error.maxBelowMin': { vi: 'mức cao nhất nhỏ hơn mức thấp nhất', en: 'the upper end is below the lower end' },
  'error.endBeforeStart': { vi: 'phải sau ngày bắt đầu', en: 'must be after the start' },

  'error.unknownColumn': { vi: 'cột này không có trong danh mục', en: 'is not a column of this catalogue' },
  'error.duplicateColumn': { vi: 'trùng với cột «{detail}»', en: 'means the same as the column “{detail}”' },
  'error.formula': {
    vi: 'công thức trong ô bị lỗi hoặc chưa được tính; hãy dán giá trị thay cho công thức',
    en: 'the formula in this cell has failed or was never calculated; paste its value instead',
  },
  'error.merged': {
    vi: 'ô bị gộp với ô khác; hãy bỏ gộp ô và ghi giá trị vào từng ô',
    en: 'is merged with another cell; unmerge them and write the value into each',
  },
  'error.noPage': { vi: 'không có hồ sơ nào ở địa chỉ này', en: 'no record has this address' },
  'error.openRevision': {
    vi: 'hồ sơ đang có bản sửa chưa duyệt; hãy duyệt hoặc trả lại bản đó trước',
    en: 'somebody’s change of this record has not been decided on; approve or return it first',
  },
  'error.noKey': { vi: 'cần ít nhất một mã để nhận ra hồ sơ: {detail}', en: 'needs a number to know it by: {detail}' },
  'error.duplicateKey': { vi: 'đã có ở dòng {detail}', en: 'is already on line {detail}' },
  'error.keyConflict': { vi: 'đã thuộc về hồ sơ khác: {detail}', en: 'belongs to another record: {detail}' },
  'error.unknownCode': {
    vi: 'không có mã {detail} trong bảng phân loại',
    en: 'the classification has no code {detail}',
  },
  'error.unknownArea': { vi: 'không có địa bàn «{detail}»', en: 'there is no place “{detail}”' },
  'error.ambiguousArea': {
    vi: 'tên này ứng với nhiều địa bàn, hãy ghi mã: {detail}',
    en: 'means several places, give the code: {detail}',
  },
  'error.unknownLink': { vi: 'không tìm thấy hồ sơ có mã «{detail}»', en: 'no record has the code “{detail}”' },
  'error.oneOnly': { vi: 'chỉ được ghi một hồ sơ', en: 'takes one record only' },
  'error.noRecord': {
    vi: 'không có hồ sơ công khai nào tên «{detail}»',
    en: 'names no public record: “{detail}”',
  },
  'error.likeRecord': {
    vi: 'chưa khớp tên nào; có phải {detail}?',
    en: 'matches no name exactly; did you mean {detail}?',
  },
  'error.sameRecords': {
    vi: 'có nhiều hồ sơ cùng tên; hãy ghi địa chỉ trang: {detail}',
    en: 'several records have this name; give the address of the page: {detail}',
  },

  'file.tooLarge': { vi: 'Tệp lớn hơn {max} MB.', en: 'The file is larger than {max} MB.' },
  'file.tooManyRows': {
    vi: 'Tệp có hơn {max} dòng; hãy chia thành nhiều tệp.',
    en: 'The file has more than {max} rows; split it.',
  },
  'file.tooManyColumns': { vi: 'Tệp có hơn {max} cột.', en: 'The file has more than {max} columns.' },
  'file.tooManyCells': {
    vi: 'Dòng {line} có nhiều ô hơn dòng tiêu đề; ô chứa dấu phân cách phải đặt trong dấu ngoặc kép.',
    en: 'Line {line} has more cells than the header; a cell that contains the separator must be quoted.',
  },
  'file.empty': { vi: 'Tệp không có dòng nào.', en: 'The file has no rows.' },
  'file.encoding': {
    vi: 'Không đọc được chữ trong tệp. Trong Excel, chọn Lưu thành (Save As) → «CSV UTF-8» hoặc «Excel Workbook (.xlsx)».',
    en: 'The text encoding is not known. In Excel choose Save As → “CSV UTF-8” or “Excel Workbook (.xlsx)”.',
  },
  'file.oldExcel': {
    vi: 'Đây là tệp Excel đời cũ (.xls). Trong Excel, chọn Lưu thành (Save As) → «Excel Workbook (.xlsx)».',
    en: 'This is an old Excel file (.xls). In Excel choose Save As → “Excel Workbook (.xlsx)”.',
  },
  'file.encrypted': {
    vi: 'Tệp Excel này được đặt mật khẩu. Hãy bỏ mật khẩu rồi lưu lại dạng «Excel Workbook (.xlsx)».',
    en: 'This Excel file has a password. Remove it and save again as “Excel Workbook (.xlsx)”.',
  },
  'file.quotes': {
    vi: 'Dấu ngoặc kép ở gần dòng {line} không khép đúng.',
    en: 'A quotation mark near line {line} is not closed properly.',
  },
  'file.notSpreadsheet': {
    vi: 'Tệp không phải bảng tính Excel (.xlsx), hoặc bị hỏng.',
    en: 'The file is not an Excel workbook (.xlsx), or it is damaged.',
  },
  'file.bomb': {
    vi: 'Tệp nén phình ra quá {max} MB khi mở.',
    en: 'The compressed file grows beyond {max} MB when opened.',
  },
};

/** A message in the reader's language with its values filled in. */
export function messageText(
  key: string,
  language: Language,
  values: Record<string, string | number | undefined> = {},
): string {
  const text = (errorMessages[key] ?? errorMessages['error.format'])[language];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** An error of an import as a person reads it: the column's name and what is wrong with it. */
export function errorText(kind: KindCode, error: ImportError, language: Language): { column: string; reason: string } {
  const named = (attribute: string) => labelOf(kind, attribute)[language];
  const detail = error.message === 'error.noKey' ? error.detail?.split(', ').map(named).join(', ') : error.detail;
  return { column: named(error.column), reason: messageText(error.message, language, { value: error.value, detail }) };
}
