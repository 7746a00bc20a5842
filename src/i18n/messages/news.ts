/** Texts of articles and the bulletin, and what the Department's pages about events and articles have in common. */
export const newsMessages = {
  'news.gone': {
    vi: 'Việc này không làm được nữa: có lẽ ai đó vừa làm rồi. Hãy tải lại trang.',
    en: 'This cannot be done any more: perhaps somebody has just done it. Load the page again.',
  },
  'news.status.draft': { vi: 'Bản nháp', en: 'Draft' },
  'news.status.published': { vi: 'Đã công bố', en: 'Published' },
  'news.status.cancelled': { vi: 'Đã huỷ', en: 'Cancelled' },
  'news.summary': { vi: 'Tóm tắt', en: 'Summary' },
  'news.summary.hint': { vi: 'Một, hai câu; hiện trong danh sách.', en: 'One or two sentences, shown in lists.' },
  'news.markdown.hint': {
    vi: 'Dòng trống tách đoạn. **chữ đậm**, ## tiêu đề, - gạch đầu dòng, [chữ](địa chỉ).',
    en: 'An empty line separates paragraphs. **bold**, ## heading, - list, [text](address).',
  },
  'news.english': { vi: 'Bản tiếng Anh', en: 'In English' },
  'news.english.hint': {
    vi: 'Không bắt buộc; trang tiếng Anh dùng bản tiếng Việt khi để trống.',
    en: 'Not required; the English pages show the Vietnamese text when left empty.',
  },
  'news.titleEn': { vi: 'Tên tiếng Anh', en: 'Title in English' },
  'news.summaryEn': { vi: 'Tóm tắt tiếng Anh', en: 'Summary in English' },
  'news.save': { vi: 'Lưu', en: 'Save' },
  'news.saveDraft': { vi: 'Lưu bản nháp', en: 'Save the draft' },
  'news.saved': { vi: 'Đã lưu.', en: 'Saved.' },
  'news.removed': { vi: 'Đã xoá.', en: 'Removed.' },
  'news.publish': { vi: 'Công bố', en: 'Publish' },
  'news.removeDraft': { vi: 'Xoá bản nháp', en: 'Remove the draft' },
  'news.edit': { vi: 'Sửa', en: 'Edit' },
  'news.view': { vi: 'Xem trang công khai', en: 'See the public page' },
  'news.seePreview': { vi: 'Xem thử', en: 'Preview' },
  'news.preview': {
    vi: 'Bản xem thử: chỉ cán bộ của Sở thấy trang này.',
    en: 'Preview: only the Department’s people see this page.',
  },
  'news.backToEdit': { vi: 'Quay lại sửa', en: 'Back to editing' },
  'news.problem.summary': { vi: 'Hãy nhập tóm tắt, 10 đến 500 ký tự.', en: 'Enter a summary, 10 to 500 characters.' },
  'news.problem.body': { vi: 'Nội dung dài quá 20.000 ký tự.', en: 'The text has more than 20,000 characters.' },
  'news.problem.titleEn': {
    vi: 'Tên tiếng Anh dài quá 200 ký tự.',
    en: 'The English title has more than 200 characters.',
  },
  'news.problem.summaryEn': {
    vi: 'Tóm tắt tiếng Anh dài quá 500 ký tự.',
    en: 'The English summary has more than 500 characters.',
  },
};
