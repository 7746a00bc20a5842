import { describe, expect, test } from 'vitest';
import { alikeFrom, likeness } from '../../src/moderation/duplicates.ts';

describe('names of perhaps the same', () => {
  test.each([
    ['Công ty TNHH Nhựa Bình Minh', 'Công ty Cổ phần Nhựa Bình Minh'],
    ['CÔNG TY TNHH MỘT THÀNH VIÊN AN KHANG', 'An Khang'],
    ['An Khang Co., Ltd', 'Công ty TNHH An Khang'],
    ['Hợp tác xã Vải thiều Thanh Hà', 'HTX vai thieu thanh ha'],
    ['Viện Nghiên cứu Hải sản', 'Viện Nghiên cứu Hải sản (RIMF)'],
    ['Viện KH&CN Bờ Biển', 'Viện Khoa học và Công nghệ Bờ Biển'],
    ['Trường Đại học Hoà Bình', 'Trường Đại học Hòa Bình'],
    ['Trung tâm Khuyến nông thành phố', 'Trung tâm Khuyến nôgn thành phố'],
    ['PGS.TS. Lê Văn Mẫu', 'Lê Văn Mẫu'],
    ['GreenTech Việt', 'Green Tech Viet'],
    ['Lò sấy bơm nhiệt 2 tấn/mẻ cho vải thiều', 'Lò sấy bơm nhiệt cho vải thiều'],
    ['Máy sấy thăng hoa mini cho sầu riêng', 'máy sấy thăng hoa mini cho sầu riên'],
  ])('%s – %s', (a, b) => {
    expect(likeness(a, b)).toBeGreaterThanOrEqual(alikeFrom);
    expect(likeness(b, a)).toBeCloseTo(likeness(a, b), 5);
  });
});

describe('names of different ones', () => {
  test.each([
    ['Công ty TNHH An Phát', 'Công ty TNHH An Phú'],
    ['Công ty TNHH An Phát', 'Công ty TNHH Phát Đạt'],
    ['Công ty Cổ phần Nông nghiệp Hải Dương', 'Công ty Cổ phần Nông nghiệp Hải Phòng'],
    ['Trường Đại học Hải Phòng', 'Trường Đại học Hải Dương'],
    [
      'Trung tâm Ứng dụng tiến bộ khoa học và công nghệ Hải Dương',
      'Trung tâm Ứng dụng tiến bộ khoa học và công nghệ Hải Phòng',
    ],
    ['Hợp tác xã Vải thiều Thanh Hà', 'Hợp tác xã Vải thiều Thanh Sơn'],
    ['Hợp tác xã', 'Hợp tác xã Vải thiều'],
    ['Lê Văn An', 'Lê Văn Anh'],
    ['Công ty TNHH An Thanh', 'Công ty TNHH An Thang'],
    ['Máy sấy tầng sôi hạt giống', 'Máy sấy tầng sôi đời hai'],
    ['Máy đo độ mặn X200', 'Máy đo độ mặn X300'],
    ['Vải thiều', 'Quy trình bảo quản vải thiều tươi xuất khẩu'],
    ['', 'Công ty'],
    ['!!!', '???'],
  ])('%s – %s', (a, b) => {
    expect(likeness(a, b)).toBeLessThan(alikeFrom);
    expect(likeness(b, a)).toBeLessThan(alikeFrom);
  });
});
