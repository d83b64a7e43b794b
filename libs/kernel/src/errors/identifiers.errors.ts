import { defineErrors } from './define-errors.js';

export const identifierErrors = defineErrors({
  'personal-id-invalid': {
    status: 400,
    when: 'A personal number is not 12 ASCII digits, or its birth year lies in the future. Param reason: LENGTH, NOT_DIGITS, BIRTH_YEAR_IN_FUTURE.',
    vi: 'Số định danh cá nhân không hợp lệ: phải gồm đúng 12 chữ số và năm sinh không ở tương lai. Kiểm tra lại trên thẻ căn cước.',
    en: 'The personal number is not valid: it has exactly 12 digits and no birth year in the future. Check it against the identity card.',
  },
  'business-code-invalid': {
    status: 400,
    when: 'An enterprise or tax code has a wrong form or check digit. Param reason: FORMAT, PERSONAL_ID, SERIAL_ZERO, CHECK_DIGIT, BRANCH_ZERO.',
    vi: 'Mã số doanh nghiệp không hợp lệ: phải gồm 10 chữ số đúng số kiểm tra, thêm -NNN nếu là đơn vị phụ thuộc. Kiểm tra lại trên giấy chứng nhận.',
    en: 'The business code is not valid: it has 10 digits with a matching check digit, and -NNN for a branch. Check it against the certificate.',
  },
  'agency-code-invalid': {
    status: 400,
    when: 'An agency code is not of the form of Decision 20/2020/QĐ-TTg, or cannot be converted to or from the older form.',
    vi: 'Mã cơ quan “{value}” không hợp lệ. Mã đúng có dạng H27.05.12, dài không quá 35 ký tự.',
    en: 'The agency code "{value}" is not valid. It looks like H27.05.12 and has at most 35 characters.',
  },
  'agency-unknown': {
    status: 400,
    when: 'No agency with this code was in force on the day in question.',
    vi: 'Không có cơ quan mang mã {code} vào ngày {on}. Kiểm tra mã, hoặc dùng mã của cơ quan kế thừa.',
    en: 'There was no agency {code} on {on}. Check the code, or use that of its successor.',
  },
  'procedure-code-invalid': {
    status: 400,
    when: 'A procedure code is neither national (1.004616) nor localised (1.004616.000.00.00.H56).',
    vi: 'Mã thủ tục hành chính “{value}” không hợp lệ. Mã đúng có dạng 1.004616 hoặc 1.004616.000.00.00.H56.',
    en: 'The procedure code "{value}" is not valid. It looks like 1.004616 or 1.004616.000.00.00.H56.',
  },
  'procedure-unknown': {
    status: 400,
    when: 'No procedure with this national code was in force on the day in question.',
    vi: 'Không có thủ tục hành chính mang mã {code} vào ngày {on}. Kiểm tra mã trong danh mục thủ tục.',
    en: 'There was no procedure {code} on {on}. Look its code up in the catalogue of procedures.',
  },
  'result-type-code-invalid': {
    status: 400,
    when: 'A code does not have the form of a national result type.',
    vi: 'Mã loại kết quả “{value}” không hợp lệ. Mã đúng có dạng KQ.G15.000031.',
    en: 'The result-type code "{value}" is not valid. It looks like KQ.G15.000031.',
  },
  'document-type-unknown': {
    status: 400,
    when: 'No document type with this code was in force on the day in question.',
    vi: 'Không có loại giấy tờ mang mã {code} vào ngày {on}. Kiểm tra mã trong danh mục loại giấy tờ.',
    en: 'There was no document type {code} on {on}. Look its code up in the catalogue of document types.',
  },
  'purpose-not-registered': {
    status: 403,
    when: 'The purpose of an access is not in the register on the day in question.',
    vi: 'Mục đích sử dụng {code} chưa được đăng ký. Chọn một mục đích trong danh mục đã công bố.',
    en: 'The purpose {code} is not registered. Choose one from the published list.',
  },
  'document-number-invalid': {
    status: 400,
    when: 'A text does not hold a document number such as 05/QĐ-UBND.',
    vi: 'Số, ký hiệu “{value}” không hợp lệ. Nhập theo dạng 05/QĐ-UBND.',
    en: 'The document number "{value}" is not valid. Enter it as 05/QĐ-UBND.',
  },
  'date-invalid': {
    status: 400,
    when: 'A text is not a date, or names a day that does not exist.',
    vi: 'Ngày “{value}” không hợp lệ. Nhập theo dạng ngày/tháng/năm, ví dụ 05/03/2020.',
    en: 'The date "{value}" is not valid. Enter day/month/year, for example 05/03/2020.',
  },
  'dossier-code-template-invalid': {
    status: 500,
    when: 'The configured template for dossier codes lacks {agency}, {yyMMdd} or {seq:n}, or has something else in braces.',
    vi: 'Mẫu mã hồ sơ “{template}” không hợp lệ. Quản trị viên cần cấu hình lại mẫu có đủ cơ quan, ngày và số thứ tự.',
    en: 'The dossier-code template "{template}" is not valid. An administrator must give one with agency, date and sequence.',
  },
  'catalogue-invalid': {
    status: 500,
    when: 'A seed file of the catalogue is missing, is not JSON, or breaks a rule; each detail names the file and the place in it.',
    vi: 'Danh mục không hợp lệ: {summary}. Quản trị viên cần sửa các tệp danh mục rồi khởi động lại.',
    en: 'The catalogue is not valid: {summary}. An administrator must correct the catalogue files and start again.',
  },
});
