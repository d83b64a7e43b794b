import type { DocumentType, FieldDefinition } from './catalogue.port.js';

/**
 * The nine fields every digitised paper has, whatever its type (Circular 01/2023/TT-VPCP Art. 9). Types add their own in
 * `DocumentType.fields` and do not repeat these. Not required: the owner's identifier, which is left blank for an owner
 * without one (Art. 10), and validity and scope, which many papers do not state (FR-29).
 */
export const minimumFields: readonly FieldDefinition[] = [
  { key: 'maLoaiGiayTo', label: 'Mã loại giấy tờ', kind: 'text', required: true, anchors: [] },
  {
    key: 'dinhDanhChuGiayTo',
    label: 'Số định danh của chủ giấy tờ',
    kind: 'personalId',
    required: false,
    anchors: ['Số định danh cá nhân', 'Mã số doanh nghiệp', 'Số căn cước', 'Số CCCD'],
  },
  { key: 'tenGiayTo', label: 'Tên giấy tờ', kind: 'text', required: true, anchors: [] },
  {
    key: 'soKyHieu',
    label: 'Số, ký hiệu',
    kind: 'documentNumber',
    required: true,
    anchors: ['Số phát hành', 'Mã số doanh nghiệp', 'Mã số hộ kinh doanh', 'Số'],
  },
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
      'ngày',
    ],
  },
  {
    key: 'coQuanCap',
    label: 'Cơ quan cấp',
    kind: 'agency',
    required: true,
    anchors: ['Nơi đăng ký khai sinh', 'Nơi cấp', 'Cơ quan cấp'],
  },
  { key: 'trichYeu', label: 'Trích yếu nội dung', kind: 'text', required: true, anchors: ['V/v', 'Về việc'] },
  {
    key: 'coGiaTriDen',
    label: 'Có giá trị đến',
    kind: 'date',
    required: false,
    anchors: ['có giá trị đến ngày', 'Có giá trị đến', 'Ngày, tháng, năm hết hạn', 'Có hiệu lực đến'],
  },
  {
    key: 'phamVi',
    label: 'Phạm vi có giá trị',
    kind: 'text',
    required: false,
    anchors: ['Phạm vi có giá trị', 'Phạm vi hoạt động'],
  },
];

/** All fields of a type: the nine, with the owner's identifier of the kind this type's owners have, then its own. */
export const fieldsOf = (type: Pick<DocumentType, 'ownerKind' | 'fields'>): readonly FieldDefinition[] => [
  ...minimumFields.map((field) =>
    field.key === 'dinhDanhChuGiayTo' ? { ...field, kind: identifierKind[type.ownerKind] } : field,
  ),
  ...type.fields,
];

const identifierKind = { person: 'personalId', business: 'businessCode', any: 'text' } as const;
