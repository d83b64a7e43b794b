import { defineErrors } from './define-errors.js';

export const pdfErrors = defineErrors({
  'pdf-not-a-pdf': {
    status: 422,
    when: 'The bytes do not begin like a PDF: empty, or a file of another kind.',
    vi: 'Tệp không phải là PDF. Hãy kiểm tra lại tệp và chọn đúng tệp PDF.',
    en: 'The file is not a PDF. Check it and choose a PDF file.',
  },
  'pdf-damaged': {
    status: 422,
    when: 'The cross-reference data or an object it points to cannot be read. Nothing is repaired, because a signature would then cover a guess.',
    vi: 'Tệp PDF bị hỏng ({reason}). Hãy xuất lại tệp từ chương trình soạn thảo hoặc quét lại rồi gửi lại.',
    en: 'The PDF is damaged ({reason}). Export it again from the program that made it, or scan again, and send it again.',
  },
  'pdf-encrypted': {
    status: 422,
    when: 'The trailer names an encryption dictionary.',
    vi: 'Tệp PDF có mật khẩu hoặc bị mã hóa. Hãy bỏ mật khẩu rồi gửi lại.',
    en: 'The PDF is encrypted or protected by a password. Remove the protection and send it again.',
  },
  'pdf-too-complex': {
    status: 422,
    when: 'A bound on nesting, object size, inflated size, revisions or tree nodes was reached.',
    vi: 'Tệp PDF quá phức tạp để xử lý an toàn ({limit}). Hãy in lại thành tệp PDF mới rồi gửi lại.',
    en: 'The PDF is too complex to be handled safely ({limit}). Print it to a new PDF and send that.',
  },
  'pdf-page-not-found': {
    status: 422,
    when: 'A page is asked for that the document does not have.',
    vi: 'Tệp PDF không có trang {page}. Hãy chọn trang khác.',
    en: 'The PDF has no page {page}. Choose another page.',
  },
});
