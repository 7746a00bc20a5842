import type { Message } from '../translate.ts';

/** Taking over records from other catalogues. */
export const harvestMessages = {
  'harvest.title': { vi: 'Thu thập từ danh mục khác', en: 'Harvest from other catalogues' },
  'harvest.lead': {
    vi: 'Đọc định kỳ hồ sơ công khai của sàn, danh mục khác. Mỗi hồ sơ mới hay thay đổi đều vào hàng đợi duyệt, ghi rõ nguồn; nội dung đã sửa ở đây không bị ghi đè.',
    en: 'Reads the public records of other exchanges at intervals. Each new record and each change goes to the review queue with its source; what was edited here is never overwritten.',
  },
  'harvest.saved': { vi: 'Đã lưu.', en: 'Saved.' },
  'harvest.sources': { vi: 'Các nguồn', en: 'Sources' },
  'harvest.none': {
    vi: 'Chưa có nguồn nào. Hãy thêm nguồn đầu tiên bên dưới.',
    en: 'There is no source yet. Add the first one below.',
  },
  'harvest.add': { vi: 'Thêm nguồn', en: 'Add a source' },
  'harvest.change': { vi: 'Sửa nguồn', en: 'Change the source' },
  'harvest.save': { vi: 'Lưu nguồn', en: 'Save the source' },
  'harvest.name': { vi: 'Tên nguồn', en: 'Name of the source' },
  'harvest.nameHint': {
    vi: 'Hiện trên trang công khai của hồ sơ, ví dụ «Sàn công nghệ tỉnh B».',
    en: 'Shown on the records’ public pages, such as “Technology exchange of province B”.',
  },
  'harvest.url': { vi: 'Địa chỉ', en: 'Address' },
  'harvest.urlHint': {
    vi: 'Địa chỉ trang của danh mục kia (ví dụ https://khcn.example.vn), hoặc địa chỉ tệp CSV, XLSX.',
    en: 'The other catalogue’s site (such as https://khcn.example.vn), or the address of a CSV or XLSX file.',
  },
  'harvest.format': { vi: 'Loại nguồn', en: 'Kind of source' },
  'harvest.format.api': {
    vi: 'API của một sàn, danh mục (/api/v1/changes)',
    en: 'API of a catalogue (/api/v1/changes)',
  },
  'harvest.format.csv': {
    vi: 'Tệp CSV hoặc XLSX, tên cột như khi nhập dữ liệu',
    en: 'CSV or XLSX file, columns named as in an import',
  },
  'harvest.kinds': { vi: 'Loại hồ sơ lấy về', en: 'Kinds of records to take' },
  'harvest.kindsHint': { vi: 'Tệp CSV chỉ chứa một loại.', en: 'A CSV file holds one kind.' },
  'harvest.interval': { vi: 'Đọc lại', en: 'Read again' },
  'harvest.every.1': { vi: 'mỗi giờ', en: 'every hour' },
  'harvest.every.6': { vi: 'mỗi 6 giờ', en: 'every 6 hours' },
  'harvest.every.24': { vi: 'mỗi ngày', en: 'every day' },
  'harvest.every.168': { vi: 'mỗi tuần', en: 'every week' },
  'harvest.run': { vi: 'Đọc ngay', en: 'Read now' },
  'harvest.pause': { vi: 'Tạm dừng', en: 'Pause' },
  'harvest.resume': { vi: 'Tiếp tục', en: 'Resume' },
  'harvest.remove': { vi: 'Bỏ nguồn', en: 'Remove' },
  'harvest.edit': { vi: 'Sửa', en: 'Change' },
  'harvest.which': { vi: '{do}: {name}', en: '{do}: {name}' },
  'harvest.state.running': { vi: 'đang đọc', en: 'being read' },
  'harvest.state.paused': { vi: 'tạm dừng', en: 'paused' },
  'harvest.state.active': { vi: 'đang dùng', en: 'in use' },
  'harvest.lastRun': { vi: 'Lần đọc gần nhất: {moment}', en: 'Last read: {moment}' },
  'harvest.never': { vi: 'Chưa đọc lần nào', en: 'Not read yet' },
  'harvest.counts': {
    vi: '{read} hồ sơ đã đọc: {proposed} vào hàng đợi, {unchanged} không đổi, {waiting} chờ, {invalid} sai, {gone} đã rút ở nguồn, {passed} bỏ qua',
    en: '{read} records read: {proposed} to the queue, {unchanged} unchanged, {waiting} waiting, {invalid} wrong, {gone} withdrawn at the source, {passed} passed over',
  },
  'harvest.goneTitle': { vi: 'Đã rút ở nguồn, còn công khai ở đây', en: 'Withdrawn at the source, still public here' },
  'harvest.goneHint': {
    vi: 'Nguồn không còn công khai các hồ sơ này. Rút theo nguồn, hoặc giữ lại như hồ sơ của sàn này.',
    en: 'Their source no longer shows these records. Withdraw them here as well, or keep them as our own.',
  },
  'harvest.gone.withdraw': { vi: 'Rút hồ sơ', en: 'Withdraw' },
  'harvest.gone.keep': { vi: 'Giữ lại', en: 'Keep' },
  'harvest.troubleTitle': { vi: 'Chưa lấy về được', en: 'Not taken' },
  'harvest.trouble.invalid': { vi: 'Sai quy tắc của danh mục', en: 'Breaks the catalogue’s rules' },
  'harvest.trouble.waiting': {
    vi: 'Chờ: hồ sơ này đang có người sửa ở đây',
    en: 'Waiting: somebody is changing this record here',
  },
  'harvest.trouble.known': {
    vi: 'Ở đây đã có hồ sơ với cùng mã số',
    en: 'A record with the same number is here already',
  },
  'harvest.origin': { vi: 'Nguồn thu thập', en: 'Harvested from' },
  'harvest.originLine': { vi: '{name}, lấy về lúc {moment}', en: '{name}, read at {moment}' },
  'harvest.originPage': { vi: 'Trang của hồ sơ ở nguồn', en: 'The record’s page at the source' },
  'harvest.originId': { vi: 'Định danh ở nguồn: {id}', en: 'Its name at the source: {id}' },
  'harvest.note.areas': {
    vi: 'Không lấy địa bàn không có trong danh mục này: {values}.',
    en: 'Places unknown here were left out: {values}.',
  },
  'harvest.note.fields': {
    vi: 'Không lấy lĩnh vực không có trong bảng phân loại: {values}.',
    en: 'Fields unknown here were left out: {values}.',
  },
  'harvest.note.links': {
    vi: 'Liên kết tới hồ sơ chưa có ở đây: {values}.',
    en: 'Links to records that are not here: {values}.',
  },
  'harvest.note.kept': {
    vi: 'Đã được sửa ở cả hai nơi; giữ nội dung ở đây: {values}.',
    en: 'Edited on both sides; what stands here is kept: {values}.',
  },
  'harvest.note.invalid': { vi: 'Chưa đúng: {values}.', en: 'Not right: {values}.' },

  'harvest.form.name': {
    vi: 'Hãy ghi tên nguồn, từ 3 đến 120 ký tự.',
    en: 'Give the source a name of 3 to 120 characters.',
  },
  'harvest.form.url': {
    vi: 'Hãy ghi địa chỉ bắt đầu bằng https:// hoặc http://.',
    en: 'Give an address that begins with https:// or http://.',
  },
  'harvest.form.format': { vi: 'Hãy chọn loại nguồn.', en: 'Choose the kind of source.' },
  'harvest.form.interval': { vi: 'Hãy chọn một khoảng thời gian.', en: 'Choose an interval.' },
  'harvest.form.kinds': { vi: 'Hãy chọn ít nhất một loại hồ sơ.', en: 'Choose at least one kind.' },
  'harvest.form.oneKind': { vi: 'Một tệp chỉ chứa một loại hồ sơ.', en: 'A file holds one kind of records.' },
  'harvest.form.taken': { vi: 'Địa chỉ này đã là một nguồn.', en: 'This address is a source already.' },
  'harvest.form.missing': { vi: 'Mục này không còn; hãy tải lại trang.', en: 'That is gone; load the page again.' },

  'harvest.problem.address': {
    vi: 'Địa chỉ không dùng được: {address}.',
    en: 'The address cannot be used: {address}.',
  },
  'harvest.problem.host': { vi: 'Không tìm thấy máy chủ {host}.', en: 'There is no host {host}.' },
  'harvest.problem.private': {
    vi: '{host} thuộc mạng nội bộ: không đọc được từ đây.',
    en: '{host} is in a private network: it is not read from here.',
  },
  'harvest.problem.connection': { vi: 'Không kết nối được với {host}.', en: 'No connection to {host}.' },
  'harvest.problem.slow': {
    vi: '{host} không trả lời trong {seconds} giây.',
    en: '{host} did not answer within {seconds} seconds.',
  },
  'harvest.problem.redirects': { vi: '{host} chuyển hướng quá nhiều lần.', en: '{host} redirects too often.' },
  'harvest.problem.large': { vi: 'Câu trả lời lớn hơn {max} MB.', en: 'The answer is larger than {max} MB.' },
  'harvest.problem.type': {
    vi: 'Nguồn trả lời kiểu {type}, không phải dữ liệu.',
    en: 'The answer is of type {type}, which is no data.',
  },
  'harvest.problem.status': { vi: 'Nguồn trả lời mã {status}.', en: 'The source answers with status {status}.' },
  'harvest.problem.answer': {
    vi: 'Câu trả lời không đúng dạng /api/v1/changes.',
    en: 'The answer does not have the form of /api/v1/changes.',
  },
  'harvest.problem.file': { vi: 'Không đọc được tệp CSV, XLSX này.', en: 'The CSV or XLSX file cannot be read.' },
  'harvest.problem.noKey': {
    vi: 'Tệp không có dòng nào mang mã (mã hồ sơ, mã số thuế… hoặc cột id).',
    en: 'No row of the file has a key (record code, tax code … or a column id).',
  },
  'harvest.problem.self': { vi: 'Đây chính là danh mục này.', en: 'This is this very catalogue.' },
  'harvest.problem.unknown': {
    vi: 'Có lỗi khi ghi; sẽ thử lại. Chi tiết trong nhật ký máy chủ.',
    en: 'Something failed while writing; it is tried again. The server’s log says more.',
  },

  'audit.harvestAdded': { vi: 'thêm nguồn thu thập', en: 'added a source to harvest' },
  'audit.harvestChanged': { vi: 'sửa nguồn thu thập', en: 'changed a source to harvest' },
  'audit.harvestRun': { vi: 'đọc nguồn thu thập', en: 'started a harvest' },
  'audit.harvestPaused': { vi: 'tạm dừng nguồn thu thập', en: 'paused a source' },
  'audit.harvestRemoved': { vi: 'bỏ nguồn thu thập', en: 'removed a source' },
  'audit.harvestWithdrawn': { vi: 'rút theo nguồn', en: 'withdrew as its source did' },
  'audit.harvestKept': { vi: 'giữ lại hồ sơ đã rút ở nguồn', en: 'kept what its source withdrew' },
} as const satisfies Record<string, Message>;
