/** Texts of the guided forms: a need or an offer said in one's own words first. */
export const guidedMessages = {
  'site.stateNeed': { vi: 'Nêu nhu cầu công nghệ', en: 'State a technology need' },
  'site.stateOffer': { vi: 'Giới thiệu công nghệ', en: 'Present a technology' },

  'guided.need.invite': { vi: 'Bạn cần công nghệ gì?', en: 'What technology do you need?' },
  'guided.need.inviteText': {
    vi: 'Kể vấn đề bằng lời của bạn. Trang này cho thấy ngay danh mục đã có gì, và giúp đăng nhu cầu trong năm phút.',
    en: 'Say what the problem is in your own words. You see at once what the catalogue has, and can publish the need in five minutes.',
  },
  'guided.need.start': { vi: 'Nêu nhu cầu', en: 'State a need' },
  'guided.offer.invite': { vi: 'Bạn có công nghệ, kết quả gì?', en: 'What technology or result do you have?' },
  'guided.offer.inviteText': {
    vi: 'Mô tả vài câu. Trang này cho thấy ngay doanh nghiệp nào đang cần, và giúp đăng chào bán trong năm phút.',
    en: 'Describe it in a few sentences. You see at once who needs it, and can publish the offer in five minutes.',
  },
  'guided.offer.start': { vi: 'Giới thiệu công nghệ', en: 'Present a technology' },

  'guided.need.question': { vi: 'Bạn đang gặp vấn đề gì?', en: 'What is the problem?' },
  'guided.need.lead': {
    vi: 'Cứ viết như kể với người quen; không cần từ chuyên môn, chưa cần tài khoản.',
    en: 'Write as you would tell a friend; no technical words and no account needed yet.',
  },
  'guided.need.label': { vi: 'Vấn đề của bạn', en: 'Your problem' },
  'guided.need.hint': {
    vi: 'Ví dụ: «Vải thu về hai ngày đã nâu vỏ, bán không kịp. Kho chỉ có quạt, mỗi vụ hỏng chừng ba tấn.»',
    en: 'For example: “Our litchis turn brown two days after harvest, before we can sell them. We lose three tonnes a season.”',
  },
  'guided.offer.question': { vi: 'Bạn có công nghệ, kết quả gì?', en: 'What technology or result do you have?' },
  'guided.offer.lead': {
    vi: 'Nói nó làm được gì, cho ai; chưa cần tài khoản.',
    en: 'Say what it does and for whom; no account needed yet.',
  },
  'guided.offer.label': { vi: 'Công nghệ, kết quả của bạn', en: 'Your technology or result' },
  'guided.offer.hint': {
    vi: 'Ví dụ: «Máy sấy bơm nhiệt 500 kg mỗi mẻ, giữ màu hoa quả, tốn một nửa điện so với sấy điện trở.»',
    en: 'For example: “A heat-pump dryer for 500 kg a batch that keeps the colour of fruit and halves the electricity.”',
  },
  'guided.text.length': {
    vi: 'Hãy kể rõ hơn một chút, từ 20 đến 4.000 ký tự.',
    en: 'Say a little more, 20 to 4,000 characters.',
  },
  'guided.look': { vi: 'Xem danh mục đã có gì', en: 'See what the catalogue has' },
  'guided.need.next': { vi: 'Đăng nhu cầu này', en: 'Publish this need' },
  'guided.offer.next': { vi: 'Đăng công nghệ này', en: 'Publish this technology' },
  'guided.next.hint': {
    vi: 'Bước sau cần đăng nhập; điều bạn đã viết được giữ lại.',
    en: 'The next step needs an account; what you have written is kept.',
  },
  'guided.need.found': { vi: '{n} hồ sơ trong danh mục có thể giúp', en: '{n} records in the catalogue may help' },
  'guided.offer.found': { vi: '{n} nhu cầu trong danh mục có thể hợp', en: '{n} needs in the catalogue may fit' },
  'guided.need.foundNone': {
    vi: 'Danh mục chưa có gì khớp. Hãy đăng nhu cầu: Sở và các viện, trường sẽ thấy.',
    en: 'Nothing in the catalogue fits yet. Publish the need: the Department and the institutes will see it.',
  },
  'guided.offer.foundNone': {
    vi: 'Chưa có nhu cầu nào khớp. Cứ đăng công nghệ: ai nêu nhu cầu như vậy sau này sẽ thấy.',
    en: 'No need fits yet. Publish the technology: whoever states such a need later will see it.',
  },

  'guided.need.title': { vi: 'Đăng nhu cầu công nghệ', en: 'Publish a technology need' },
  'guided.offer.title': { vi: 'Đăng công nghệ chào bán', en: 'Publish a technology offer' },
  'guided.form.lead': {
    vi: 'Xem lại những gì chúng tôi gợi ý từ lời bạn kể; phần còn lại điền được đến đâu hay đến đó. Chưa có gì được công khai.',
    en: 'Look through what we suggest from your words; fill in as much of the rest as you can. Nothing is public yet.',
  },
  'guided.title.hint': {
    vi: 'Gợi ý từ lời kể của bạn; sửa cho gọn và dễ hiểu.',
    en: 'Suggested from your words; make it short and clear.',
  },
  'guided.fields': { vi: 'Lĩnh vực', en: 'Fields' },
  'guided.fields.hint': {
    vi: 'Gợi ý từ những hồ sơ khớp nhất; bỏ dấu ở lĩnh vực không đúng.',
    en: 'Suggested from what fits best; untick what is wrong.',
  },
  'guided.fields.none': {
    vi: 'Chưa đoán được lĩnh vực; hãy chọn bên dưới nếu bạn biết.',
    en: 'We could not guess a field; choose below if you know it.',
  },
  'guided.fields.others': { vi: 'Chọn lĩnh vực khác', en: 'Choose another field' },
  'guided.keywords': { vi: 'Từ khoá', en: 'Keywords' },
  'guided.keywords.hint': {
    vi: 'Giúp người khác tìm ra; bỏ dấu ở từ không đúng.',
    en: 'They help others find it; untick what is wrong.',
  },
  'guided.keywords.others': {
    vi: 'Từ khoá khác, cách nhau bằng dấu phẩy',
    en: 'Other keywords, separated by commas',
  },
  'guided.group.wanted': { vi: 'Bạn muốn đạt được gì?', en: 'What do you want to reach?' },
  'guided.group.partner': { vi: 'Bạn muốn làm với ai, thế nào?', en: 'With whom, and how?' },
  'guided.group.who': { vi: 'Ai cần, ở đâu?', en: 'Who needs it, and where?' },
  'guided.group.proven': { vi: 'Đã chắc chắn đến đâu?', en: 'How far is it proven?' },
  'guided.group.terms': { vi: 'Chuyển giao thế nào?', en: 'On what terms?' },
  'guided.group.supplier': { vi: 'Ai có, ở đâu?', en: 'Who has it, and where?' },
  'guided.optional': { vi: 'Không bắt buộc', en: 'Optional' },
  'guided.trl.3': {
    vi: 'Mới chứng minh được ý tưởng trong nghiên cứu (TRL 3)',
    en: 'The idea has been proven in research (TRL 3)',
  },
  'guided.trl.4': { vi: 'Đã chạy trong phòng thí nghiệm (TRL 4)', en: 'It works in the laboratory (TRL 4)' },
  'guided.trl.6': { vi: 'Đã có mẫu chạy thử gần như thật (TRL 6)', en: 'A prototype has been tried out (TRL 6)' },
  'guided.trl.8': { vi: 'Đã dùng thật ở ít nhất một nơi (TRL 8)', en: 'It is really used somewhere (TRL 8)' },
  'guided.trl.9': { vi: 'Đã bán, nhiều nơi đang dùng (TRL 9)', en: 'It is sold and widely used (TRL 9)' },
  'guided.submit': { vi: 'Lưu nháp và xem lại', en: 'Save a draft and look it through' },
  'guided.submit.hint': {
    vi: 'Bước sau bạn xem trước rồi mới gửi Sở duyệt.',
    en: 'Next you see a preview, and only then send it to the Department.',
  },
  'guided.resume': {
    vi: 'Bạn đang viết dở: «{title}».',
    en: 'You have begun to write: “{title}”.',
  },
  'guided.resume.go': { vi: 'Viết tiếp', en: 'Go on writing' },
  'guided.kept': {
    vi: 'Điều bạn vừa viết đã được giữ lại. Đăng nhập hoặc đăng ký xong, bạn viết tiếp ở đúng chỗ đó.',
    en: 'What you have just written is kept. Once you have signed in or registered, you go on from there.',
  },
} as const;
