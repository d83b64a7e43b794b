import { describe, expect, it } from '@jest/globals';
import { pageOfRows } from '../../test/fixtures.js';
import { extractFields } from './extract-fields.js';
import type { DocumentTemplate, ExtractionContext, FieldKind, ProposedField } from './field-template.js';

const field = (key: string, kind: FieldKind, ...anchors: string[]) => ({ key, label: key, kind, anchors });

const commonFields = [
  field('dinhDanhChuGiayTo', 'personalId', 'Số định danh cá nhân'),
  field('soKyHieu', 'documentNumber', 'Số'),
  field('coGiaTriDen', 'date', 'có giá trị đến ngày'),
  field('ngayCap', 'date', 'Đăng ký thay đổi lần thứ', 'Đăng ký lần đầu'),
];

const birthCertificate: DocumentTemplate = {
  code: 'KQ.G15.000031',
  name: 'Giấy khai sinh',
  fields: [
    field('hoTen', 'text', 'Họ, chữ đệm, tên'),
    field('ngaySinh', 'date', 'Ngày, tháng, năm sinh'),
    field('gioiTinh', 'sex', 'Giới tính'),
    field('danToc', 'text', 'Dân tộc'),
    field('noiSinh', 'text', 'Nơi sinh'),
    field('hoTenMe', 'text', 'Họ, chữ đệm, tên người mẹ'),
  ],
  commonFields,
};

const birthRows = [
  'UBND PHƯỜNG THÀNH SEN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  'Số: 187/2025 | Độc lập - Tự do - Hạnh phúc',
  ' | Thành Sen, ngày 22 tháng 9 năm 2025',
  'GIẤY KHAI SINH',
  'Họ, chữ đệm, tên: NGUYÊN MINH KHÔI',
  'Ngày, tháng, năm sinh: 05/06/2019 Ghi bằng chữ: Ngày năm tháng sáu',
  'Giới tính: Nam Dân tộc: Kinh Quốc tịch: Việt Nam',
  'Nơi sinh: Bệnh viện Đa khoa tỉnh Hà Tĩnh',
  'Số định danh cá nhân: 042219000789',
  'Họ, chữ đệm, tên người mẹ: TRẦN THỊ BÌNH',
];

const nobody: ExtractionContext = { applicantIdentifiers: [] };

const extracted = (
  rows: readonly string[],
  template: DocumentTemplate = birthCertificate,
  context: ExtractionContext = nobody,
  confidence?: number,
): Record<string, ProposedField> =>
  Object.fromEntries(
    extractFields([pageOfRows(rows, confidence)], template, context).map((found) => [found.key, found]),
  );

const values = (fields: Record<string, ProposedField>): Record<string, string> =>
  Object.fromEntries(Object.values(fields).map(({ key, value }) => [key, value]));

const typeWith = (...fields: DocumentTemplate['fields']): DocumentTemplate => ({ ...birthCertificate, fields });
const first = (rows: readonly string[], kind: FieldKind, anchor: string, context = nobody): ProposedField | undefined =>
  extracted(rows, typeWith(field('wanted', kind, anchor)), context)['wanted'];

