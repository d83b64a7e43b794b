import type { DocumentType, FieldDefinition } from './catalogue.port.js';

/**
 * The nine fields every digitised paper has, whatever its type (Circular 01/2023/TT-VPCP Art. 9). Types add their own in
 * `DocumentType.fields` and do not repeat these. Not required: the owner's identifier, which is left blank for an owner
 * without one (Art. 10), and validity and scope, which many papers do not state (FR-29).
 *
 * The anchors serve where a value is not found by its place on the page (Decree 30/2020 App. I).
 */
export const minimumFields: readonly FieldDefinition[] = [
  { key: 'maLoaiGiayTo', label: 'Mã loại giấy tờ', kind: 'text', required: true, anchors: [] },
  {
    key: 'dinhDanhChuGiayTo',
    label: 'Số định danh của chủ giấy tờ',
    kind: 'identifier',
    required: false,
    anchors: [
      'Số định danh cá nhân',
      'Số căn cước công dân',
      'Số CCCD',
      'Căn cước số',
      'CCCD số',
      'Số căn cước',
      'Số định danh',
      'Mã số doanh nghiệp',
      'Mã số thuế',
      'Mã số',
    ],
  },
  { key: 'tenGiayTo', label: 'Tên giấy tờ', kind: 'text', required: true, anchors: [] },
  { key: 'soKyHieu', label: 'Số, ký hiệu', kind: 'documentNumber', required: true, anchors: ['Số'] },
  {
    key: 'ngayCap',
    label: 'Ngày cấp',
    kind: 'date',
    required: true,
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
    required: true,
    anchors: ['Cơ quan cấp', 'Nơi cấp', 'Nơi đăng ký khai sinh', 'Nơi đăng ký', 'Đăng ký kết hôn tại'],
  },
  { key: 'trichYeu', label: 'Trích yếu nội dung', kind: 'text', required: true, anchors: ['Trích yếu'] },
  {
    key: 'coGiaTriDen',
    label: 'Có giá trị đến',
    kind: 'date',
    required: false,
    anchors: [
      'có giá trị đến ngày',
      'Có giá trị đến',
      'Có hiệu lực đến',
      'Ngày, tháng, năm hết hạn',
      'Ngày hết hạn',
      'Thời hạn đến',
    ],
  },
  {
    key: 'phamVi',
    label: 'Phạm vi có giá trị',
    kind: 'text',
    required: false,
    anchors: ['Phạm vi có giá trị', 'Phạm vi sử dụng', 'Phạm vi hoạt động', 'Được cấp để'],
  },
];

type Owned = Pick<DocumentType, 'ownerKind'>;

/** The nine, with the owner's identifier of the kind this type's owners have. */
export const commonFieldsOf = ({ ownerKind }: Owned): readonly FieldDefinition[] =>
  minimumFields.map((field) =>
    field.key === 'dinhDanhChuGiayTo' ? { ...field, kind: identifierKind[ownerKind] } : field,
  );

/** All fields of a type: the nine, then its own. */
export const fieldsOf = (type: Owned & Pick<DocumentType, 'fields'>): readonly FieldDefinition[] => [
  ...commonFieldsOf(type),
  ...type.fields,
];

const identifierKind = { person: 'personalId', business: 'businessCode', any: 'identifier' } as const;
