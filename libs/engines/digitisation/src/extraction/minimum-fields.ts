import type { DocumentTemplate, FieldTemplate } from './field-template.js';

/**
 * Fields of Circular 01/2023 Art. 9 that anchors find on any paper. Number, date, agency, name and abstract have places
 * of their own on the page (Decree 30/2020 App. I) and are found by these first.
 */
export const minimumFields = ({ ownerKind }: DocumentTemplate): readonly FieldTemplate[] => [
  {
    key: 'dinhDanhChuGiayTo',
    label: 'Định danh chủ giấy tờ',
    kind: ownerKind === 'business' ? 'businessCode' : 'personalId',
    anchors:
      ownerKind === 'business'
        ? ['Mã số doanh nghiệp', 'Mã số thuế', 'Mã số']
        : ['Số định danh cá nhân', 'Số căn cước công dân', 'Số CCCD', 'Căn cước số', 'CCCD số', 'Số định danh'],
  },
  { key: 'soKyHieu', label: 'Số, ký hiệu', kind: 'documentNumber', anchors: ['Số'] },
  {
    key: 'ngayCap',
    label: 'Ngày cấp',
    kind: 'date',
    anchors: [
      'Đăng ký thay đổi lần thứ',
      'Đăng ký lần đầu',
      'Ngày, tháng, năm cấp',
      'Ngày, tháng, năm đăng ký',
      'Ngày đăng ký',
      'Ngày cấp',
      'Ngày ban hành',
    ],
  },
  {
    key: 'coQuanCap',
    label: 'Cơ quan cấp',
    kind: 'agency',
    anchors: ['Cơ quan cấp', 'Nơi cấp', 'Nơi đăng ký khai sinh', 'Nơi đăng ký', 'Đăng ký kết hôn tại'],
  },
  { key: 'trichYeu', label: 'Trích yếu', kind: 'text', anchors: ['Trích yếu'] },
  {
    key: 'coGiaTriDen',
    label: 'Có giá trị đến',
    kind: 'date',
    anchors: ['có giá trị đến ngày', 'Có giá trị đến', 'Ngày, tháng, năm hết hạn', 'Ngày hết hạn', 'Thời hạn đến'],
  },
  { key: 'phamVi', label: 'Phạm vi', kind: 'text', anchors: ['Phạm vi có giá trị', 'Phạm vi sử dụng', 'Được cấp để'] },
];