describe('proposing fields (FR-24)', () => {
  it('finds the minimum fields of Circular 01/2023 Art. 9 and the fields of the type', () => {
    expect(values(extracted(birthRows))).toEqual({
      maLoaiGiayTo: 'KQ.G15.000031',
      tenGiayTo: 'Giấy khai sinh',
      soKyHieu: '187/2025',
      ngayCap: '2025-09-22',
      coQuanCap: 'Ủy ban nhân dân phường Thành Sen',
      dinhDanhChuGiayTo: '042219000789',
      hoTen: 'Nguyễn Minh Khôi',
      ngaySinh: '2019-06-05',
      gioiTinh: 'Nam',
      danToc: 'Kinh',
      noiSinh: 'Bệnh viện Đa khoa tỉnh Hà Tĩnh',
      hoTenMe: 'Trần Thị Bình',
    });
  });

  it('gives raw text, page, box and source with each value', () => {
    const page = pageOfRows(birthRows);
    const [found] = extractFields([pageOfRows(['Trang bìa']), page], birthCertificate, nobody).filter(
      ({ key }) => key === 'noiSinh',
    );
    const line = page.lines.find(({ text }) => text.startsWith('Nơi sinh'));
    expect(found).toMatchObject({ raw: 'Bệnh viện Đa khoa tỉnh Hà Tĩnh', page: 2, source: 'OCR', confidence: 0.96 });
    expect(found?.box[2]).toBe(line?.box[2]);
    expect(found?.box[0]).toBeGreaterThan(line!.box[0]);
  });

  it('never invents what the paper does not say (FR-29)', () => {
    const keys = Object.keys(extracted(birthRows));
    expect(keys).not.toContain('coGiaTriDen');
    expect(keys).not.toContain('phamVi');
    expect(extracted(['Một tờ giấy không có gì nhận ra được'])).toEqual({});
  });

  it('finds the period of validity when the paper states one', () => {
    const rows = ['Xác nhận này có giá trị đến ngày 08/09/2027 kể từ ngày ký.'];
    expect(extracted(rows)['coGiaTriDen']?.value).toBe('2027-09-08');
  });
});

describe('anchors', () => {
  it.each([
    ['wrong tone marks', 'Ho, chừ đẹm, tèn: LÊ VĂN TÁM'],
    ['joined words', 'Họ,chữđệm, tên: LÊ VĂN TÁM'],
    ['a letter misread', 'Hạ, chữ đệm, tẽn: LÊ VĂN TÁM'],
    ['a number before it', '1. Họ, chữ đệm, tên: LÊ VĂN TÁM'],
    ['a colon that stands alone', 'Họ, chữ đệm, tên : LÊ VĂN TÁM'],
    ['a cell to its right', 'Họ, chữ đệm, tên | LÊ VĂN TÁM'],
  ])('are found in spite of %s', (_, row) => {
    expect(first([row], 'text', 'Họ, chữ đệm, tên')?.value).toBe('Lê Văn Tám');
  });

  it('find the value on the next line, also behind a label of its own', () => {
    expect(first(['Nơi cư trú:', 'Số 12, đường Nguyễn Du'], 'text', 'Nơi cư trú')?.value).toBe(
      'Số 12, đường Nguyễn Du',
    );
    const rows = ['Người đại diện theo pháp luật', 'Họ và tên: LÊ VĂN TÁM Giới tính: Nam'];
    expect(first(rows, 'text', 'Người đại diện theo pháp luật')?.value).toBe('Lê Văn Tám');
  });

  it('follow an address into the next line when its own line is full', () => {
    const rows = [
      'Nơi cư trú: Số 12, đường Nguyễn Du, tổ dân phố 4, phường Thành Sen, tỉnh Hà',
      'Tĩnh',
      'Dân tộc: Kinh',
    ];
    expect(first(rows, 'text', 'Nơi cư trú')?.value).toMatch(/phường Thành Sen, tỉnh Hà Tĩnh$/u);
  });

  it('find the latest registration of a business, not the first', () => {
    const rows = [
      'Đăng ký lần đầu, ngày 18 tháng 03 năm 2025',
      'Đăng ký thay đổi lần thứ: 2, ngày 10 tháng 08 năm 2026',
    ];
    expect(extracted(rows)['ngayCap']?.value).toBe('2026-08-10');
    expect(extracted(rows.slice(0, 1))['ngayCap']?.value).toBe('2025-03-18');
  });

  it('are not taken for the beginning of a longer label', () => {
    const rows = ['Họ, chữ đệm, tên người mẹ: TRẦN THỊ BÌNH', 'Họ, chữ đệm, tên: LÊ VĂN TÁM'];
    expect(first(rows, 'text', 'Họ, chữ đệm, tên')?.value).toBe('Lê Văn Tám');
  });

  it('are not found where one of their end words is missing', () => {
    const rows = ['Địa chỉ: Số 12, đường Nguyễn Du', 'e) Địa chỉ: Thôn Bình Quang, xã Cẩm Bình'];
    expect(first(rows, 'text', 'e) Địa chỉ')?.value).toBe('Thôn Bình Quang, xã Cẩm Bình');
    expect(first(rows.slice(0, 1), 'text', 'e) Địa chỉ')).toBeUndefined();
  });

  it('that two fields share give their values in reading order: husband, then wife', () => {
    const type = typeWith(
      field('chong', 'text', 'tên chồng', 'Họ, chữ đệm, tên'),
      field('vo', 'text', 'tên vợ', 'Họ, chữ đệm, tên'),
    );
    const husbandAndWife = { chong: 'Nguyễn Văn An', vo: 'Trần Thị Bình' };
    const table = ['Họ, chữ đệm, tên | NGUYỄN VĂN AN | TRẦN THỊ BÌNH'];
    expect(values(extracted(table, type))).toMatchObject(husbandAndWife);
    // A label of their own goes before the order: some forms name the wife first.
    const labelled = ['Họ, chữ đệm, tên vợ: TRẦN THỊ BÌNH', 'Họ, chữ đệm, tên chồng: NGUYỄN VĂN AN'];
    expect(values(extracted(labelled, type))).toMatchObject(husbandAndWife);
  });

  it('leave it to the officer when the same label announces two values, or when no colon follows', () => {
    const two = ['Địa chỉ: Số 12, đường Nguyễn Du', 'Địa chỉ: Thôn Bình Quang, xã Cẩm Bình'];
    expect(first(two, 'text', 'Địa chỉ')?.confidence).toBeLessThan(0.9);
    expect(first(['số tiền 38.500.000 đồng'], 'number', 'số tiền')).toMatchObject({ value: '38500000' });
    expect(first(['số tiền 38.500.000 đồng'], 'number', 'số tiền')?.confidence).toBeLessThan(0.9);
  });
});

