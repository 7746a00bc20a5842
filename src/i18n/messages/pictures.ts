/** Texts of pictures: adding them to a record, looking at them, reviewing them. */
export const pictureMessages = {
  'step.pictures': { vi: 'Hình ảnh', en: 'Pictures' },
  'picture.lead': {
    vi: 'Tệp JPEG, PNG, WebP, AVIF hoặc GIF, nặng nhất {n} MB. Trang tự thu nhỏ ảnh và bỏ thông tin về nơi chụp, máy chụp.',
    en: 'JPEG, PNG, WebP, AVIF or GIF files of up to {n} MB. The site makes them smaller and removes what they say about place and camera.',
  },
  'picture.photos': { vi: 'Ảnh (tối đa {n})', en: 'Photos (up to {n})' },
  'picture.photosHint': {
    vi: 'Ảnh đầu tiên hiện trên thẻ của hồ sơ ở danh sách.',
    en: 'The first one shows on the record’s card in lists.',
  },
  'picture.photosHintLogo': {
    vi: 'Sản phẩm, xưởng, thiết bị, nhóm làm việc: những gì người xem muốn thấy tận mắt.',
    en: 'Products, workshop, equipment, team: what visitors want to see for themselves.',
  },
  'picture.file': { vi: 'Chọn tệp ảnh', en: 'Choose a picture file' },
  'picture.alt': { vi: 'Ảnh cho thấy gì', en: 'What the picture shows' },
  'picture.altHint': {
    vi: 'Một câu cho người không nhìn thấy ảnh, ví dụ: Lò sấy bơm nhiệt tại xưởng, cửa đang mở, vải xếp trên tám khay.',
    en: 'One sentence for people who cannot see it, e.g. The heat-pump dryer in the workshop, its door open, litchi on eight trays.',
  },
  'picture.logoAlt': { vi: 'Mô tả, không bắt buộc', en: 'Description, optional' },
  'picture.logoAltHint': { vi: 'Bỏ trống thì dùng tên hồ sơ.', en: 'If empty, the record’s name is used.' },
  'picture.add.logo': { vi: 'Tải lên', en: 'Upload' },
  'picture.add.photo': { vi: 'Thêm ảnh', en: 'Add the photo' },
  'picture.replace': { vi: 'Chọn tệp khác để thay', en: 'Choose another file to replace it' },
  'picture.addAnother': { vi: 'Thêm một ảnh', en: 'Add a photo' },
  'picture.full': {
    vi: 'Hồ sơ đã có đủ {n} ảnh. Muốn thêm, hãy gỡ bớt một ảnh.',
    en: 'The record has its {n} photos. Remove one to add another.',
  },
  'picture.remove': { vi: 'Gỡ', en: 'Remove' },
  'picture.up': { vi: 'Lên trước', en: 'Move forward' },
  'picture.down': { vi: 'Xuống sau', en: 'Move back' },
  'picture.which': { vi: '{action}: {alt}', en: '{action}: {alt}' },
  'picture.saveWords': { vi: 'Lưu mô tả', en: 'Save the descriptions' },
  'picture.goOn': { vi: 'Tiếp tục', en: 'Go on' },
  'picture.missing': { vi: 'Hãy chọn một tệp ảnh.', en: 'Choose a picture file.' },
  'picture.altMissing': {
    vi: 'Hãy viết một câu nói ảnh cho thấy gì.',
    en: 'Write a sentence that says what the picture shows.',
  },
  'picture.altTooLong': { vi: 'Mô tả dài nhất {n} ký tự.', en: 'The description may have up to {n} characters.' },
  'picture.tooMany': {
    vi: 'Bạn đã gửi rất nhiều ảnh. Hãy đợi một giờ rồi gửi tiếp.',
    en: 'You have sent a great many pictures. Wait an hour before you send more.',
  },
  'picture.tooLarge': {
    vi: 'Tệp lớn hơn {n} MB. Hãy chọn tệp nhỏ hơn.',
    en: 'The file is larger than {n} MB. Choose a smaller one.',
  },
  'picture.tooManyPixels': {
    vi: 'Ảnh có quá nhiều điểm ảnh (hơn 52 triệu). Hãy thu nhỏ ảnh trước.',
    en: 'The picture has too many pixels (more than 52 million). Make it smaller first.',
  },
  'picture.unreadable': {
    vi: 'Tệp này hỏng hoặc không phải ảnh JPEG, PNG, WebP, AVIF, GIF. Hãy chọn tệp khác.',
    en: 'This file is damaged, or no JPEG, PNG, WebP, AVIF or GIF picture. Choose another.',
  },
  'picture.already': { vi: 'Ảnh này đã có trong hồ sơ.', en: 'The record has this photo already.' },
  'picture.none': { vi: 'Không có', en: 'None' },
  'picture.gallery': { vi: 'Hình ảnh', en: 'Pictures' },
} as const;
