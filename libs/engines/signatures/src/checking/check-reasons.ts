/** Every statement a report can make, by stable key, in both languages. */
export const checkReasons = {
  'file-unreadable': {
    vi: 'Không đọc được cấu trúc tệp PDF nên không kiểm tra được chữ ký.',
    en: 'The structure of the PDF cannot be read, so no signature can be checked.',
  },
  'signed-file-damaged': {
    vi: 'Tệp có chữ ký nhưng cấu trúc đã hỏng; tệp không được sửa chữa để kiểm tra.',
    en: 'The file holds a signature but its structure is damaged; it is not repaired in order to be checked.',
  },
  'file-encrypted': {
    vi: 'Tệp bị mã hóa nên không kiểm tra được chữ ký.',
    en: 'The file is encrypted, so no signature can be checked.',
  },
  'no-signature': { vi: 'Tệp không có chữ ký số.', en: 'The file has no digital signature.' },
  'bytes-after-end': {
    vi: 'Sau phần cuối của tệp PDF còn có dữ liệu không thuộc phiên bản nào.',
    en: 'Behind the end of the PDF there are bytes that belong to no revision.',
  },
  'signature-empty': { vi: 'Ô chữ ký chưa chứa chữ ký.', en: 'The field holds no signature.' },
  'signature-unreadable': {
    vi: 'Không đọc được dữ liệu chữ ký (CMS).',
    en: 'The signature (CMS) cannot be read.',
  },
  'format-unsupported': {
    vi: 'Định dạng chữ ký này chưa được kiểm tra.',
    en: 'Signatures of this format are not checked.',
  },
  'byte-range-malformed': {
    vi: 'Phạm vi ký (ByteRange) không đúng dạng bốn số nguyên bắt đầu từ 0.',
    en: 'The byte range is not four integers starting at 0.',
  },
  'byte-range-gap': {
    vi: 'Phần không được ký không trùng đúng với chỗ đặt chữ ký: có dữ liệu bị bỏ ra ngoài phạm vi ký.',
    en: 'What the byte range leaves out is not exactly the place of this signature.',
  },
  'byte-range-end': {
    vi: 'Phạm vi ký không kéo dài đến hết phiên bản đã ký.',
    en: 'The byte range does not reach the end of the revision that was signed.',
  },
  'digest-mismatch': {
    vi: 'Nội dung đã bị thay đổi sau khi ký.',
    en: 'The content was changed after signing.',
  },
  'signature-mismatch': {
    vi: 'Giá trị chữ ký không khớp với khóa công khai của người ký.',
    en: "The signature value does not fit the signer's public key.",
  },
  'signer-count': {
    vi: 'Dữ liệu chữ ký phải có đúng một người ký.',
    en: 'The signature must have exactly one signer.',
  },
  'signer-certificate-missing': {
    vi: 'Chữ ký không kèm chứng thư số của người ký.',
    en: "The signer's certificate is not part of the signature.",
  },
  'content-inside': {
    vi: 'Chữ ký chứa nội dung riêng thay vì ký lên tệp.',
    en: 'The signature carries content of its own instead of signing the file.',
  },
  'attributes-missing': {
    vi: 'Chữ ký thiếu thuộc tính bắt buộc (loại nội dung, giá trị băm).',
    en: 'Mandatory signed attributes (content type, message digest) are missing.',
  },
  'signing-certificate-missing': {
    vi: 'Chữ ký PAdES thiếu thuộc tính gắn với chứng thư số của người ký.',
    en: "The attribute that ties a PAdES signature to the signer's certificate is missing.",
  },
  'signing-certificate-mismatch': {
    vi: 'Chứng thư số kèm theo không phải chứng thư đã dùng để ký.',
    en: 'The certificate given is not the one that was signed with.',
  },
  'algorithm-weak': {
    vi: 'Thuật toán hoặc độ dài khóa không còn được phép; cần cán bộ xác nhận.',
    en: 'The algorithm or key length is no longer permitted; an officer has to decide.',
  },
  'algorithm-disagreement': {
    vi: 'Thuật toán băm và thuật toán ký không thống nhất.',
    en: 'Digest and signature algorithms do not agree.',
  },
  'algorithm-unsupported': {
    vi: 'Thuật toán chữ ký không được hỗ trợ.',
    en: 'The signature algorithm is not supported.',
  },
  'path-not-trusted': {
    vi: 'Chứng thư số không dẫn đến tổ chức chứng thực gốc được tin cậy.',
    en: 'The certificate does not lead to a trusted root.',
  },
  'path-not-valid-then': {
    vi: 'Tại thời điểm ký nêu trong tệp, chứng thư số hoặc chứng thư của tổ chức cấp chưa hoặc không còn hiệu lực.',
    en: 'At the claimed signing time the certificate, or one of its issuers, was not valid.',
  },
  'path-issuer-not-ca': {
    vi: 'Chứng thư của bên cấp không có quyền cấp chứng thư số.',
    en: 'An issuer on the path is not allowed to issue certificates.',
  },
  'path-too-long': {
    vi: 'Chuỗi chứng thư dài hơn mức bên cấp cho phép.',
    en: 'The path is longer than an issuer on it allows.',
  },
  'path-critical-extension': {
    vi: 'Chứng thư số có phần mở rộng bắt buộc không được hỗ trợ.',
    en: 'A certificate on the path has a critical extension that is not understood.',
  },
  'key-usage': {
    vi: 'Chứng thư số không được cấp để ký số.',
    en: 'The certificate was not issued for signing.',
  },
  'later-revisions-are-signatures': {
    vi: 'Sau chữ ký này chỉ có thêm chữ ký khác (xét theo hình thức; chưa kiểm tra nội dung).',
    en: 'After this signature only further signatures were added (judged by form; their content is not checked).',
  },
  'later-changes-not-checked': {
    vi: 'Sau khi ký, tệp có thay đổi chưa được kiểm tra.',
    en: 'After signing the file was changed in ways that are not checked.',
  },
} as const;

export type CheckReasonKey = keyof typeof checkReasons;