describe('shapes (FR-26)', () => {
  it.each([
    ['date', 'Ngày cấp: 5/3/2020', 'Ngày cấp', '2020-03-05'],
    ['date', 'Ngày cấp: ngày 05 tháng 3 năm 2020', 'Ngày cấp', '2020-03-05'],
    ['date', 'Ngày cấp: ngày l5 thúng 3 năm 2O20', 'Ngày cấp', '2020-03-15'],
    ['number', 'Vốn điều lệ: 5.000.000.000 đồng', 'Vốn điều lệ', '5000000000'],
    ['number', 'Diện tích: 312,5 m² (bằng chữ: Ba trăm mười hai phẩy năm)', 'Diện tích', '312,5'],
    ['sex', 'Giới tính: Nữ', 'Giới tính', 'Nữ'],
    ['documentNumber', 'Số hiệu: 5/QĐ - UBND', 'Số hiệu', '05/QĐ-UBND'],
    ['businessCode', 'Mã số doanh nghiệp: 3000000037', 'Mã số doanh nghiệp', '3000000037'],
    ['personalId', 'Số CCCD: 042 090 000 123', 'Số CCCD', '042090000123'],
    ['identifier', 'Mã định danh: 042090000123', 'Mã định danh', '042090000123'],
    ['identifier', 'Mã định danh: 3000000037-001', 'Mã định danh', '3000000037-001'],
    ['text', 'Nguồn gốc: Nhận chuyển nhượng.', 'Nguồn gốc', 'Nhận chuyển nhượng.'],
  ] as const)('%s: %s', (kind, row, anchor, value) => {
    expect(first([row], kind, anchor)?.value).toBe(value);
  });

  it('rejects a day that does not exist', () => {
    expect(first(['Ngày cấp: 31/02/2020'], 'date', 'Ngày cấp')).toBeUndefined();
  });

  it('knows a surname whose tone mark was misread, and says that it set it right', () => {
    const found = first(['Họ và tên: NGUYÊN VĂN AN'], 'text', 'Họ và tên');
    expect(found).toMatchObject({ value: 'Nguyễn Văn An', raw: 'NGUYÊN VĂN AN' });
    expect(found?.confidence).toBeLessThan(0.9);
    expect(first(['Tên công ty: CÔNG TY TNHH SÔNG LA'], 'text', 'Tên công ty')?.value).toBe('CÔNG TY TNHH SÔNG LA');
  });
});

