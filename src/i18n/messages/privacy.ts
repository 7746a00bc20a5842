/** Texts of requests about personal data. */
export const privacyMessages = {
  'tools.personalData': {
    vi: 'Yêu cầu xem, sửa, xoá dữ liệu cá nhân, có thời hạn.',
    en: 'Requests to see, correct or delete personal data, with due dates.',
  },
  'privacy.title': { vi: 'Yêu cầu về dữ liệu cá nhân', en: 'Personal-data requests' },
  'privacy.lead': {
    vi: 'Giải quyết trong {n} ngày kể từ khi người yêu cầu xác nhận email. Gấp nhất ở trên.',
    en: 'To be done within {n} days after the person has confirmed the address. The most urgent first.',
  },
  'privacy.kind': { vi: 'Bạn muốn gì?', en: 'What do you ask for?' },
  'privacy.kind.export': { vi: 'Nhận bản sao dữ liệu về tôi', en: 'A copy of the data about me' },
  'privacy.kind.correction': { vi: 'Sửa dữ liệu về tôi', en: 'A correction of the data about me' },
  'privacy.kind.deletion': { vi: 'Xoá dữ liệu về tôi', en: 'Deletion of the data about me' },
  'privacy.kind.missing': { vi: 'Hãy chọn một điều.', en: 'Choose one.' },
  'privacy.short.export': { vi: 'Bản sao', en: 'Copy' },
  'privacy.short.correction': { vi: 'Sửa', en: 'Correction' },
  'privacy.short.deletion': { vi: 'Xoá', en: 'Deletion' },
  'privacy.state.open': { vi: 'đang giải quyết', en: 'being dealt with' },
  'privacy.state.done': { vi: 'đã làm', en: 'done' },
  'privacy.state.refused': { vi: 'đã từ chối', en: 'refused' },
  'privacy.message': { vi: 'Nói rõ thêm', en: 'In more words' },
  'privacy.message.hint': {
    vi: 'Bắt buộc khi muốn sửa: dữ liệu nào, ở trang nào, đúng ra là gì.',
    en: 'Needed for a correction: which data, on which page, what is right.',
  },
  'privacy.message.wrong': {
    vi: 'Hãy nói rõ điều cần sửa, từ 10 đến 2.000 ký tự.',
    en: 'Say what is to be corrected, in 10 to 2,000 characters.',
  },
  'privacy.submit': { vi: 'Gửi yêu cầu', en: 'Send the request' },
  'privacy.waits': {
    vi: 'Bạn đã có một yêu cầu như thế đang được giải quyết.',
    en: 'You have such a request already, which is being dealt with.',
  },

  'privacy.own.title': { vi: 'Dữ liệu cá nhân của tôi', en: 'My personal data' },
  'privacy.own.lead': {
    vi: 'Bạn tự tải được dữ liệu của mình và tự xoá được tài khoản ngay. Việc khác thì gửi yêu cầu, Sở giải quyết trong {n} ngày.',
    en: 'You can download your data and delete your account at once. For anything else send a request; the Department does it within {n} days.',
  },
  'privacy.own.sent': {
    vi: 'Đã gửi. Chúng tôi vừa gửi email xác nhận.',
    en: 'Sent. We have e-mailed you a confirmation.',
  },
  'privacy.own.list': { vi: 'Những yêu cầu đã gửi', en: 'Requests so far' },
  'privacy.own.due': { vi: 'trước ngày {date}', en: 'by {date}' },
  'privacy.public.title': { vi: 'Yêu cầu về dữ liệu cá nhân', en: 'Personal-data request' },
  'privacy.public.lead': {
    vi: 'Dành cho mọi người có dữ liệu trên trang này, không cần tài khoản, ví dụ chuyên gia được Sở giới thiệu.',
    en: 'For everybody about whom this site has data, without an account, such as an expert whom the Department lists.',
  },
  'privacy.public.email': {
    vi: 'Địa chỉ mà trang này có về bạn, nếu có. Chúng tôi gửi một đường dẫn để xác nhận.',
    en: 'The address that this site has of you, if any. We send a link to confirm it.',
  },
  'privacy.confirm.title': { vi: 'Xác nhận yêu cầu', en: 'Confirm the request' },
  'privacy.confirm.lead': {
    vi: 'Bấm nút dưới đây để xác nhận yêu cầu là của bạn. Thời hạn tính từ lúc này.',
    en: 'Press the button to confirm that the request is yours. Its time runs from now.',
  },
  'privacy.confirm.submit': { vi: 'Xác nhận yêu cầu', en: 'Confirm the request' },
  'privacy.confirmed': {
    vi: 'Đã xác nhận. Sở đang giải quyết; bạn vừa nhận một email có thời hạn.',
    en: 'Confirmed. The Department deals with it; you have an e-mail with the due date.',
  },

  'privacy.number': { vi: 'Yêu cầu số {n}', en: 'Request no. {n}' },
  'privacy.back': { vi: 'Mọi yêu cầu', en: 'All requests' },
  'privacy.none': { vi: 'Không có yêu cầu nào đang chờ.', en: 'No request is waiting.' },
  'privacy.decidedList': { vi: 'Đã giải quyết', en: 'Decided' },
  'privacy.due': { vi: 'hạn {date}', en: 'due {date}' },
  'privacy.late': { vi: 'quá hạn', en: 'overdue' },
  'privacy.received': { vi: 'nhận {date}', en: 'received {date}' },
  'privacy.forgotten': { vi: '(dữ liệu đã xoá)', en: '(data deleted)' },
  'privacy.who': { vi: 'Người yêu cầu', en: 'Who asks' },
  'privacy.account': { vi: 'Tài khoản', en: 'Account' },
  'privacy.account.none': { vi: 'Không có', en: 'None' },
  'privacy.contactOf': { vi: 'Là liên hệ của hồ sơ', en: 'Contact of the records' },
  'privacy.contactOf.none': { vi: 'Không hồ sơ nào', en: 'None' },
  'privacy.history': { vi: 'Quá trình', en: 'History' },
  'privacy.event.asked': { vi: 'nhận yêu cầu', en: 'received' },
  'privacy.event.reminded': { vi: 'nhắc cán bộ sắp đến hạn', en: 'moderators reminded' },
  'privacy.event.exported': { vi: 'gửi bản sao', en: 'copy sent' },
  'privacy.event.corrected': { vi: 'đã sửa', en: 'corrected' },
  'privacy.event.erased': { vi: 'đã xoá dữ liệu', en: 'data deleted' },
  'privacy.event.refused': { vi: 'từ chối', en: 'refused' },
  'privacy.identity': {
    vi: 'Tôi đã xác minh người yêu cầu đúng là người có dữ liệu (email đã được xác nhận; khi nghi ngờ, gọi điện hoặc gặp trực tiếp)',
    en: 'I have made sure that who asks is who the data is about (the address is confirmed; in doubt call or meet them)',
  },
  'privacy.identity.missing': { vi: 'Hãy xác minh người yêu cầu trước.', en: 'Make sure who asks first.' },
  'privacy.export.do': { vi: 'Gửi bản sao dữ liệu', en: 'Send the copy' },
  'privacy.export.text': {
    vi: 'Người yêu cầu nhận email có đường dẫn tải mọi dữ liệu trang này có về họ, dùng được {n} ngày.',
    en: 'The person gets a link to everything this site holds about them; it works for {n} days.',
  },
  'privacy.correct.do': { vi: 'Báo đã sửa', en: 'Report the correction' },
  'privacy.correct.text': {
    vi: 'Hãy sửa ở hồ sơ liên quan trước, rồi báo cho người yêu cầu.',
    en: 'Correct the records first, then tell the person.',
  },
  'privacy.note': { vi: 'Đã sửa những gì (gửi cho người yêu cầu)', en: 'What was corrected (sent to the person)' },
  'privacy.note.missing': { vi: 'Hãy viết đã sửa những gì.', en: 'Write what was corrected.' },
  'privacy.erase.do': { vi: 'Xoá dữ liệu của người này', en: 'Delete this person’s data' },
  'privacy.erase.text': {
    vi: 'Xoá tài khoản, lịch sử đăng nhập, thư, lời mời; gỡ liên hệ khỏi hồ sơ và mọi phiên bản; kết thúc kết nối đang mở. Người yêu cầu nhận một email báo, rồi email ấy cũng bị xoá. Không lấy lại được.',
    en: 'Deletes the account, its history, mail and invitations; takes the contact out of records and all versions; ends open connections. The person gets one e-mail, which is then deleted too. It cannot be undone.',
  },
  'privacy.pages': { vi: 'Hồ sơ nói về người này, cần xoá hẳn', en: 'Records about this person to be deleted' },
  'privacy.pages.hint': {
    vi: 'Mỗi dòng một địa chỉ trang. Những hồ sơ chuyên gia có email này đã điền sẵn; bỏ dòng nào không đúng.',
    en: 'One address a line. Expert records with this address are filled in; remove what is wrong.',
  },
  'privacy.pages.wrong': {
    vi: 'Có dòng không phải địa chỉ của hồ sơ nào.',
    en: 'One of the lines is not the address of a record.',
  },
  'privacy.sure': { vi: 'Tôi hiểu việc này không hoàn lại được', en: 'I understand that this cannot be undone' },
  'privacy.sure.missing': { vi: 'Hãy đánh dấu để xác nhận.', en: 'Tick the box to confirm.' },
  'privacy.staff': {
    vi: 'Tài khoản của cán bộ Sở do quản trị viên xoá.',
    en: 'Accounts of the Department’s people are deleted by an administrator.',
  },
  'privacy.notYourself': {
    vi: 'Yêu cầu của chính bạn do người khác giải quyết.',
    en: 'Your own request is dealt with by somebody else.',
  },
  'privacy.refuse.do': { vi: 'Từ chối', en: 'Refuse' },
  'privacy.refuse.text': {
    vi: 'Chỉ khi luật cho phép hoặc không xác minh được người yêu cầu.',
    en: 'Only where the law allows it, or when it cannot be made sure who asks.',
  },
  'privacy.reason': { vi: 'Lý do (gửi cho người yêu cầu)', en: 'Reason (sent to the person)' },
  'privacy.decided': { vi: 'Yêu cầu này đã được giải quyết.', en: 'This request has been decided.' },
  'privacy.done': { vi: 'Đã làm và gửi email.', en: 'Done, and sent by e-mail.' },

  'audit.personalData.exported': { vi: 'gửi bản sao dữ liệu cá nhân', en: 'sent a copy of personal data' },
  'audit.personalData.corrected': { vi: 'sửa dữ liệu cá nhân', en: 'corrected personal data' },
  'audit.personalData.erased': { vi: 'xoá dữ liệu cá nhân', en: 'deleted personal data' },
  'audit.personalData.refused': { vi: 'từ chối yêu cầu dữ liệu cá nhân', en: 'refused a personal-data request' },

  'mail.personalDataConfirm.subject': {
    vi: 'Xác nhận yêu cầu về dữ liệu cá nhân',
    en: 'Confirm your personal-data request',
  },
  'mail.personalDataConfirm.text': {
    vi: 'Ai đó, có lẽ là bạn, vừa gửi yêu cầu về dữ liệu cá nhân trên {site} bằng địa chỉ này.\nĐường dẫn dưới đây dùng được trong 48 giờ. Nếu không phải bạn, hãy bỏ qua thư này; yêu cầu sẽ tự xoá.',
    en: 'Somebody, probably you, has sent a personal-data request on {site} with this address.\nThe link below works for 48 hours. If it was not you, ignore this message; the request is then deleted.',
  },
  'mail.personalDataConfirm.action': { vi: 'Xác nhận yêu cầu', en: 'Confirm the request' },
  'mail.personalDataReceived.subject': {
    vi: 'Đã nhận yêu cầu số {n} về dữ liệu cá nhân',
    en: 'Your personal-data request no. {n} has arrived',
  },
  'mail.personalDataReceived.text': {
    vi: '{site} đã nhận yêu cầu của bạn. Cán bộ của Sở xác minh người yêu cầu rồi giải quyết, chậm nhất ngày {date}, và báo cho bạn qua email này.',
    en: '{site} has your request. The Department makes sure who asks, deals with it by {date} and tells you at this address.',
  },
  'mail.personalDataAsked.subject': {
    vi: 'Yêu cầu số {n} về dữ liệu cá nhân, hạn {date}',
    en: 'Personal-data request no. {n}, due {date}',
  },
  'mail.personalDataAsked.text': {
    vi: 'Có yêu cầu mới về dữ liệu cá nhân trên {site}. Hạn giải quyết: {date}.',
    en: 'There is a new personal-data request on {site}. It is due on {date}.',
  },
  'mail.personalDataAsked.action': { vi: 'Mở yêu cầu', en: 'Open the request' },
  'mail.personalDataDue.subject': {
    vi: 'Sắp đến hạn: yêu cầu số {n} về dữ liệu cá nhân',
    en: 'Soon due: personal-data request no. {n}',
  },
  'mail.personalDataDue.text': {
    vi: 'Yêu cầu số {n} về dữ liệu cá nhân trên {site} phải giải quyết xong trước ngày {date}.',
    en: 'Personal-data request no. {n} on {site} has to be done by {date}.',
  },
  'mail.personalDataDue.action': { vi: 'Mở yêu cầu', en: 'Open the request' },
  'mail.personalDataExport.subject': { vi: 'Bản sao dữ liệu về bạn', en: 'The data about you' },
  'mail.personalDataExport.text': {
    vi: 'Đường dẫn dưới đây tải về mọi dữ liệu {site} có về bạn. Nó dùng được trong 7 ngày; đừng chuyển cho người khác.',
    en: 'The link below downloads everything that {site} holds about you. It works for 7 days; do not pass it on.',
  },
  'mail.personalDataExport.action': { vi: 'Tải dữ liệu (JSON)', en: 'Download the data (JSON)' },
  'mail.personalDataCorrected.subject': { vi: 'Dữ liệu của bạn đã được sửa', en: 'Your data has been corrected' },
  'mail.personalDataCorrected.text': {
    vi: 'Sở đã sửa dữ liệu về bạn trên {site} theo yêu cầu.\n{note}',
    en: 'The Department has corrected the data about you on {site} as you asked.\n{note}',
  },
  'mail.personalDataDeleted.subject': { vi: 'Dữ liệu của bạn đã được xoá', en: 'Your data has been deleted' },
  'mail.personalDataDeleted.text': {
    vi: 'Sở đã xoá dữ liệu về bạn trên {site} theo yêu cầu. Thư này cũng bị xoá khỏi hệ thống sau khi gửi.',
    en: 'The Department has deleted the data about you on {site} as you asked. This message is deleted from the site too, once it is sent.',
  },
  'mail.personalDataRefused.subject': {
    vi: 'Yêu cầu về dữ liệu cá nhân không được chấp nhận',
    en: 'Your personal-data request was refused',
  },
  'mail.personalDataRefused.text': {
    vi: 'Yêu cầu của bạn trên {site} không được chấp nhận.\nLý do: {reason}\nBạn có quyền khiếu nại với Sở hoặc cơ quan bảo vệ dữ liệu cá nhân có thẩm quyền.',
    en: 'Your request on {site} was refused.\nReason: {reason}\nYou may complain to the Department or to the authority for personal-data protection.',
  },
} as const;
