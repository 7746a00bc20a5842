// A text in a module: pages are bundled, and a bundle leaves files that are read at run time behind.
export const thesaurusText = `
# Từ của chủ cơ sở và từ của nhà nghiên cứu cho cùng một việc. Words of owners and of researchers for the same things.
# Mỗi dòng: các cách nói giống nhau, ngăn bằng "="; sau ">" là từ của người giải quyết, ngăn bằng ";".
# A line: ways to say the same, separated by "="; after ">", separated by ";", the words of those who solve it.
# General vocabulary by sector, written without regard to single records; folded spelling is not used: marks matter.

# --- Sấy, bảo quản, sau thu hoạch · drying, storage, postharvest
phơi = phơi khô = hong = sấy khô = làm khô = sấy > máy sấy; sấy bơm nhiệt; sấy lạnh; sấy đối lưu; sấy hồng ngoại; sấy thăng hoa; sấy năng lượng mặt trời; giảm ẩm; tách ẩm; độ ẩm cuối
giữ tươi = để được lâu = tươi lâu = chóng hỏng = nhanh hỏng = mau hỏng = bảo quản > sau thu hoạch; bảo quản lạnh; kho lạnh; chuỗi lạnh; màng phủ; khí quyển điều chỉnh; hút chân không; bao gói; kéo dài thời gian bảo quản; hạn sử dụng
cất kho = trữ kho = kho chứa = để kho > kho bảo quản; thông gió; kho lạnh; kho mát; bảo quản
thâm = thâm đen = đen vỏ = nâu vỏ = ngả nâu = xuống màu = mất màu = bạc màu = giữ màu = đổi màu = biến màu > nâu hoá; chống oxy hoá; ức chế enzyme; chần; ổn định màu; sắc tố; anthocyanin; sulfit
mốc = bị mốc = lên mốc = ẩm mốc = nấm mốc > chống mốc; kháng nấm; độ ẩm; hoạt độ nước; độc tố nấm; aflatoxin; hút ẩm; chắn ẩm
ỉu = hút ẩm = chảy nước = vón cục > chống ẩm; chắn ẩm; hoạt độ nước; hút ẩm; bao bì
thối = hư = hỏng = úng thối = thối nhũn > hao hụt; tổn thất sau thu hoạch; bảo quản; vi sinh vật gây hỏng
mọc mầm = nảy mầm = nẩy mầm > ức chế nảy mầm; bảo quản; thông gió; hong khô
hao = hao hụt = mất mát = rơi vãi = thất thoát > tổn thất; giảm hao hụt
kho lạnh = phòng lạnh = kho mát = hầm lạnh > làm lạnh; cấp đông; bảo quản lạnh; chuỗi lạnh
đông lạnh = cấp đông = đông đá > cấp đông nhanh; IQF; rã đông; kho lạnh
hút chân không = ép chân không > bao gói; đóng gói chân không
đi tàu = đường biển = sang nước ngoài = bán ra nước ngoài = khách nước ngoài = khách nhật = khách hàn = khách tây = khách âu > xuất khẩu; tiêu chuẩn xuất khẩu; chuỗi lạnh; dư lượng; truy xuất nguồn gốc
đóng gói = đóng túi = đóng hộp = đóng bao = gói hàng > bao gói; bao bì; đóng gói tự động; máy đóng gói; nhà đóng gói; chiết rót
chiết chai = đóng chai = vô chai > chiết rót; dây chuyền đóng chai; thanh trùng

# --- Chế biến thực phẩm · food processing
rửa = rửa sạch = làm sạch > sơ chế; máy rửa; sục khí; rửa siêu âm; ozon
gọt = gọt vỏ = bóc vỏ = tách vỏ = bóc tách = lột vỏ > máy bóc vỏ; tách vỏ; sơ chế
tách hạt = bỏ hạt = lấy hạt > máy tách hạt; tách hạt
thái = cắt lát = xắt = băm = thái lát > máy cắt; máy thái; cắt lát
xay = nghiền = giã = tán bột = xay nhỏ = xay mịn > máy nghiền; nghiền mịn; siêu mịn; nghiền bi; micron
ép = vắt = ép lấy nước = nước ép > máy ép; dịch ép; nước quả; ly tâm; thanh trùng
chia cỡ = chia loại = phân loại = lựa = tuyển = nhặt = chọn lựa > phân cỡ; phân loại tự động; máy phân loại; thị giác máy; cân phân loại; tách màu
ủ = lên men = ngâm ủ = lên meo > lên men; vi sinh; chủng giống; men; nấm men; vi khuẩn lactic; enzyme
rượu = làm rượu = nấu rượu = ủ rượu > lên men; rượu vang; chưng cất; nấm men; lão hoá rượu; khử andehit
giấm = dấm = làm giấm > lên men giấm; axit axetic; vi khuẩn axetic
nước mắm = mắm = làm mắm > lên men; thuỷ phân; đạm; histamin; chượp
nước tương = tương = xì dầu > lên men; nấm mốc; koji; thuỷ phân
dưa muối = muối chua = dưa chua > lên men lactic; vi khuẩn lactic
sữa chua = men vi sinh = lợi khuẩn > probiotic; lên men; Lactobacillus; Bacillus
đậu phụ = đậu hũ = tàu hũ > đậu nành; kết tủa; protein
bún = bánh phở = bánh đa = miến = bánh tráng = bánh cuốn > tinh bột; tráng hấp; ép đùn; dây chuyền; làng nghề
bánh kẹo = bánh = kẹo = mứt > chế biến thực phẩm; thực phẩm; đường; phối trộn
giò chả = giò = chả = nem = xúc xích > chế biến thịt; phụ gia; hàn the; vi sinh
hun khói = xông khói = ám khói = mùi khói > không khói; PAH; nhiễm khói; buồng xông
rang = sao = chiên = rán > máy rang; chiên chân không; rang tự động
chiên giòn = sấy giòn = giòn > chiên chân không; sấy thăng hoa; snack
tiệt trùng = hấp tiệt trùng = thanh trùng = diệt khuẩn = sát trùng = khử trùng > thanh trùng; tiệt trùng; chiếu xạ; áp suất cao; ozon; plasma; UV
chua = vị chua = bị chua > pH; lên men; axit
công thức = bí quyết = cách làm = cách nấu > quy trình công nghệ; chuyển giao; công thức; thông số
giấy tờ công bố = giấy công bố = công bố = giấy phép lưu hành = giấy tờ bán = giấy phép = hồ sơ bán > tự công bố; hồ sơ công bố; tiêu chuẩn cơ sở; kiểm nghiệm; chỉ tiêu chất lượng; đăng ký lưu hành; chứng nhận hợp quy
bỏ đi = vứt đi = đồ bỏ = thải ra = bỏ phí = bã = vỏ bỏ = phần thừa = đồ thừa > phụ phẩm; phế phụ phẩm; tận dụng; thu hồi; kinh tế tuần hoàn; bã thải; thuỷ phân; chiết xuất
xương = đầu xương = ruột = lòng = nội tạng > phụ phẩm; thuỷ phân; protein; collagen; đạm; bột cá
vỏ tôm = vỏ cua = vỏ ghẹ > chitin; chitosan; khử khoáng; khử protein
da cá = vảy cá > collagen; gelatin; peptit
nước đạm = đạm > đạm amin; thuỷ phân; protein; axit amin
tinh dầu = dầu thơm > chưng cất; lôi cuốn hơi nước; chiết xuất; CO2 siêu tới hạn
chất màu = màu tự nhiên = phẩm màu > chất màu tự nhiên; anthocyanin; curcumin; chiết xuất; sắc tố
loại hai = hàng dạt = hàng loại = quả nhỏ = quả nứt = bán đổ đống = bán tháo = ế = không ai mua = đổ bỏ > chế biến; chế biến sâu; nước ép; sấy; lên men; giá trị gia tăng; đa dạng sản phẩm
quà biếu = đặc sản = hàng quê > OCOP; chỉ dẫn địa lý; nhãn hiệu; bao bì; tiêu chuẩn sản phẩm
mật ong = nuôi ong > ong; thuỷ phần; hạ thuỷ phần; tách nước; phấn hoa; keo ong
chè = trà > diệt men; vò chè; lên men; sấy chè; ướp hương; polyphenol
cà phê > rang xay; sơ chế ướt; lên men; chế biến
gạo = xay xát = thóc = lúa gạo > sấy lúa; xay xát; đánh bóng; bảo quản thóc; gạo
bột = tinh bột > tinh bột; tinh bột biến tính; sấy phun; nghiền
đường = mật mía = đường phèn > cô đặc; kết tinh; chất tạo ngọt
muối = làm muối = diêm dân > kết tinh; muối sạch; nước biển
kiểm nghiệm = xét nghiệm = đo kiểm = kiểm định = phân tích mẫu > kiểm nghiệm; phân tích; phòng thử nghiệm; ISO 17025; VILAS; dư lượng; chỉ tiêu
tồn thuốc = dính thuốc = thuốc sâu còn = dư lượng = nhiễm thuốc > dư lượng; kiểm nghiệm; VietGAP; hữu cơ; kit kiểm tra nhanh
sạch = an toàn = rau sạch = thực phẩm sạch > an toàn thực phẩm; VietGAP; GlobalGAP; hữu cơ; HACCP; truy xuất nguồn gốc

# --- Trồng trọt · crops
giống = cây giống = cây con = hạt giống > giống; chọn tạo giống; nuôi cấy mô; nhân giống; invitro; giâm hom; ghép; sạch bệnh; phục tráng
thoái hoá = lai tạp = giống cũ = giống lẫn > phục tráng; chọn lọc; nguồn gen; bảo tồn; đầu dòng
không ra hoa = ít hoa = ra hoa = rụng hoa = không đậu quả = rụng quả = mất mùa = năm được năm mất = cách năm > phân hoá mầm hoa; đậu quả; khoanh vỏ; xử lý ra hoa; điều tiết sinh trưởng; sinh lý cây; cây ăn quả
trái vụ = rải vụ = nghịch vụ > rải vụ; điều khiển ra hoa; xử lý ra hoa; chiếu sáng
nứt quả = nứt = quả nứt > canxi; điều tiết nước; bo; phân bón lá
sâu = sâu bệnh = sâu hại = bọ = rầy = nhện = rệp > bảo vệ thực vật; dịch hại; phòng trừ; phòng trừ sinh học; thiên địch; IPM; thuốc trừ sâu sinh học; nấm ký sinh; bẫy
ruồi vàng = ruồi châm = giòi = dòi = ruồi đục quả > ruồi đục quả; bả protein; bẫy dẫn dụ; pheromone; bao quả
ít dùng thuốc = bớt thuốc = không phun thuốc = không dùng thuốc = giảm thuốc = sợ thuốc > sinh học; phòng trừ sinh học; chế phẩm sinh học; IPM; dịch hại tổng hợp; thảo mộc; hữu cơ
phun thuốc = xịt thuốc = phun tay > phun thuốc; máy bay không người lái; drone; phun chính xác; bảo vệ thực vật
vàng lá = thối rễ = héo = chết cây = chết héo = xoắn lá = đốm lá = bệnh cây > bệnh cây; nấm bệnh; Phytophthora; Fusarium; vi rút; Trichoderma; nấm đối kháng; bảo vệ thực vật; tuyến trùng
chuột = chuột phá = ốc bươu vàng > diệt chuột; bẫy; bả; sinh học
cỏ = cỏ dại = làm cỏ > trừ cỏ; màng phủ; che phủ; cơ giới hoá
đất chua = đất bạc màu = đất xấu = đất mặn = nhiễm mặn = đất phèn = chai đất > cải tạo đất; độ phì; hữu cơ; vôi; than sinh học; vi sinh vật đất; chịu mặn; biochar
phân bón = bón phân = phân > phân bón; dinh dưỡng cây trồng; phân hữu cơ vi sinh; phân bón lá; phân chậm tan; nano
phân chuồng = phân gà = phân lợn = phân bò = phân tươi = phân trâu > ủ phân; phân hữu cơ; phân hữu cơ vi sinh; compost; vi sinh; trống quay; chất thải chăn nuôi; trùn quế; ruồi lính đen
rơm = rơm rạ = rạ = đốt đồng = đốt rơm > rơm rạ; phân huỷ; chế phẩm vi sinh; Trichoderma; trồng nấm; cuốn rơm; ủ; phụ phẩm nông nghiệp; sinh khối
mau nát = mau mục = nhanh mục = nhanh hoai > phân huỷ; cellulose; vi sinh; chế phẩm
tưới = tưới nước = tự tưới = tưới tay > tưới nhỏ giọt; tưới tự động; tưới tiết kiệm; tưới chính xác; cảm biến độ ẩm đất; béc phun
bón qua nước = pha phân = châm phân > châm phân; dinh dưỡng; EC; pH; thuỷ canh
nhà lưới = nhà ni lông = nhà kính = nhà bạt > nhà màng; nhà lưới; vi khí hậu; nông nghiệp công nghệ cao; thuỷ canh; giá thể
nóng quá = chống nóng = mùa nóng = nóng bức > làm mát bay hơi; thông gió; vi khí hậu; lưới cắt nắng; cách nhiệt
hạn = thiếu nước = khô hạn > tưới tiết kiệm; chịu hạn; giữ ẩm; hồ chứa
úng = ngập = ngập úng > tiêu thoát nước; chịu úng; chịu ngập
trồng rau không đất = trồng trong nước = rau thuỷ canh > thuỷ canh; khí canh; dinh dưỡng; nhà màng
nấm = trồng nấm = làm nấm = meo nấm > nấm ăn; phôi nấm; giống nấm; nhà trồng nấm; giá thể; nấm dược liệu
hoa = cây cảnh = hoa lan > hoa cây cảnh; nuôi cấy mô; điều khiển ra hoa; giá thể
cấy = gieo = cấy lúa = gieo hạt > máy cấy; mạ khay; gieo sạ; cơ giới hoá
gặt = thu hoạch = hái = nhổ > máy gặt; thu hoạch cơ giới; máy thu hoạch; cơ giới hoá
thiếu người làm = thuê người = thiếu thợ = thay người = không có người = nhân công = tốn công = đỡ công > cơ giới hoá; tự động hoá; robot; dây chuyền; máy
người chỉ cách = chỉ cách = hướng dẫn = dạy cách = cầm tay chỉ việc = tập huấn > chuyển giao; tập huấn; đào tạo; khuyến nông; tư vấn; quy trình kỹ thuật

# --- Chăn nuôi, thú y · livestock, veterinary
lợn = heo > chăn nuôi; trang trại; lợn
gà = vịt = ngan = gia cầm > gia cầm; chăn nuôi; ấp trứng; thức ăn
bò = trâu = dê > gia súc; đại gia súc; thụ tinh nhân tạo; ủ chua; TMR
chuồng = chuồng trại > chuồng nuôi; chuồng kín; đệm lót sinh học; vi khí hậu; an toàn sinh học
hôi = mùi hôi = mùi thối = hôi thối = mùi khai = bốc mùi = hết mùi = khử mùi > khử mùi; amoniac; H2S; chế phẩm vi sinh; đệm lót sinh học; than hoạt tính; lọc sinh học; biogas
lót chuồng = rắc chuồng = độn chuồng > đệm lót sinh học; chế phẩm vi sinh; trấu; mùn cưa
thức ăn cho vật nuôi = thức ăn chăn nuôi = cám = cám gà = cám lợn = thức ăn gia súc > thức ăn chăn nuôi; khẩu phần; phối trộn; ép viên; đạm; enzyme; probiotic; ủ chua
kháng sinh = không dùng kháng sinh = tồn kháng sinh = không kháng sinh > thay kháng sinh; thảo dược; probiotic; axit hữu cơ; an toàn sinh học; thú y; tồn dư
đi phân = tiêu chảy = ỉa chảy = đi ngoài = thở khò khè = toi = chết dịch = dịch bệnh = dịch tả > bệnh đường ruột; bệnh hô hấp; vắc xin; thú y; chẩn đoán; an toàn sinh học; kit; thảo dược
con giống = giống vật nuôi = đẻ = phối giống = sinh sản > sinh sản nhân tạo; con giống; thụ tinh nhân tạo; chọn giống; ương
trứng = ấp trứng = gà đẻ = vịt đẻ > máy ấp; trứng; phân loại trứng; gia cầm sinh sản
tằm = nuôi tằm > dâu tằm; kén; tơ
phân gia súc = nước thải chuồng = nước rửa chuồng = chất thải chuồng > chất thải chăn nuôi; biogas; khí sinh học; hầm khí sinh học; HDPE; ủ phân; tách ép phân

# --- Thuỷ sản · aquaculture
cá = nuôi cá = tôm = nuôi tôm = ao cá = đầm tôm = thả cá > thuỷ sản; nuôi trồng thuỷ sản; ao nuôi; thâm canh; biofloc; tuần hoàn RAS
cá lồng = lồng cá = bè cá > lồng bè; nuôi lồng; oxy hoà tan; quan trắc
ngạt = nổi đầu = thiếu oxy = thiếu khí = chết ngạt > oxy hoà tan; sục khí; máy sục khí; quạt nước; quan trắc; cảnh báo sớm
thổi khí = quạt nước = sục khí = đánh khí > sục khí; bọt khí nano; oxy hoà tan
nước ao = nước bẩn ao = nước đổi màu = nước đục = tảo > môi trường ao nuôi; chế phẩm vi sinh; quan trắc; khí độc; tảo
đo nước = xem nước = kiểm tra nước > quan trắc; cảm biến; pH; oxy hoà tan; độ đục; chất lượng nước
ương = cho đẻ = ép đẻ = thả giống > sinh sản nhân tạo; ương giống; ấu trùng; con giống; thuần dưỡng
phi lê = phi lê cá = mổ cá = chế biến cá = làm cá > chế biến thuỷ sản; phụ phẩm; philê
đốm trắng = bệnh tôm = bệnh cá = lở loét > bệnh thuỷ sản; vi khuẩn; Vibrio; PCR; kit; vắc xin; thảo dược

# --- Môi trường · environment
nước thải = nước bẩn = nước cống = xả thải = nước xả > xử lý nước thải; hiếu khí; kỵ khí; bùn hoạt tính; MBBR; MBR; UASB; COD; BOD; bãi lọc trồng cây; quy chuẩn
đạt quy định = đạt chuẩn = vượt chuẩn = vượt mức = bị nhắc = bị nhắc nhở = bị phạt = lập biên bản > quy chuẩn; QCVN; giấy phép môi trường; đánh giá tác động; xử lý; quan trắc
kim loại độc = kim loại = xi mạ = xưởng mạ = nước mạ > kim loại nặng; xi mạ; crom; niken; trao đổi ion; kết tủa; hấp phụ; thu hồi kim loại
dùng lại nước = dùng lại được nước = quay vòng nước = lọc nước dùng lại > tuần hoàn nước; tái sử dụng; màng lọc; RO; UF
nước nhuộm = nhuộm = thuốc nhuộm > dệt nhuộm; khử màu; Fenton; oxy hoá; keo tụ
bùn = bùn thải = bùn độc > bùn; xử lý bùn; ép bùn; chất thải nguy hại; bùn thải
bụi = bụi mù = bụi mịn = bay bụi > xử lý bụi; dập bụi; lọc bụi; túi vải; xyclon; phun sương; hút bụi; môi trường lao động
khói = khói đen = khói bụi = khí thải = khí độc > xử lý khí thải; hấp thụ; hấp phụ; lọc bụi; tháp rửa; xyclon; phát thải
ồn = tiếng ồn = ầm ĩ > giảm ồn; cách âm; tiêu âm; rung
rác = rác thải = rác nhà = đổ rác > chất thải rắn; phân loại rác; đốt rác; ủ; chôn lấp; tái chế; nhiệt phân
ni lông = túi ni lông = nhựa = rác nhựa = nilon > nhựa; tái chế; phân huỷ sinh học; polyme; bao bì; vi nhựa
tự huỷ = tự phân huỷ = tự tiêu = thân thiện > phân huỷ sinh học; polyme sinh học; PLA; PBAT; tinh bột; bao bì
nước sạch = nước ăn = nước giếng = nước phèn = nước uống > xử lý nước; nước sinh hoạt; asen; sắt; lọc; màng; khử trùng
nước mặn = xâm nhập mặn = nước lợ > xâm nhập mặn; khử mặn; màng; quan trắc mặn
giảm khí thải = dấu chân = carbon = các bon = khí nhà kính > phát thải; khí nhà kính; carbon; kiểm kê; năng lượng tái tạo; tiết kiệm năng lượng; tín chỉ
khí đốt = lấy khí = lấy gas = đun bằng khí > khí sinh học; biogas; kỵ khí; hầm khí sinh học
mương = kênh = sông bẩn = ao tù > ô nhiễm; chất lượng nước; chế phẩm; nạo vét
lũ = lụt = sạt lở = bão > phòng chống thiên tai; cảnh báo sớm; dự báo; GIS; kè; địa kỹ thuật

# --- Năng lượng, nhiệt, lò · energy, heat, furnaces
tiền điện = tốn điện = đỡ điện = hao điện = giờ cao điểm > tiết kiệm năng lượng; kiểm toán năng lượng; tiết kiệm điện; biến tần; điện mặt trời; lưu trữ năng lượng; quản lý năng lượng
tấm pin = pin mặt trời = điện mái nhà = điện nắng = mái tôn > điện mặt trời; năng lượng tái tạo; áp mái; quang điện; inverter
bình trữ = ắc quy = bình điện = trữ điện > lưu trữ; pin lithi; lưu trữ năng lượng; BMS
lò hơi = nồi hơi = nồi súp de > lò hơi; tầng sôi; sinh khối; hơi nước; hiệu suất
than = đốt than = lò than > than; sinh khối; lò hơi; chuyển đổi nhiên liệu; phát thải
trấu = mùn cưa = dăm = củi = củi trấu > sinh khối; viên nén; trấu; khí hoá; lò đốt; tầng sôi; chất đốt
tốn gas = đỡ gas = tiết kiệm gas = tốn củi = tốn dầu = tốn than > tiết kiệm nhiên liệu; thu hồi nhiệt; hiệu suất; cách nhiệt; buồng đốt; tối ưu
khói nóng = hơi nóng = nhiệt thừa = tận dụng nhiệt > thu hồi nhiệt; nhiệt thải; trao đổi nhiệt
bỏ vốn trước = trả dần = trả góp = thu dần = thuê bao = trả theo tháng > ESCO; hợp đồng dịch vụ; thuê bao; dịch vụ; thuê
lấy lại vốn = hoàn vốn = bao lâu lãi > hoàn vốn; hiệu quả kinh tế; kiểm toán năng lượng; thời gian hoàn vốn
làm mát = máy lạnh = điều hoà > làm mát; bơm nhiệt; lạnh; thông gió
quạt = quạt gió = thông gió = bí hơi > thông gió; quạt; thông gió cưỡng bức; lưu lượng
máy phát = phát điện > phát điện; khí hoá; máy phát điện
xe điện = sạc xe = trạm sạc > xe điện; trạm sạc; pin; động cơ điện

# --- Gốm, vật liệu, xây dựng · ceramics, materials, construction
gốm = sứ = đồ gốm = lò gốm = bát đĩa > gốm sứ; men gốm; nung; lò nung; đất sét; silicat
nung = lò nung = nung đều = chỗ sống chỗ cháy = cháy sống > lò nung; đường cong nung; chênh nhiệt; lò con thoi; lò tuynel; nhiệt độ; khí cháy
men = men gốm = rạn men = bong men > men gốm; frit; hệ men; không chì; phục chế
gạch = ngói = gạch đất nung > gạch không nung; gạch; xi măng cốt liệu; ép rung; gạch ốp lát; tuynel
tro = xỉ = tro than = tro bay = tro xỉ > tro xỉ; tro bay; nhiệt điện; gạch không nung; phụ gia; bê tông; geopolyme
xi măng = bê tông = vữa > bê tông; phụ gia; xi măng; cốt liệu; cường độ
nứt tường = thấm = dột = chống thấm > chống thấm; vật liệu; phụ gia; sơn
đường hỏng = ổ gà = làm đường > nền đường; mặt đường; gia cố đất; bê tông nhựa
đá = mỏ đá = xay đá = nghiền đá > khai thác đá; nghiền sàng; cát nhân tạo; dập bụi; bột đá
cát = thiếu cát > cát nhân tạo; cát nghiền; cốt liệu
gỗ = đồ gỗ = mộc = ván > gỗ; chế biến gỗ; sấy gỗ; ván nhân tạo; biến tính gỗ; keo dán
mối = mọt = mối mọt > mối mọt; bảo quản gỗ; phòng trừ mối; tẩm
tre = mây tre = nứa = cói > tre; mây tre đan; bảo quản; thủ công mỹ nghệ
sơn = sơn phủ = bong sơn > sơn; sơn tĩnh điện; lớp phủ; chống ăn mòn
gỉ = han gỉ = rỉ sét = ăn mòn > chống ăn mòn; mạ; lớp phủ; inox; ức chế ăn mòn
cao su = xốp = keo = đế giày > cao su; polyme; phối liệu; lưu hoá; keo dán
thuỷ tinh = kính > thuỷ tinh; kính; silicat
giấy = bột giấy = bìa = thùng giấy > giấy; bột giấy; bao bì; xenlulo
bao bì = túi gói = túi đựng = hộp đựng = màng bọc > bao bì; màng; chắn ẩm; phân huỷ sinh học; in ấn
phế liệu = sắt vụn = đồ cũ > tái chế; phế liệu; thu hồi

# --- Dệt may, da giày · textile
vải may = vải cuộn = cuộn vải = vải lỗi = lỗi vải = soi vải > vải dệt; lỗi vải; dệt may; máy soi; kiểm tra chất lượng; thị giác máy
may = xưởng may = may mặc = chuyền may = cắt may > dệt may; may công nghiệp; chuyền may; cân bằng chuyền; định mức
thêu = dệt = đan = dệt lụa > dệt; thủ công; sợi; thêu
giày = da = thuộc da > da giày; thuộc da; da

# --- Cơ khí, chế tạo, tự động hoá · mechanical, automation
máy hỏng = hỏng máy = dừng máy = hay hỏng = trục trặc = chết máy > bảo trì dự báo; giám sát tình trạng; rung động; cảm biến; bảo trì; chẩn đoán
gãy dao = mòn dao = dao cắt = dao cụ > dụng cụ cắt; mòn dao; phủ; chế độ cắt; CNC
máy phay = máy tiện = máy cnc = phay tiện = gia công > CNC; gia công; cắt gọt; máy công cụ; gia công chính xác; CAD; CAM
khuôn = khuôn mẫu = làm khuôn > khuôn mẫu; gia công chính xác; EDM; thiết kế khuôn
hàn = mối hàn = thợ hàn > hàn; robot hàn; kiểm tra không phá huỷ; mối hàn
đúc = đúc gang = đúc đồng = đúc nhôm > đúc; nấu luyện; hợp kim; khuôn cát; khuyết tật đúc
ép nhựa = nhựa ép = hạt nhựa > ép phun; nhựa; khuôn; tái chế; polyme
tự chạy = tự động = tự bật = tự làm = không phải trông = ít phải trông > tự động; tự động hoá; PLC; điều khiển; SCADA; robot
dây chuyền = cả dây chuyền = trọn bộ = máy trọn bộ = trọn gói > dây chuyền; chìa khoá trao tay; thiết bị; lắp đặt
tay máy = rô bốt = robot > robot; tay máy; tự động hoá; AGV
cân = đo đếm = cân đong > cân; đo lường; hiệu chuẩn; kiểm định; phương tiện đo
chính xác = sai số = đo chính xác > đo lường; hiệu chuẩn; CMM; cảm biến; dung sai
cải tạo máy = máy cũ = máy đời cũ = sửa máy = làm lại máy = lò cũ > cải tiến; cải tạo; nâng cấp; hiện đại hoá; phục hồi
chế máy = đặt làm máy = làm máy theo yêu cầu > chế tạo; thiết kế; chế tạo đơn chiếc; cơ khí; nội địa hoá
máy nông nghiệp = máy cày = máy bừa > cơ khí nông nghiệp; máy kéo; cơ giới hoá
đồ gá = tăng năng suất máy > đồ gá; tối ưu; gia công
băng tải = băng chuyền = vận chuyển hàng > băng tải; vận chuyển; cấp liệu; logistics

# --- CNTT, số hoá · IT
sổ sách = ghi sổ = sổ tay = ghi tay = giấy tờ lộn xộn = lộn xộn > phần mềm; số hoá; chuyển đổi số; quản lý sản xuất; nhật ký điện tử; cơ sở dữ liệu
phần mềm = dùng máy tính = ứng dụng = app > phần mềm; nền tảng; CNTT; chuyển đổi số; ứng dụng di động
tồn kho = kho hàng = đơn hàng = giao trễ = quản kho > quản lý kho; ERP; MES; lệnh sản xuất; phần mềm; quản lý sản xuất
điện thoại = bật bằng điện thoại = xem trên điện thoại = báo về điện thoại = nhắn về máy > IoT; giám sát từ xa; cảm biến; ứng dụng di động; cảnh báo; điều khiển từ xa
báo trước = báo sớm = cảnh báo = biết trước = phát hiện sớm > cảnh báo sớm; dự báo; giám sát; cảm biến; phân tích dữ liệu
camera = tự nhìn = máy nhìn = soi mắt = nhìn bằng mắt = máy soi > thị giác máy; nhận dạng; xử lý ảnh; học sâu; AI; kiểm tra chất lượng
quét mã = dán mã = quét điện thoại = tem = mã vạch = trồng ở đâu = ai trồng = nguồn gốc = xuất xứ > truy xuất nguồn gốc; mã QR; blockchain; chuỗi khối; nhật ký sản xuất; GS1; vùng trồng
bán trên mạng = bán online = bán qua mạng = bán hàng mạng > thương mại điện tử; sàn; nền tảng; tiếp thị số; livestream
chấm công = quản lý nhân viên = quản lý thợ > phần mềm; quản lý nhân sự; năng suất
mất dữ liệu = bị hack = lộ thông tin = virus máy tính > an toàn thông tin; bảo mật; an ninh mạng; sao lưu
bản đồ = định vị = chụp từ trên cao = máy bay chụp > GIS; viễn thám; UAV; bản đồ; GPS
dự báo = đoán trước = đoán > dự báo; mô hình; học máy; phân tích dữ liệu
kẹt xe = đỗ xe = giao thông > giao thông thông minh; đô thị thông minh; camera
du khách = khách du lịch = du lịch > du lịch thông minh; du lịch; thuyết minh; thực tế ảo
dạy học = học sinh = lớp học > giáo dục; học trực tuyến; STEM; bài giảng điện tử; đào tạo
hoá đơn = kế toán = sổ thu chi > hoá đơn điện tử; phần mềm kế toán

# --- Y, dược · health, pharmacy
thuốc nam = thuốc bắc = cây thuốc = thuốc gia truyền = thảo dược = lá thuốc > dược liệu; cao dược liệu; y học cổ truyền; thảo dược; hoạt chất; chiết xuất; bào chế; GACP
nấu cao = nấu thuốc = sắc thuốc = cao thuốc > cao dược liệu; chiết xuất; cô chân không; cô đặc; chiết siêu âm; cao khô
đồng đều = không đều = mẻ được mẻ hỏng = mẻ đặc mẻ loãng > ổn định; tiêu chuẩn hoá; kiểm soát quá trình; định lượng; đồng nhất
viên = viên nang = đóng viên = làm viên > bào chế; viên nén; viên nang; vi nang; nano
hiệu thuốc = nhà thuốc = bán thuốc > dược; GMP; đăng ký thuốc; thực phẩm bảo vệ sức khoẻ; tiêu chuẩn dược liệu
bồi bổ = tăng sức đề kháng = tốt cho sức khoẻ = thực phẩm chức năng > thực phẩm chức năng; thực phẩm bảo vệ sức khoẻ; hoạt tính sinh học; chống oxy hoá
mỹ phẩm = kem = dưỡng da = xà phòng = dầu gội > mỹ phẩm; chiết xuất; collagen; nhũ tương; tinh dầu
bệnh viện = phòng khám = khám bệnh = bệnh nhân > y tế; bệnh án điện tử; chẩn đoán; khám chữa bệnh từ xa; thiết bị y tế
xét nghiệm nhanh = thử nhanh = que thử > kit; chẩn đoán; LAMP; PCR; phát hiện nhanh; sắc ký miễn dịch
người già = người cao tuổi = chăm sóc = phục hồi > chăm sóc sức khoẻ; phục hồi chức năng; theo dõi sức khoẻ; thiết bị đeo
muỗi = sốt xuất huyết = côn trùng trong nhà > diệt muỗi; côn trùng; xua muỗi; bẫy
răng = xương khớp = ghép xương > vật liệu y sinh; nha khoa; chỉnh hình; hydroxyapatite
rác y tế = chất thải bệnh viện > chất thải y tế; khử khuẩn; hấp; đốt

# --- Sở hữu trí tuệ, kinh doanh, pháp lý · IP, business
bị nhái = hàng nhái = hàng giả = nhái tên = lấy tên = ăn cắp tên > sở hữu trí tuệ; nhãn hiệu; chống giả; bảo hộ; tem chống giả; xâm phạm
đăng ký tên = tên chung = thương hiệu = giữ tên = làm thương hiệu = nhãn mác > nhãn hiệu; nhãn hiệu chứng nhận; nhãn hiệu tập thể; chỉ dẫn địa lý; sở hữu trí tuệ; bảo hộ; quy chế sử dụng
sáng chế = bằng sáng chế = đăng ký sáng chế = đăng ký bản quyền > sáng chế; sở hữu trí tuệ; giải pháp hữu ích; kiểu dáng; đại diện sở hữu công nghiệp
gọi vốn = thiếu vốn = tìm vốn = nhà đầu tư > gọi vốn; đầu tư; quỹ; ươm tạo; khởi nghiệp; vay ưu đãi
khởi nghiệp = mới mở = mở công ty > khởi nghiệp; ươm tạo; cố vấn; đổi mới sáng tạo
quản lý xưởng = sắp xếp xưởng = lãng phí = năng suất thấp = chậm hàng > sản xuất tinh gọn; lean; 5S; năng suất; kaizen; cải tiến; định mức
chứng nhận = giấy chứng nhận = tiêu chuẩn = iso > chứng nhận; hợp quy; hợp chuẩn; ISO; tiêu chuẩn; thử nghiệm
tìm mối = tìm đầu ra = tiêu thụ = bán không được = đầu ra > liên kết chuỗi; tiêu thụ; xúc tiến thương mại; thương mại điện tử; chuỗi giá trị
định giá = giá trị công nghệ = mua công nghệ > định giá; chuyển giao công nghệ; hợp đồng; môi giới; thẩm định
thuế = ưu đãi = chính sách hỗ trợ > ưu đãi; doanh nghiệp KH&CN; chính sách; hỗ trợ

# --- Tên gọi khác nhau của cùng một thứ · other names of the same
bắp = ngô
khoai mì = sắn = củ mì
đậu phộng = lạc
mè = vừng
trái cây = hoa quả = quả = cây ăn quả = cây ăn trái = trái
vườn cây = vườn = nhà vườn = miệt vườn
rau = rau màu = rau củ = rau quả
hành = hành củ = hành tím
củ cải = củ cải trắng
mận = mận hậu
hồng xiêm = sapoche
mãng cầu = na
thơm = dứa = khóm
củ sắn = củ đậu
đỗ tương = đậu nành = đậu tương
đỗ xanh = đậu xanh
cải bắp = bắp cải
cá trắm = cá chép = cá rô phi = cá nước ngọt
gà đồi = gà thả vườn = gà thả đồi
trùn = giun = giun quế = trùn quế
nhện đỏ = nhện hại
khí ga = gas = khí hoá lỏng = LPG
ôxy = oxy = dưỡng khí
a xít = axit = acid
prô tê in = protein = đạm
en zim = enzym = enzyme = men tiêu hoá
vi sinh = vi sinh vật = chủng vi sinh = chế phẩm vi sinh = chế phẩm sinh học
nước quả = nước trái cây = dịch quả
thuốc trừ sâu = thuốc bảo vệ thực vật = thuốc sâu = BVTV
internet vạn vật = IoT = vạn vật kết nối
trí tuệ nhân tạo = AI = học máy = học sâu
chuyển đổi số = số hoá = CĐS
cảm biến = đầu dò = đầu đo = sensor
máy bay không người lái = drone = UAV = máy bay phun thuốc
khí sinh học = biogas
than sinh học = biochar
phân hữu cơ = phân vi sinh = phân hữu cơ vi sinh = compost
năng lượng mặt trời = điện mặt trời = pin mặt trời
hợp tác xã = HTX = tổ hợp tác
doanh nghiệp nhỏ và vừa = DNNVV = doanh nghiệp nhỏ
làng nghề = nghề truyền thống = thủ công
quan trắc = giám sát = theo dõi
phế phụ phẩm = phụ phẩm = phế phẩm = phế thải
nồng độ cồn = độ cồn = cồn
`;
