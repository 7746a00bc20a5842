/** Texts of alerts: what people are told about, and the digest that tells them. */
export const alertMessages = {
  'alert.tellMe': { vi: 'Báo cho tôi khi có kết quả mới', en: 'Tell me of new results' },
  'alert.title': { vi: 'Theo dõi', en: 'Alerts' },
  'alert.lead': {
    vi: 'Có gì mới, chúng tôi gộp vào một thư buổi sáng. Không có gì mới thì không có thư, và mỗi kết quả chỉ báo một lần.',
    en: 'What is new comes in one mail in the morning. Nothing new, no mail; and each result is told once.',
  },
  'alert.new.lead': {
    vi: 'Mỗi khi có hồ sơ mới khớp với tìm kiếm này, bạn nhận được trong thư tổng hợp. Những hồ sơ đang có thì không báo lại.',
    en: 'Records that are new and answer this search come in your digest. Those that are there already are not told again.',
  },
  'alert.new.search': { vi: 'Tìm kiếm', en: 'Search' },
  'alert.new.submit': { vi: 'Theo dõi tìm kiếm này', en: 'Keep this alert' },
  'alert.words': { vi: '«{q}»', en: '“{q}”' },
  'alert.allKinds': { vi: 'Mọi loại hồ sơ', en: 'Records of every kind' },
  'alert.address': {
    vi: 'Không theo dõi được: đây không phải là một danh sách hay trang tìm kiếm, hoặc có bộ lọc không dùng được. Hãy mở lại trang tìm kiếm và chọn bộ lọc.',
    en: 'This cannot be kept: it is no list or search page, or has a filter that does not work. Open the search again and choose the filters.',
  },
  'alert.toSearch': { vi: 'Mở trang tìm kiếm', en: 'Open the search' },
  'alert.tooMany': {
    vi: 'Bạn đã theo dõi {n} tìm kiếm. Hãy bỏ bớt một tìm kiếm trước.',
    en: 'You already keep {n} searches. Remove one first.',
  },
  'alert.gone': { vi: 'Tìm kiếm này không còn được theo dõi.', en: 'This search is not kept any more.' },
  'alert.frequency': { vi: 'Gửi thư', en: 'How often' },
  'alert.frequency.of': { vi: 'Gửi thư: {title}', en: 'How often: {title}' },
  'alert.frequency.daily': { vi: 'Mỗi ngày', en: 'Every day' },
  'alert.frequency.weekly': { vi: 'Mỗi tuần, thứ Hai', en: 'Every week, on Monday' },
  'alert.frequency.paused': { vi: 'Tạm dừng', en: 'Paused' },
  'alert.frequency.choose': { vi: 'Hãy chọn mỗi ngày hay mỗi tuần.', en: 'Choose every day or every week.' },
  'alert.save': { vi: 'Lưu', en: 'Save' },
  'alert.remove': { vi: 'Bỏ theo dõi', en: 'Remove' },
  'alert.see': { vi: 'Xem kết quả bây giờ', en: 'See the results now' },
  'alert.since': { vi: 'từ {date}', en: 'since {date}' },
  'alert.matches': { vi: 'Kết quả khớp với hồ sơ của tôi', en: 'Matches of my records' },
  'alert.matches.lead': {
    vi: 'Khi nhu cầu hoặc công nghệ chào bán của bạn đang công khai, bạn được báo những hồ sơ khớp nhiều với nó. Việc này bật sẵn, một lựa chọn cho mọi hồ sơ. Lần đầu gồm cả những hồ sơ khớp đã có từ trước.',
    en: 'While a need or an offer of yours is public, you are told of records that match it well. This is on from the start, one choice for all of your records. The first time includes matches that have been there for long.',
  },
  'alert.matches.see': { vi: 'Xem kết quả khớp bây giờ', en: 'See the matches now' },
  'alert.matches.none': {
    vi: 'Bạn chưa có nhu cầu hay công nghệ chào bán nào đang công khai.',
    en: 'No need or offer of yours is public yet.',
  },
  'alert.matches.told': {
    vi: 'Kết quả khớp mới được báo qua thư tổng hợp.',
    en: 'New matches come in your digest.',
  },
  'alert.matches.set': { vi: 'Chọn tần suất', en: 'Choose how often' },
  'alert.searches': { vi: 'Tìm kiếm đang theo dõi', en: 'Searches that you keep' },
  'alert.searches.none': {
    vi: 'Chưa có. Mở một danh sách hay trang tìm kiếm, chọn bộ lọc, rồi bấm «Báo cho tôi khi có kết quả mới».',
    en: 'None yet. Open a list or the search, choose filters, then follow “Tell me of new results”.',
  },
  'alert.dead': {
    vi: 'Bộ lọc của tìm kiếm này không còn dùng được nên không có thư. Hãy bỏ đi và lưu lại tìm kiếm mới.',
    en: 'The filters of this search do not work any more, so nothing is told. Remove it and keep a new one.',
  },
  'alert.stopped': {
    vi: 'Bạn đã ngừng nhận thư tổng hợp. Danh sách dưới đây vẫn được giữ, nhưng không có thư nào được gửi.',
    en: 'You have stopped your digests. The list below is kept, but nothing is sent.',
  },
  'alert.resume': { vi: 'Nhận lại thư', en: 'Send them again' },

  'unsubscribe.title': { vi: 'Ngừng nhận thư tổng hợp?', en: 'Stop your digests?' },
  'unsubscribe.lead': {
    vi: 'Không cần đăng nhập. Các tìm kiếm đã lưu vẫn được giữ; thư về tài khoản, hồ sơ và kết nối của bạn vẫn được gửi.',
    en: 'No need to sign in. Your searches are kept; mail about your account, your records and connections still comes.',
  },
  'unsubscribe.submit': { vi: 'Ngừng nhận', en: 'Stop' },
  'unsubscribe.weekly': { vi: 'Chỉ nhận mỗi tuần một thư', en: 'Only once a week instead' },
  'unsubscribe.done.title': { vi: 'Đã ngừng thư tổng hợp', en: 'Your digests are stopped' },
  'unsubscribe.done.lead': {
    vi: 'Bạn sẽ không nhận thư tổng hợp nữa. Bấm nhầm? Nhận lại ngay dưới đây.',
    en: 'No more digests come. A mistake? Take it back here.',
  },
  'unsubscribe.undo': { vi: 'Nhận lại như trước', en: 'Send them as before' },
  'unsubscribe.weekly.title': { vi: 'Mỗi tuần một thư', en: 'Once a week' },
  'unsubscribe.weekly.lead': {
    vi: 'Từ nay thư tổng hợp đến vào thứ Hai, khi có gì mới.',
    en: 'From now on your digest comes on Mondays, when there is something new.',
  },
  'unsubscribe.resumed.title': { vi: 'Đã nhận lại thư tổng hợp', en: 'Your digests come again' },
  'unsubscribe.resumed.lead': {
    vi: 'Thư đến với tần suất bạn đã chọn, khi có gì mới.',
    en: 'They come as often as you have chosen, when there is something new.',
  },
  'unsubscribe.dead.title': { vi: 'Đường dẫn không dùng được', en: 'The link does not work' },
  'unsubscribe.dead.text': {
    vi: 'Đường dẫn bị chép thiếu, hoặc tài khoản đã được xoá. Đăng nhập để chọn thư ở trang «Theo dõi».',
    en: 'The link was copied incompletely, or the account has been deleted. Sign in to choose your mail under “Alerts”.',
  },

  'digest.subject': { vi: '{n} kết quả mới cho bạn trên {site}', en: '{n} new results for you on {site}' },
  'digest.subjectOne': { vi: '1 kết quả mới cho bạn trên {site}', en: '1 new result for you on {site}' },
  'digest.lead': {
    vi: 'Chào bạn, đây là những hồ sơ mới trên {site} mà bạn đang theo dõi hoặc khớp với hồ sơ của bạn.',
    en: 'Hello, these are new records on {site} that you follow or that match your own.',
  },
  'digest.first': {
    vi: 'Đây là thư tổng hợp đầu tiên, nên chúng tôi xin nói rõ:',
    en: 'This is your first digest, so here is how it works:',
  },
  'digest.why.search': {
    vi: 'Vì sao bạn nhận thư: bạn đã bấm «Báo cho tôi khi có kết quả mới» trên {site}.',
    en: 'Why you get it: you asked for “Tell me of new results” on {site}.',
  },
  'digest.why.matches': {
    vi: 'Vì sao bạn nhận thư: nhu cầu hoặc công nghệ chào bán của bạn đang công khai trên {site}, và có hồ sơ khớp nhiều với nó. Việc báo này được bật sẵn.',
    en: 'Why you get it: a need or an offer of yours is public on {site}, and records match it well. This is on from the start.',
  },
  'digest.why.often': {
    vi: 'Bao lâu một lần: nhiều nhất một thư mỗi sáng; phần báo theo tuần đến vào thứ Hai. Không có gì mới thì không có thư, và mỗi kết quả chỉ báo một lần.',
    en: 'How often: at most one mail a morning; what you get weekly comes on Mondays. Nothing new, no mail; and each result is told once.',
  },
  'digest.why.stop': {
    vi: 'Muốn ngừng hay nhận thưa hơn: bấm đường dẫn ở cuối thư, không cần đăng nhập.',
    en: 'How to stop, or to get it less often: follow the link at the end, without signing in.',
  },
  'digest.matches': { vi: 'Khớp với «{title}»', en: 'Matches of “{title}”' },
  'digest.matches.first': {
    vi: 'Lần đầu gồm cả những hồ sơ khớp đã có từ trước.',
    en: 'The first time includes matches that have been there for long.',
  },
  'digest.allMatches': { vi: 'Xem mọi kết quả khớp và kết nối', en: 'See all matches and connect' },
  'digest.allResults': { vi: 'Xem mọi kết quả', en: 'See all results' },
  'digest.more': { vi: 'Xem thêm {n} kết quả nữa', en: 'See {n} more' },
  'digest.stop': { vi: 'Ngừng nhận thư tổng hợp', en: 'Stop these digests' },
  'digest.change': { vi: 'Chọn nội dung và tần suất', en: 'Choose what comes and how often' },
} as const;
