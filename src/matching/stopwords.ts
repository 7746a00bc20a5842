// A text in a module: pages are bundled, and a bundle leaves files that are read at run time behind.
export const stopwordsText = `
# Âm tiết không nói lên nội dung: hư từ, đại từ, số đếm, từ xưng hô và từ chung của mọi nhu cầu, mọi hồ sơ.
# Syllables that say nothing about the subject: function words, pronouns, numerals, and what every need and record says.
a ai anh à ạ âu ấy
bao bà bạn bằng bây bên bị bởi bộ bất bấy bốn ba bảy
cả các cái cách cần càng cảnh chả chẳng chắc chi chiếc chị cho chỉ chính cho chớ chú chúng chưa chừng chục cho có con còn cô cùng cũng cứ cụ của cuối cụm
dà dành do dù dưới dùng dần
đã đang đành đâu đầu đây đấy đe đến đều đi đó đôi đối được để đủ đưa đời đâu đang đều
em
gì giờ giúp giùm gồm gần gấp
hả hai hàng hằng hay hãy hàng hầu hẳn hết hệ hoặc hơn hồi họ hễ hiện hợp
ít
kẻ khi khoảng không khá khác khó kia kể kế kém kèm
là lại làm lắm lần lấy lẽ lên liền loại lúc luôn lượt
mà mãi mang mau mấy mất một mọi mới mỗi muốn mình mươi mười mong mẫu mức
nào nay này năm nên nếu ngay ngày người nhà nhất nhé nhỉ nhiều như nhưng những nhờ nơi nữa nó nói nửa nhau nhằm ngoài nghìn nghe ngàn
ở ơi ông
phải phía phần phút phù phép
quá qua quanh
ra rất rằng rồi riêng rõ ráo
sao sau sáu sắp sẽ so số suốt sự sang sẵn
tại tám tầm tất tất tháng thành thấy theo thế thêm thì thiếu thôi thường tiếp tìm tới tôi trăm trên tri triệu trong trở trước trả từ từng tuần tuy tuỳ tự tỷ tổng tận tức trừ tung
và vài vào vẫn vậy về vì việc vốn với vừa vụ vượt
xem xong xuống xin xa
yêu ý
the of and for with from in on by a an to is are at
dự án đề tài nhiệm mô hình nghiên cứu quy trình công nghệ kỹ thuật giải pháp hệ thống thiết ứng dụng phương pháp sử phát triển xây dựng tác
chuyên gia trung tâm viện tiến sĩ thạc phó giáo sư chuyên khoa
triển khai kết quả hiệu cơ sở năng suất chất lượng phẩm sản xuất
`;
