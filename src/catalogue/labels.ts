import type { KindCode } from './kind.ts';

/** A text in both languages of the site. */
export interface Label {
  vi: string;
  en: string;
}

/**
 * What people call each attribute and relation: column headers of an import, labels of forms and pages.
 * `kind.attribute` names it where one kind means something else by the same name.
 */
export const attributeLabels: Record<string, Label> = {
  externalId: { vi: 'Mã hồ sơ', en: 'Record code' },
  title: { vi: 'Tên', en: 'Name' },
  titleEn: { vi: 'Tên tiếng Anh', en: 'English name' },
  summary: { vi: 'Tóm tắt', en: 'Summary' },
  summaryEn: { vi: 'Tóm tắt tiếng Anh', en: 'English summary' },
  body: { vi: 'Mô tả chi tiết', en: 'Description' },
  fields: { vi: 'Lĩnh vực KH&CN', en: 'S&T fields' },
  areas: { vi: 'Địa bàn', en: 'Places' },
  keywords: { vi: 'Từ khoá', en: 'Keywords' },
  contactName: { vi: 'Người liên hệ', en: 'Contact' },
  contactEmail: { vi: 'Email liên hệ', en: 'Contact e-mail' },
  contactPhone: { vi: 'Điện thoại liên hệ', en: 'Contact phone' },
  contactVisibility: { vi: 'Hiển thị liên hệ', en: 'Contact visible to' },
  website: { vi: 'Trang web', en: 'Website' },
  sourceText: { vi: 'Nguồn', en: 'Source' },
  sourceUrl: { vi: 'Địa chỉ nguồn', en: 'Source address' },
  logo: { vi: 'Logo', en: 'Logo' },
  'expert.logo': { vi: 'Ảnh chân dung', en: 'Portrait' },
  photos: { vi: 'Ảnh', en: 'Photos' },
  publishedAt: { vi: 'Ngày công bố', en: 'Published on' },
  demo: { vi: 'Dữ liệu mẫu', en: 'Demo record' },

  // Columns of an exported list that no form has.
  pageUrl: { vi: 'Địa chỉ trang', en: 'Page address' },
  publicEmail: { vi: 'Email công khai', en: 'Public e-mail' },
  publicPhone: { vi: 'Điện thoại công khai', en: 'Public phone' },

  'enterprise.title': { vi: 'Tên doanh nghiệp', en: 'Enterprise name' },
  taxCode: { vi: 'Mã số thuế', en: 'Tax code' },
  certificateNumber: { vi: 'Số giấy chứng nhận doanh nghiệp KH&CN', en: 'S&T enterprise certificate number' },
  certificateDate: { vi: 'Ngày cấp giấy chứng nhận', en: 'Certificate issued on' },
  certificateAuthority: { vi: 'Cơ quan cấp giấy chứng nhận', en: 'Certificate issued by' },
  certificateStatus: { vi: 'Tình trạng giấy chứng nhận', en: 'Certificate status' },
  products: { vi: 'Sản phẩm', en: 'Products' },
  'enterprise.products': { vi: 'Sản phẩm từ kết quả KH&CN', en: 'Products from S&T results' },
  vsic: { vi: 'Ngành kinh tế (VSIC)', en: 'Industry (VSIC)' },
  size: { vi: 'Quy mô', en: 'Size' },
  exportMarkets: { vi: 'Thị trường xuất khẩu', en: 'Export markets' },
  standards: { vi: 'Tiêu chuẩn, chứng nhận', en: 'Standards and certificates' },
  partners: { vi: 'Đối tác', en: 'Partners' },
  'enterprise.partners': { vi: 'Tổ chức KH&CN hợp tác', en: 'Partner S&T organisations' },

  'startup.title': { vi: 'Tên doanh nghiệp khởi nghiệp', en: 'Startup name' },
  foundingYear: { vi: 'Năm thành lập', en: 'Founded in' },
  stage: { vi: 'Giai đoạn phát triển', en: 'Stage' },
  businessModel: { vi: 'Mô hình kinh doanh', en: 'Business model' },
  fundingSoughtVnd: { vi: 'Vốn cần gọi (đồng)', en: 'Funding sought (VND)' },
  fundingRaisedVnd: { vi: 'Vốn đã gọi (đồng)', en: 'Funding raised (VND)' },
  teamSize: { vi: 'Số thành viên', en: 'Team size' },
  programme: { vi: 'Chương trình, vườn ươm', en: 'Programme or incubator' },
  ip: { vi: 'Tài sản trí tuệ', en: 'Intellectual property' },
  supporters: { vi: 'Tổ chức hỗ trợ', en: 'Supporting organisations' },

  'organisation.title': { vi: 'Tên tổ chức', en: 'Organisation name' },
  orgType: { vi: 'Loại hình tổ chức', en: 'Type of organisation' },
  ownership: { vi: 'Hình thức sở hữu', en: 'Ownership' },
  registrationNumber: { vi: 'Số đăng ký', en: 'Registration number' },
  'organisation.registrationNumber': {
    vi: 'Số giấy chứng nhận đăng ký hoạt động',
    en: 'Registration certificate number',
  },
  registrationDate: { vi: 'Ngày đăng ký hoạt động', en: 'Registered on' },
  services: { vi: 'Dịch vụ KH&CN', en: 'Services' },
  equipment: { vi: 'Phòng thí nghiệm, thiết bị', en: 'Laboratories and equipment' },
  accreditations: { vi: 'Công nhận (VILAS…)', en: 'Accreditations (VILAS…)' },
  'organisation.partners': { vi: 'Đối tác trong và ngoài nước', en: 'Partners at home and abroad' },

  'expert.title': { vi: 'Họ và tên', en: 'Full name' },
  academicRank: { vi: 'Học hàm', en: 'Academic rank' },
  degree: { vi: 'Học vị', en: 'Degree' },
  organisationName: { vi: 'Tên cơ quan công tác', en: 'Name of institution' },
  organisation: { vi: 'Cơ quan công tác', en: 'Institution' },
  expertise: { vi: 'Chuyên môn', en: 'Expertise' },
  orcid: { vi: 'Mã ORCID', en: 'ORCID' },
  languages: { vi: 'Ngôn ngữ làm việc', en: 'Working languages' },
  country: { vi: 'Quốc gia', en: 'Country' },
  willingTo: { vi: 'Sẵn sàng tham gia', en: 'Willing to' },
  consentAt: { vi: 'Ngày đồng ý công khai', en: 'Consent to publish given on' },

  'trademark.title': { vi: 'Tên nhãn hiệu', en: 'Mark' },
  markType: { vi: 'Loại nhãn hiệu', en: 'Type of mark' },
  'trademark.registrationNumber': { vi: 'Số văn bằng bảo hộ', en: 'Protection title number' },
  ownerName: { vi: 'Tên chủ sở hữu', en: 'Name of owner' },
  owner: { vi: 'Chủ sở hữu', en: 'Owner' },
  niceClasses: { vi: 'Nhóm Nice', en: 'Nice classes' },
  grantedOn: { vi: 'Ngày cấp văn bằng', en: 'Granted on' },
  expiresOn: { vi: 'Hiển thị đến ngày', en: 'Listed until' },
  'trademark.expiresOn': { vi: 'Ngày hết hiệu lực', en: 'Expires on' },
  producerCount: { vi: 'Số cơ sở sản xuất', en: 'Number of producers' },
  productionArea: { vi: 'Vùng sản xuất', en: 'Production area' },
  supportActivities: { vi: 'Hoạt động hỗ trợ', en: 'Support activities' },
  producers: { vi: 'Doanh nghiệp sản xuất', en: 'Producers' },

  'offer.title': { vi: 'Tên công nghệ, thiết bị', en: 'Technology or equipment' },
  trl: { vi: 'Mức sẵn sàng công nghệ (TRL)', en: 'Technology readiness level (TRL)' },
  ipStatus: { vi: 'Tình trạng sở hữu trí tuệ', en: 'IP status' },
  ipNumber: { vi: 'Số văn bằng, số đơn', en: 'IP title or application number' },
  transferModes: { vi: 'Hình thức chuyển giao', en: 'Forms of transfer' },
  priceMode: { vi: 'Cách tính giá', en: 'Pricing' },
  priceMinVnd: { vi: 'Giá từ (đồng)', en: 'Price from (VND)' },
  priceMaxVnd: { vi: 'Giá đến (đồng)', en: 'Price to (VND)' },
  advantages: { vi: 'Ưu điểm', en: 'Advantages' },
  conditions: { vi: 'Điều kiện áp dụng', en: 'Conditions of use' },
  appliedAt: { vi: 'Nơi đã ứng dụng', en: 'Applied at' },
  green: { vi: 'Công nghệ xanh', en: 'Green technology' },
  supplierName: { vi: 'Tên đơn vị cung cấp', en: 'Name of supplier' },
  supplier: { vi: 'Đơn vị cung cấp', en: 'Supplier' },
  inventors: { vi: 'Tác giả', en: 'Inventors' },

  'need.title': { vi: 'Nhu cầu', en: 'Need' },
  problem: { vi: 'Vấn đề cần giải quyết', en: 'Problem' },
  currentSituation: { vi: 'Hiện trạng', en: 'Current situation' },
  tried: { vi: 'Giải pháp đã thử', en: 'What has been tried' },
  requiredResult: { vi: 'Kết quả mong muốn', en: 'Required result' },
  budgetMinVnd: { vi: 'Kinh phí từ (đồng)', en: 'Budget from (VND)' },
  budgetMaxVnd: { vi: 'Kinh phí đến (đồng)', en: 'Budget to (VND)' },
  deadline: { vi: 'Thời hạn cần có', en: 'Needed by' },
  partnerTypes: { vi: 'Đối tác mong muốn', en: 'Partners sought' },
  excludedPartnerTypes: { vi: 'Không làm việc với', en: 'Partners not wanted' },
  minTrl: { vi: 'TRL tối thiểu', en: 'Minimum TRL' },
  anonymous: { vi: 'Ẩn danh', en: 'Anonymous' },
  requester: { vi: 'Đơn vị có nhu cầu', en: 'Requester' },

  'achievement.title': { vi: 'Tên thành tựu', en: 'Achievement' },
  taskCode: { vi: 'Mã số nhiệm vụ', en: 'R&D task code' },
  taskTitle: { vi: 'Tên nhiệm vụ', en: 'R&D task title' },
  leadOrganisationName: { vi: 'Tên tổ chức chủ trì', en: 'Name of lead organisation' },
  leadOrganisation: { vi: 'Tổ chức chủ trì', en: 'Lead organisation' },
  people: { vi: 'Người thực hiện', en: 'People' },
  level: { vi: 'Cấp nhiệm vụ', en: 'Level' },
  acceptedYear: { vi: 'Năm nghiệm thu', en: 'Year accepted' },
  result: { vi: 'Kết quả', en: 'Result' },
  impact: { vi: 'Hiệu quả', en: 'Impact' },
  replicable: { vi: 'Sẵn sàng nhân rộng', en: 'Ready to be replicated' },
  offers: { vi: 'Công nghệ chào bán liên quan', en: 'Related technology offers' },

  'policy.title': { vi: 'Tên văn bản', en: 'Document title' },
  number: { vi: 'Số, ký hiệu', en: 'Number' },
  issuer: { vi: 'Cơ quan ban hành', en: 'Issued by' },
  issuedOn: { vi: 'Ngày ban hành', en: 'Issued on' },
  effectiveOn: { vi: 'Ngày có hiệu lực', en: 'In force from' },
  validity: { vi: 'Tình trạng hiệu lực', en: 'Validity' },
  benefits: { vi: 'Quyền lợi, ưu đãi', en: 'Benefits' },
  relatedKinds: { vi: 'Đối tượng áp dụng', en: 'Who it concerns' },
};

/** An attribute's or relation's name for people, as its kind means it; any other word names itself. */
export function labelOf(kind: KindCode, attribute: string): Label {
  const key = [`${kind}.${attribute}`, attribute].find((name) => Object.hasOwn(attributeLabels, name));
  return key ? attributeLabels[key] : { vi: attribute, en: attribute };
}
