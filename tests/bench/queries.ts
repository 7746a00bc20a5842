import { fold } from '../../search/text.ts';

/** What people type, in words that the made-up records have; the first ones match about a fifth of them. */
const common = [
  'nghiên cứu thiết kế',
  'thiết bị đo',
  'hợp đồng thiết kế',
  'kết quả nghiên cứu',
  'doanh nghiệp công nghệ',
  'công trình đất',
  'người dùng dữ liệu',
  'bảo quản quả',
  'sản phẩm nông nghiệp',
  'chuyển giao công nghệ',
  'mô hình dự báo',
  'nước sạch',
];

const specific = [
  'xử lý nước thải',
  'quy trình sản xuất',
  'chế phẩm vi sinh',
  'phân bón hữu cơ',
  'cảm biến đo độ ẩm',
  'truy xuất nguồn gốc',
  'vải thiều',
  'sấy bơm nhiệt',
  'an toàn thực phẩm',
  'trí tuệ nhân tạo',
  'chỉ dẫn địa lý',
  'nuôi trồng thuỷ sản',
  'vật liệu xây dựng',
  'giống cây trồng',
  'phần mềm quản lý',
  'kiểm nghiệm mẫu',
  'hệ thống tưới',
  'điện mặt trời',
  'lên men dược liệu',
  'máy sấy lúa',
];

/** One letter wrong, missing, doubled or swapped in a word of five letters or more, with and without marks. */
const mistyped = [
  'nghiên cứu thiêtt kế',
  'doanh nghiệpp công nghệ',
  'chuyểnn giao công nghệ',
  'ket qua nghein cuu',
  'cong trinhh dat',
  'quy trình sản xuâts',
  'phân bón hữuu cơ',
  'giong cay tronng',
  'kieem nghiem mau',
  'nuoi trồngg thuỷ sản',
];

export const queries = {
  marked: [...common, ...specific],
  unmarked: [...common, ...specific].map(fold),
  mistyped,
};

/** Unfinished queries, as the list under the search box asks: after every letter from the third on. */
export const beginnings = [...queries.marked, ...queries.unmarked].flatMap((q) =>
  Array.from({ length: q.length - 2 }, (_, i) => q.slice(0, i + 3)),
);
