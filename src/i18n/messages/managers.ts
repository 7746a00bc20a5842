/** Texts of likely duplicates, of asking to manage a record, and of managing one together. */
export const managerMessages = {
  'duplicate.title': { vi: 'Có thể hồ sơ này đã có trên trang', en: 'This record may exist already' },
  'duplicate.title.number': { vi: 'Số này đã có ở một hồ sơ khác', en: 'Another record has this number' },
  'duplicate.mine': { vi: 'Bạn đang quản lý hồ sơ này: mở ra', en: 'You manage this one: open it' },
  'duplicate.ask': { vi: 'Đây là của tôi: xin quản lý', en: 'This is mine: ask to manage it' },
  'duplicate.different': {
    vi: 'Hồ sơ của tôi khác những hồ sơ này: cứ tiếp tục',
    en: 'Mine is a different one: go on',
  },
  'duplicate.next': {
    vi: 'Đã lưu. Nếu không phải là một, hãy đi tiếp:',
    en: 'Saved. If they are not the same, go on:',
  },

  'manage.claim': { vi: 'Đây là hồ sơ của tôi', en: 'This is my record' },
  'manage.title': { vi: 'Xin quản lý: {title}', en: 'Ask to manage: {title}' },
  'manage.lead': {
    vi: 'Người quản lý sửa hồ sơ, trả lời đề nghị kết nối và mời người khác cùng quản lý.',
    en: 'Who manages a record edits it, answers those who want to connect and invites others.',
  },
  'manage.message': { vi: 'Bạn là ai đối với hồ sơ này?', en: 'Who are you to this record?' },
  'manage.message.hint': {
    vi: 'Ví dụ: tôi là phó giám đốc, phụ trách đối ngoại; có thể gọi máy bàn của công ty để xác nhận. Người quản lý hiện tại (hoặc Sở, nếu chưa có ai quản lý) sẽ đọc, cùng tên và email của bạn.',
    en: 'For example: I am the deputy director in charge of partnerships; call the company’s office to confirm. Its present managers (or the Department, if nobody manages it) read this, with your name and e-mail address.',
  },
  'manage.message.wrong': {
    vi: 'Hãy viết một hai câu, từ 10 đến 1.000 ký tự.',
    en: 'Write a sentence or two, 10 to 1,000 characters.',
  },
  'manage.submit': { vi: 'Gửi đề nghị', en: 'Send the request' },
  'manage.open': {
    vi: 'Bạn đã gửi đề nghị ngày {date}. Chúng tôi gửi email cho bạn khi có trả lời.',
    en: 'You asked on {date}. We will e-mail you the answer.',
  },
  'manage.refused': { vi: 'Đề nghị trước bị từ chối: {reason}', en: 'Your last request was refused: {reason}' },
  'manage.already': { vi: 'Bạn đang quản lý hồ sơ này.', en: 'You manage this record.' },
  'manage.tooMany': {
    vi: 'Hôm nay bạn đã gửi quá nhiều đề nghị. Hãy thử lại vào ngày mai.',
    en: 'You have sent too many requests today. Try again tomorrow.',
  },
  'manage.decided': { vi: 'Đề nghị này đã được trả lời.', en: 'This request has been answered.' },
  'manage.requests': { vi: 'Đề nghị được quản lý', en: 'Requests to manage it' },
  'manage.from': { vi: '{name}, {email}, ngày {date}', en: '{name}, {email}, on {date}' },
  'manage.grant': { vi: 'Đồng ý', en: 'Let them manage it' },
  'manage.refuse': { vi: 'Từ chối', en: 'Refuse' },
  'manage.reason': { vi: 'Lý do từ chối (gửi cho người đề nghị)', en: 'Why it is refused (sent to who asked)' },
  'manage.answered': { vi: 'Đã trả lời và gửi email.', en: 'Answered, and sent by e-mail.' },
  'manage.department': { vi: 'Đề nghị quản lý hồ sơ', en: 'Requests to manage records' },
  'manage.department.lead': {
    vi: 'Của những hồ sơ chưa có ai quản lý, hoặc người quản lý không trả lời trong 14 ngày; cũ nhất trước.',
    en: 'For records that nobody manages, or whose managers have not answered within 14 days; the oldest first.',
  },
  'manage.leftLying': {
    vi: 'Người quản lý hồ sơ chưa trả lời; Sở trả lời được từ {date}.',
    en: 'The record’s managers have not answered; the Department may since {date}.',
  },
  'manage.department.none': { vi: 'Không có đề nghị nào đang chờ.', en: 'No request is waiting.' },

  'managers.title': { vi: 'Người quản lý: {title}', en: 'Managers: {title}' },
  'managers.short': { vi: 'Người quản lý', en: 'Managers' },
  'managers.lead': {
    vi: 'Mọi người ở đây đều sửa, gửi duyệt và gỡ hồ sơ được, và mời hoặc bớt người khác.',
    en: 'Everybody here can edit, send and withdraw the record, and invite or remove others.',
  },
  'managers.now': { vi: 'Đang quản lý', en: 'Who manages it' },
  'managers.you': { vi: 'bạn', en: 'you' },
  'managers.remove': { vi: 'Bớt {name}', en: 'Remove {name}' },
  'managers.leave': { vi: 'Thôi quản lý', en: 'Stop managing it' },
  'managers.onlyOne': {
    vi: 'Bạn là người quản lý duy nhất; muốn thôi, hãy mời người khác trước.',
    en: 'You are the only one; to leave, invite somebody else first.',
  },
  'managers.last': {
    vi: 'Hồ sơ phải còn ít nhất một người quản lý.',
    en: 'A record needs at least one manager.',
  },
  'managers.invite': { vi: 'Mời người cùng quản lý', en: 'Invite somebody' },
  'managers.invite.hint': {
    vi: 'Chúng tôi gửi một đường dẫn dùng được một lần trong 14 ngày. Người nhận chưa có tài khoản thì tạo bằng địa chỉ này.',
    en: 'We send a link that works once, within 14 days. Who has no account creates one with this address.',
  },
  'managers.invite.submit': { vi: 'Gửi lời mời', en: 'Send the invitation' },
  'managers.invited': { vi: 'Đã gửi lời mời.', en: 'The invitation has been sent.' },
  'managers.already': { vi: 'Người này đang quản lý hồ sơ.', en: 'This person manages the record already.' },
  'managers.tooMany': {
    vi: 'Hôm nay đã gửi quá nhiều lời mời. Hãy thử lại vào ngày mai.',
    en: 'Too many invitations today. Try again tomorrow.',
  },
  'managers.pending': { vi: 'Lời mời chưa trả lời', en: 'Invitations not answered yet' },
  'managers.until': { vi: '{email}, dùng được đến {date}', en: '{email}, works until {date}' },
  'managers.takeBack': { vi: 'Rút lời mời {email}', en: 'Take back the invitation of {email}' },

  'invitation.title': { vi: 'Lời mời quản lý hồ sơ', en: 'Invitation to manage a record' },
  'invitation.lead': { vi: '{name} mời bạn cùng quản lý «{title}».', en: '{name} invites you to manage “{title}”.' },
  'invitation.accept': { vi: 'Nhận lời', en: 'Accept' },
  'invitation.seen': {
    vi: 'Những người cùng quản lý thấy tên và email của nhau.',
    en: 'Those who manage a record see one another’s name and e-mail address.',
  },
  'invitation.signIn': {
    vi: 'Hãy đăng nhập bằng {email}. Nếu địa chỉ này chưa có tài khoản, hãy tạo tài khoản, rồi mở lại đường dẫn trong email mời.',
    en: 'Sign in with {email}. If that address has no account, create one, then open the link of the invitation again.',
  },
  'invitation.other': {
    vi: 'Lời mời này gửi cho {email}. Hãy đăng xuất rồi đăng nhập bằng địa chỉ đó.',
    en: 'This invitation is for {email}. Sign out, then sign in with that address.',
  },

  'mail.manageAsked.subject': { vi: '{name} xin quản lý hồ sơ {title}', en: '{name} asks to manage {title}' },
  'mail.manageAsked.text': {
    vi: '{name} ({email}) xin cùng quản lý hồ sơ «{title}» trên {site}, và viết:\n{message}\nHãy đồng ý hoặc từ chối ở trang người quản lý.',
    en: '{name} ({email}) asks to manage your record “{title}” on {site}, and writes:\n{message}\nAccept or refuse on the page of its managers.',
  },
  'mail.manageAsked.action': { vi: 'Trả lời đề nghị', en: 'Answer the request' },
  'mail.manageLeftLying.subject': {
    vi: 'Chưa trả lời: {name} xin quản lý hồ sơ {title}',
    en: 'Not answered: {name} asks to manage {title}',
  },
  'mail.manageLeftLying.text': {
    vi: '{name} đã xin cùng quản lý hồ sơ «{title}» trên {site} hơn {n} ngày trước mà chưa có trả lời. Từ nay Sở cũng có thể trả lời thay. Bạn vẫn trả lời được.',
    en: '{name} asked to manage your record “{title}” on {site} more than {n} days ago and has had no answer. From now on the Department may answer too. You still can.',
  },
  'mail.manageLeftLying.action': { vi: 'Trả lời đề nghị', en: 'Answer the request' },
  'mail.manageGrantedByDepartment.subject': {
    vi: 'Sở đã đồng ý cho {name} cùng quản lý hồ sơ {title}',
    en: 'The Department has let {name} manage {title}',
  },
  'mail.manageGrantedByDepartment.text': {
    vi: 'Đề nghị của {name} không được trả lời trong {n} ngày nên Sở đã xem và đồng ý: {name} cùng quản lý hồ sơ «{title}» trên {site} với bạn. Nếu thấy không đúng, hãy viết cho Sở.',
    en: '{name} had no answer for {n} days, so the Department has looked at the request and accepted it: {name} manages “{title}” on {site} with you. If you think this is wrong, write to the Department.',
  },
  'mail.manageGrantedByDepartment.action': { vi: 'Xem người quản lý', en: 'See its managers' },
  'mail.manageGranted.subject': { vi: 'Bạn đã được quản lý hồ sơ {title}', en: 'You now manage {title}' },
  'mail.manageGranted.text': {
    vi: 'Đề nghị của bạn đã được đồng ý: bạn quản lý hồ sơ «{title}» trên {site}.',
    en: 'Your request has been accepted: you manage “{title}” on {site}.',
  },
  'mail.manageGranted.action': { vi: 'Mở hồ sơ', en: 'Open the record' },
  'mail.manageRefused.subject': { vi: 'Đề nghị quản lý bị từ chối: {title}', en: 'Your request was refused: {title}' },
  'mail.manageRefused.text': {
    vi: 'Đề nghị quản lý hồ sơ «{title}» trên {site} không được chấp nhận.\nLý do: {reason}',
    en: 'Your request to manage “{title}” on {site} was not accepted.\nReason: {reason}',
  },
  'mail.manageRefused.action': { vi: 'Xem hồ sơ', en: 'See the record' },
  'mail.invited.subject': { vi: '{name} mời bạn quản lý hồ sơ {title}', en: '{name} invites you to manage {title}' },
  'mail.invited.text': {
    vi: '{name} mời bạn cùng quản lý hồ sơ «{title}» trên {site}.\nĐường dẫn dưới đây dùng được một lần, trong 14 ngày, bằng tài khoản của địa chỉ {email}. Nếu bạn không biết người mời, hãy bỏ qua thư này.',
    en: '{name} invites you to manage the record “{title}” on {site}.\nThe link below works once, within 14 days, with the account of {email}. If you do not know who invites you, ignore this message.',
  },
  'mail.invited.action': { vi: 'Xem lời mời', en: 'See the invitation' },
  'mail.managerAdded.subject': { vi: '{name} đã nhận lời quản lý {title}', en: '{name} now manages {title} with you' },
  'mail.managerAdded.text': {
    vi: '{name} ({email}) đã nhận lời mời và cùng quản lý hồ sơ «{title}» trên {site}.',
    en: '{name} ({email}) has accepted your invitation to manage “{title}” on {site}.',
  },
  'mail.managerAdded.action': { vi: 'Xem người quản lý', en: 'See its managers' },
  'mail.managerRemoved.subject': { vi: 'Bạn không còn quản lý hồ sơ {title}', en: 'You no longer manage {title}' },
  'mail.managerRemoved.text': {
    vi: '{name} đã bớt bạn khỏi những người quản lý hồ sơ «{title}» trên {site}. Nếu thấy không đúng, hãy viết cho Sở.',
    en: '{name} has removed you from the managers of “{title}” on {site}. If you think this is wrong, write to the Department.',
  },
} as const;