describe('identifiers read by OCR (FR-27)', () => {
  const row = ['Số định danh cá nhân: 042090000123'];
  const personal = (context: ExtractionContext, rows = row) =>
    first(rows, 'personalId', 'Số định danh cá nhân', context);

  it('stay below 0.90 without a second source, however clearly they were read', () => {
    expect(personal(nobody)).toMatchObject({ value: '042090000123', confidence: 0.89 });
    expect(personal({ applicantIdentifiers: ['042190000456'] })?.confidence).toBe(0.89);
  });

  it('pass when the application names the same number', () => {
    expect(personal({ applicantIdentifiers: ['042090000123'] })).toMatchObject({ confidence: 0.96 });
  });

  it('stay low when they break their rule: eleven digits, a wrong check digit', () => {
    expect(personal(nobody, ['Số định danh cá nhân: 04209000012'])).toMatchObject({ confidence: 0.5 });
    const code = first(['Mã số thuế: 3000000038'], 'businessCode', 'Mã số thuế', {
      applicantIdentifiers: ['3000000038'],
    });
    expect(code).toMatchObject({ value: '3000000038', confidence: 0.5 });
  });

  it('stay below 0.90 when a letter had to be taken for a digit', () => {
    const found = personal({ applicantIdentifiers: ['042090000123'] }, ['Số định danh cá nhân: O42O90000I23']);
    expect(found).toMatchObject({ value: '042090000123', confidence: 0.85 });
  });

  it('of the owner are found even where the line breaks inside the label, if the application names them', () => {
    const rows = ['Hỗ trợ ông Nguyễn Văn An, sinh ngày 15/03/1990, số định danh cá', 'nhân 042090000123, cư trú tại'];
    const fields = extracted(rows, typeWith(), { applicantIdentifiers: ['042090000123'] });
    expect(fields['dinhDanhChuGiayTo']?.value).toBe('042090000123');
  });
});

describe('the letterhead (Decree 30/2020 App. I)', () => {
  const decision: DocumentTemplate = { code: 'GT.000002', name: 'Quyết định', fields: [], commonFields };
  const rows = [
    'ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'PHƯỜNG THÀNH SEN | Độc lập - Tự do - Hạnh phúc',
    'Số: 215/QĐ-UBND | Thành Sen, ngày 06 tháng 10 năm 2026',
    'QUYẾT ĐỊNH',
    'Về việc hỗ trợ hộ gia đình sửa chữa nhà ở',
    'Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ;',
  ];

  it('gives agency, number, date, name and abstract of a decision', () => {
    expect(values(extracted(rows, decision))).toEqual({
      coQuanCap: 'Ủy ban nhân dân phường Thành Sen',
      soKyHieu: '215/QĐ-UBND',
      ngayCap: '2026-10-06',
      tenGiayTo: 'Quyết định',
      maLoaiGiayTo: 'GT.000002',
      trichYeu: 'Về việc hỗ trợ hộ gia đình sửa chữa nhà ở',
    });
  });

  it('takes the lower line for the agency when the upper is its superior', () => {
    const police = [
      'CÔNG AN TỈNH HÀ TĨNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'CÔNG AN PHƯỜNG THÀNH SEN',
      ...rows.slice(2),
    ];
    expect(extracted(police, decision)['coQuanCap']?.value).toBe('Công an phường Thành Sen');
  });

  it('sets a misread name right by the catalogue of agencies', () => {
    const noisy = ['UBND PHƯƠNG THANH SEN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', ...rows.slice(2)];
    const context = { ...nobody, agencyNames: ['Ủy ban nhân dân xã Cẩm Bình', 'Ủy ban nhân dân phường Thành Sen'] };
    expect(extracted(noisy, decision, context)['coQuanCap']?.value).toBe('Ủy ban nhân dân phường Thành Sen');
  });

  it('knows the collective in whose name it is signed when there is no letterhead', () => {
    const certificate = [
      ...Array.from({ length: 12 }, (_, row) => `Dòng chữ thường thứ ${row}`),
      'TM. ỦY BAN NHÂN DÂN XÃ CẨM BÌNH',
    ];
    expect(extracted(certificate, decision)['coQuanCap']?.value).toBe('Ủy ban nhân dân xã Cẩm Bình');
  });
});
