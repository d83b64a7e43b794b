import { defineErrors } from './define-errors.js';

export const signatureErrors = defineErrors({
  'signing-algorithm-refused': {
    status: 422,
    when: 'A key or digest below what may sign: RSA under 2048 bits, SHA-1, MD5, a curve other than P-256 or P-384.',
    vi: 'Thuật toán hoặc độ dài khóa không được phép dùng để ký ({algorithm}). Hãy dùng chứng thư số RSA từ 2048 bit hoặc ECDSA P-256, P-384.',
    en: 'This algorithm or key length may not be used for signing ({algorithm}). Use a certificate with RSA of at least 2048 bits, or ECDSA P-256 or P-384.',
  },
  'signing-key-mismatch': {
    status: 422,
    when: 'The private key does not belong to the certificate.',
    vi: 'Khóa bí mật không khớp với chứng thư số. Hãy chọn lại tệp khóa.',
    en: 'The private key does not belong to the certificate. Choose the key file again.',
  },
  'signing-certificate-expired': {
    status: 422,
    when: 'The signing time is after the end of the certificate.',
    vi: 'Chứng thư số đã hết hạn ngày {notAfter}. Hãy gia hạn chứng thư số rồi ký lại.',
    en: 'The certificate expired on {notAfter}. Renew it and sign again.',
  },
  'signing-certificate-not-yet-valid': {
    status: 422,
    when: 'The signing time is before the start of the certificate.',
    vi: 'Chứng thư số chỉ có hiệu lực từ {notBefore}. Hãy kiểm tra đồng hồ máy chủ hoặc chờ đến ngày hiệu lực.',
    en: 'The certificate is valid only from {notBefore}. Check the clock of the server, or wait.',
  },
  'signing-certificate-usage': {
    status: 422,
    when: 'The certificate states a key usage without digital signature and without non-repudiation.',
    vi: 'Chứng thư số này không được cấp để ký số. Hãy dùng chứng thư số ký.',
    en: 'This certificate was not issued for signing. Use a signing certificate.',
  },
  'pkcs12-format-invalid': {
    status: 422,
    when: 'The bytes are not a PKCS#12 file.',
    vi: 'Tệp không phải là tệp khóa PKCS#12 (.p12, .pfx). Hãy chọn lại tệp.',
    en: 'The file is not a PKCS#12 key file (.p12, .pfx). Choose another file.',
  },
  'pkcs12-password-wrong': {
    status: 422,
    when: 'The file is PKCS#12, but its integrity check or its decryption fails with this password.',
    vi: 'Mật khẩu của tệp khóa không đúng. Hãy nhập lại.',
    en: 'The password of the key file is wrong. Enter it again.',
  },
  'pkcs12-algorithm-unsupported': {
    status: 422,
    when: 'The file is PKCS#12, but encrypted or authenticated in a way not supported here.',
    vi: 'Tệp khóa dùng cách mã hóa chưa được hỗ trợ ({algorithm}). Hãy xuất lại tệp khóa với AES-256.',
    en: 'The key file is protected with an unsupported algorithm ({algorithm}). Export it again with AES-256.',
  },
  'pkcs12-no-key': {
    status: 422,
    when: 'The file opens, but holds no private key with its certificate.',
    vi: 'Tệp khóa không có khóa bí mật kèm chứng thư số. Hãy xuất lại tệp kèm khóa bí mật.',
    en: 'The key file holds no private key with its certificate. Export it again with the private key.',
  },
  'signing-forbidden-by-document': {
    status: 409,
    when: 'An earlier signature forbids further ones: certification level 1 (DocMDP), or a lock on form fields (FieldMDP).',
    vi: 'Tài liệu đã được khóa, không cho ký thêm ({rule}). Hãy dùng bản chưa khóa hoặc đề nghị người ký trước ký lại.',
    en: 'The document was locked against further signatures ({rule}). Use a copy that is not locked, or ask the earlier signer to sign again.',
  },
  'signature-field-not-found': {
    status: 422,
    when: 'The named form field does not exist or is not a signature field.',
    vi: 'Không có ô chữ ký tên {field} trong tài liệu. Hãy chọn ô khác hoặc tạo ô mới.',
    en: 'The document has no signature field {field}. Choose another one, or let a new one be made.',
  },
  'signature-field-signed': {
    status: 409,
    when: 'The named signature field holds a signature already.',
    vi: 'Ô chữ ký {field} đã được ký. Hãy chọn ô khác.',
    en: 'The signature field {field} is signed already. Choose another one.',
  },
  'signature-slot-unavailable': {
    status: 422,
    when: 'No place for the signature box is left on the page, or the box lies outside the visible page.',
    vi: 'Không còn chỗ đặt chữ ký trên trang {page}. Hãy chọn vị trí khác.',
    en: 'There is no place left for the signature on page {page}. Choose another position.',
  },
  'signature-image-not-png': {
    status: 422,
    when: 'The image of a signature or seal is not a readable PNG (Decree 30/2020, Appendix I, II.7 and II.8).',
    vi: 'Hình chữ ký hoặc hình con dấu phải là tệp PNG. Hãy chuyển sang PNG nền trong suốt.',
    en: 'The image of a signature or seal must be a PNG file. Convert it to PNG with a transparent background.',
  },
  'signature-image-not-transparent': {
    status: 422,
    when: 'The PNG has no transparent background (Decree 30/2020, Appendix I, II.7 and II.8).',
    vi: 'Hình chữ ký hoặc hình con dấu phải có nền trong suốt. Hãy xóa nền rồi tải lên lại.',
    en: 'The image of a signature or seal must have a transparent background. Remove the background and upload it again.',
  },
  'signature-too-large': {
    status: 500,
    when: 'The CMS is larger than the place kept for it in the file.',
    vi: 'Chữ ký lớn hơn chỗ đã dành trong tệp ({size} byte). Hãy ký lại.',
    en: 'The signature is larger than the place kept for it ({size} bytes). Sign again.',
  },
});
