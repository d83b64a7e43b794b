import { defineErrors } from './define-errors.js';

export const signingErrors = defineErrors({
  'draft-already-signed': {
    status: 422,
    when: 'A draft for signing already carries a signature, so number and date can no longer be printed on it.',
    vi: 'Bản dự thảo đã có chữ ký số nên không thể in số và ngày. Hãy gửi bản dự thảo chưa ký.',
    en: 'The draft already carries a signature, so it cannot be numbered. Send the unsigned draft.',
  },
  'attachment-already-signed': {
    status: 422,
    when: 'A file to be signed as an attachment already carries a signature.',
    vi: 'Tệp phụ lục đã có chữ ký số. Hãy gửi tệp chưa ký.',
    en: 'The attachment already carries a signature. Send the unsigned file.',
  },
  'attachment-not-found': {
    status: 404,
    when: 'The signing request has no such attachment.',
    vi: 'Không tìm thấy phụ lục của văn bản này.',
    en: 'The document has no such attachment.',
  },
  'main-document-not-sealed': {
    status: 409,
    when: 'An attachment is to be signed, but the agency has not signed its main document, whose number it bears (Decree 30/2020 App. I, II.8.b).',
    vi: 'Văn bản chính đang ở trạng thái {state}, chưa được ký số của cơ quan. Hãy ký số văn bản chính trước rồi ký phụ lục.',
    en: 'The main document is {state} and not yet signed by the agency. Sign the main document first, then its attachments.',
  },
  'signature-slot-invalid': {
    status: 422,
    when: 'A slot names a page the draft does not have, or lies outside it.',
    vi: 'Vị trí chữ ký không nằm trên trang {page}. Kiểm tra lại số trang và tọa độ.',
    en: 'The slot does not lie on page {page}. Check the page number and the coordinates.',
  },
  'draft-not-printable': {
    status: 422,
    when: 'Number and date cannot be printed on the draft, because its structure is not one the printer reads.',
    vi: 'Không thể in số và ngày lên bản dự thảo. Hãy xuất lại tệp PDF từ chương trình soạn thảo rồi trình lại.',
    en: 'Number and date cannot be printed on the draft. Export the PDF again from the program that made it and send that.',
  },
  'draft-year-passed': {
    status: 409,
    when: 'The draft has a year printed, and the number would be one of another year (Decree 30/2020 Art. 15).',
    vi: 'Bản dự thảo in sẵn năm {printed} nhưng số văn bản thuộc năm {year}. Hãy từ chối và trình lại bản dự thảo của năm {year}.',
    en: 'The draft has the year {printed} printed, but the number would belong to {year}. Reject it and have a draft of {year} sent.',
  },
  'signer-not-found': {
    status: 422,
    when: 'The account named as signer does not exist, may not sign, or belongs to another agency.',
    vi: 'Không tìm thấy người ký có thẩm quyền trong cơ quan này. Chọn lại người ký.',
    en: 'The signer is not an authorised person of this agency. Choose another signer.',
  },
  'signing-request-not-found': {
    status: 404,
    when: 'The request does not exist or belongs to another agency.',
    vi: 'Không tìm thấy văn bản trình ký.',
    en: 'There is no such signing request.',
  },
  'signing-state-conflict': {
    status: 409,
    when: 'The step does not follow from the state of the signing request.',
    vi: 'Văn bản đang ở trạng thái {state} nên không thể chuyển sang {wanted}. Tải lại trang để xem trạng thái mới.',
    en: 'The request is {state} and cannot become {wanted}. Reload it to see where it stands.',
  },
  'not-the-signer': {
    status: 403,
    when: 'Somebody else than the named signer wants to sign or reject.',
    vi: 'Văn bản này được trình cho người khác ký.',
    en: 'This document is waiting for another signer.',
  },
  'signer-mismatch': {
    status: 422,
    when: 'The subject of a certificate is not the person of the account or the agency (FR-38).',
    vi: 'Chứng thư số mang tên {subject}, không khớp với {expected}. Dùng đúng chứng thư của mình.',
    en: 'The certificate names {subject}, not {expected}. Use the certificate issued to the signer.',
  },
  'authorised-signature-required': {
    status: 409,
    when: 'The agency signature is asked for, but no valid signature of the authorised person is on the same bytes (Decree 30/2020 Art. 32).',
    vi: 'Chưa có chữ ký hợp lệ của người có thẩm quyền nên chưa thể ký số của cơ quan.',
    en: 'The authorised person has not validly signed these bytes, so the agency cannot sign.',
  },
  'signing-key-not-found': {
    status: 422,
    when: 'The signer has no usable key, or names one of somebody else.',
    vi: 'Không tìm thấy khóa ký số dùng được. Tải lên chứng thư PKCS#12 hoặc chọn khóa khác.',
    en: 'No usable signing key was found. Upload a PKCS#12 file or choose another key.',
  },
  'signing-certificate-untrusted': {
    status: 422,
    when: 'The certificate does not lead to one of the configured roots (FR-50).',
    vi: 'Chứng thư số do {issuer} cấp không dẫn đến tổ chức chứng thực gốc được tin cậy. Hãy dùng chứng thư khác hoặc đề nghị quản trị viên bổ sung chứng thư gốc.',
    en: 'The certificate, issued by {issuer}, does not lead to a trusted root. Use another certificate, or ask an administrator to add the root.',
  },
  'signature-not-sound': {
    status: 500,
    when: 'A signature that was just made does not pass the check of signatures, so it was thrown away.',
    vi: 'Chữ ký vừa tạo không qua được bước kiểm tra nên đã bị hủy ({reasons}). Văn bản giữ nguyên; hãy thử lại hoặc báo bộ phận hỗ trợ.',
    en: 'The signature just made does not pass the check and was thrown away ({reasons}). The document is unchanged; try again or tell support.',
  },
  'signing-password-required': {
    status: 422,
    when: 'The key is a PKCS#12 file and the request brings no password; the server keeps none.',
    vi: 'Cần nhập mật khẩu của tệp khóa để ký.',
    en: 'Give the password of the key file to sign.',
  },
  'signature-image-missing': {
    status: 422,
    when: 'No image of the handwritten signature or of the seal is registered (Decree 30/2020 App. I).',
    vi: 'Chưa có hình chữ ký hoặc con dấu của {holder}. Tải lên ảnh PNG nền trong suốt rồi ký lại.',
    en: 'There is no image of the signature or seal of {holder}. Upload a PNG with a transparent background and sign again.',
  },
});
