/** Texts of how long records are listed, and of renewing them. */
export const lifecycleMessages = {
  'record.listedUntil': { vi: 'Hiển thị đến hết ngày {date}', en: 'Listed until the end of {date}' },
  'record.lapsedOn': { vi: 'Hết hạn ngày {date}', en: 'Listed until {date}; over now' },
  'record.suspendedNow': {
    vi: 'Sở đang tạm dừng hồ sơ này; lý do ở trong thư báo. Bạn sửa và gửi duyệt được, nhưng chỉ Sở mở lại công khai.',
    en: 'The Department has suspended this record; its message says why. You can change it and send it for review, but only the Department makes it public again.',
  },
  'renew.submit': { vi: 'Gia hạn đến {date}', en: 'Renew until {date}' },
  'renew.title': { vi: 'Gia hạn hồ sơ', en: 'Renew the record' },
  'renew.lead': {
    vi: 'Nội dung vẫn đúng? Bấm một nút là xong, không cần đăng nhập.',
    en: 'Is it all still right? One button does it, without signing in.',
  },
  'renew.record': { vi: 'Hồ sơ', en: 'Record' },
  'renew.present': { vi: 'Hạn hiện tại', en: 'Present end' },
  'renew.until': { vi: 'Hạn mới', en: 'New end' },
  'renew.withdrawn': {
    vi: 'Hồ sơ đã được gỡ khỏi trang công khai. Gia hạn sẽ đăng lại hồ sơ.',
    en: 'The record has been withdrawn from the public pages. Renewing publishes it again.',
  },
  'renew.suspended': {
    vi: 'Sở đang tạm dừng hồ sơ này nên không gia hạn được. Lý do ở trong thư báo tạm dừng; nếu cần, hãy viết cho Sở.',
    en: 'The Department has suspended this record, so it cannot be renewed. The message about it says why; write to the Department if you need to.',
  },
  'renew.done.title': { vi: 'Đã gia hạn', en: 'Renewed' },
  'renew.done.text': {
    vi: '«{title}» hiển thị đến hết ngày {date}.',
    en: '“{title}” is listed until the end of {date}.',
  },
  'renew.dead.title': { vi: 'Đường dẫn không còn dùng được', en: 'The link does not work any more' },
  'renew.dead.text': {
    vi: 'Hồ sơ đã được gia hạn, hoặc đường dẫn quá cũ hay bị chép thiếu. Đăng nhập để xem hạn và gia hạn ở «Hồ sơ của tôi».',
    en: 'The record has been renewed, or the link is too old or was copied incompletely. Sign in to see the date and renew under “My records”.',
  },
  'review.suspendedStays': {
    vi: 'Hồ sơ đang tạm dừng. Duyệt chỉ cập nhật nội dung; muốn công khai trở lại, hãy bấm «Mở lại công khai» ở dưới.',
    en: 'The record is suspended. Approving only updates its content; to make it public again, press “Restore” below.',
  },
  'gone.sameField': { vi: 'Hồ sơ cùng lĩnh vực', en: 'Others in the same field' },
  'gone.mine': {
    vi: 'Bạn quản lý hồ sơ này? Gia hạn ở «Hồ sơ của tôi»',
    en: 'Is it yours? Renew it under “My records”',
  },

  'mail.approvedSuspended.subject': {
    vi: 'Nội dung sửa đã được duyệt: {title}',
    en: 'Your change is approved: {title}',
  },
  'mail.approvedSuspended.text': {
    vi: 'Nội dung sửa của hồ sơ «{title}» đã được duyệt. Hồ sơ vẫn tạm dừng cho đến khi Sở mở lại công khai; khi đó bạn nhận được thư khác.',
    en: 'Your change of the record “{title}” has been approved. The record stays suspended until the Department restores it; you will get another message then.',
  },
  'mail.approvedSuspended.action': { vi: 'Xem hồ sơ', en: 'See the record' },
  'mail.expiresInMonth.subject': {
    vi: 'Hồ sơ hết hạn ngày {date}: {title}',
    en: 'Your record is listed until {date}: {title}',
  },
  'mail.expiresInMonth.text': {
    vi: 'Hồ sơ «{title}» hiển thị trên {site} đến hết ngày {date}, sau đó tự rời khỏi trang công khai.\nNội dung vẫn đúng? Bấm nút dưới đây để gia hạn thêm {months} tháng kể từ ngày bấm, không cần đăng nhập.\nKhông cần nữa? Bạn không phải làm gì.',
    en: 'Your record “{title}” is listed on {site} until the end of {date} and then leaves the public pages by itself.\nIs it all still right? The button below renews it for {months} months from the day you press it, without signing in.\nNot needed any more? You need not do anything.',
  },
  'mail.expiresInMonth.action': { vi: 'Gia hạn hồ sơ', en: 'Renew the record' },
  'mail.expiresInWeek.subject': {
    vi: 'Nhắc lần cuối, hồ sơ hết hạn ngày {date}: {title}',
    en: 'Last reminder, your record is listed until {date}: {title}',
  },
  'mail.expiresInWeek.text': {
    vi: 'Chỉ còn ít ngày: hồ sơ «{title}» hiển thị trên {site} đến hết ngày {date}, sau đó tự rời khỏi trang công khai.\nNội dung vẫn đúng? Bấm nút dưới đây để gia hạn thêm {months} tháng kể từ ngày bấm, không cần đăng nhập.',
    en: 'Only a few days are left: your record “{title}” is listed on {site} until the end of {date} and then leaves the public pages by itself.\nIs it all still right? The button below renews it for {months} months from the day you press it, without signing in.',
  },
  'mail.expiresInWeek.action': { vi: 'Gia hạn hồ sơ', en: 'Renew the record' },
  'mail.expired.subject': { vi: 'Hồ sơ đã hết hạn: {title}', en: 'Your record is not listed any more: {title}' },
  'mail.expired.text': {
    vi: 'Hồ sơ «{title}» hết hạn ngày {date} và đã rời khỏi trang công khai của {site}. Không có gì bị xoá.\nNội dung vẫn đúng? Đến hết ngày {worksUntil}, nút dưới đây đăng lại hồ sơ thêm {months} tháng kể từ ngày bấm, không cần đăng nhập. Sau ngày đó bạn vẫn gia hạn được khi đăng nhập.',
    en: 'Your record “{title}” was listed until {date} and has left the public pages of {site}. Nothing is deleted.\nIs it all still right? Until {worksUntil} the button below lists it again for {months} months from the day you press it, without signing in. After that you can still renew it when you sign in.',
  },
  'mail.expired.action': { vi: 'Gia hạn hồ sơ', en: 'Renew the record' },
} as const;
