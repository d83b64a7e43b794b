import type { CheckName, CheckStatus, CheckVerdict } from '#engines/signatures';

export interface BilingualText {
  readonly vi: string;
  readonly en: string;
}

/** What each question asks, as a heading (Circular 15/2025: the result is shown in Vietnamese). */
export const checkTexts: Readonly<Record<CheckName, BilingualText>> = {
  byteRange: { vi: 'Phạm vi dữ liệu được ký', en: 'Range of the signed bytes' },
  structure: { vi: 'Cấu trúc chữ ký', en: 'Structure of the signature' },
  digest: { vi: 'Tính toàn vẹn của nội dung', en: 'Integrity of the content' },
  signatureValue: { vi: 'Giá trị chữ ký khớp với khóa công khai', en: 'Signature value fits the public key' },
  signingCertificate: { vi: 'Gắn kết với chứng thư số của người ký', en: "Bound to the signer's certificate" },
  algorithm: { vi: 'Thuật toán và độ dài khóa', en: 'Algorithm and key length' },
  path: { vi: 'Đường dẫn tin cậy đến tổ chức chứng thực gốc', en: 'Path to a trusted root' },
  keyUsage: { vi: 'Mục đích sử dụng của chứng thư số', en: 'Key usage of the certificate' },
  laterChanges: { vi: 'Thay đổi sau khi ký', en: 'Changes after signing' },
  revocation: { vi: 'Trạng thái thu hồi của chứng thư số', en: 'Revocation status of the certificate' },
  timestamp: { vi: 'Dấu thời gian', en: 'Time stamp' },
};

export const statusTexts: Readonly<Record<CheckStatus, BilingualText>> = {
  PASSED: { vi: 'Đạt', en: 'Passed' },
  FAILED: { vi: 'Không đạt', en: 'Failed' },
  INDETERMINATE: { vi: 'Không xác định được', en: 'Could not be determined' },
  NOT_CHECKED: { vi: 'Chưa kiểm tra', en: 'Not checked' },
};

export const verdictTexts: Readonly<Record<CheckVerdict, BilingualText>> = {
  VALID: {
    vi: 'Hợp lệ trong phạm vi các nội dung đã kiểm tra',
    en: 'Valid as far as it was checked',
  },
  INVALID: { vi: 'Không hợp lệ', en: 'Invalid' },
  INDETERMINATE: { vi: 'Chưa đủ căn cứ để kết luận', en: 'Cannot be decided' },
};
