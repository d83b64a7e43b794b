import type { LegalBasis } from '../calling/calling-context.js';

// Events of other services about a person fall under the last wording; the code beside it says which it was.
const events: Readonly<Record<string, string>> = {
  'availability.query': 'Tra cứu giấy tờ hiện có',
  'grant.created': 'Xin quyền sử dụng lại giấy tờ',
  'grant.viewed': 'Xem quyền truy cập',
  'grant.rechecked': 'Kiểm tra lại hiệu lực giấy tờ',
  'grant.released': 'Kết thúc quyền truy cập',
  'grant.revoked': 'Thu hồi quyền truy cập',
  'grant.ended': 'Quyền truy cập kết thúc cùng hồ sơ',
  'document.read': 'Mở nội dung giấy tờ',
  'document.revalidated': 'Xác nhận bản đã tải vẫn còn đúng',
  'document.metadata-read': 'Xem thông tin giấy tờ',
  'document.chain-read': 'Xem lịch sử thay thế giấy tờ',
  'document.revoked': 'Thu hồi giấy tờ',
  'document.suspended': 'Tạm dừng hiệu lực giấy tờ',
  'document.resumed': 'Cho giấy tờ có hiệu lực lại',
  'document.replaced': 'Thay thế giấy tờ',
};

export const eventText = (event: string): string => events[event] ?? 'Xử lý giấy tờ hoặc hồ sơ';

export const outcomeText: Readonly<Record<'success' | 'refused' | 'failed', string>> = {
  success: 'Đã thực hiện',
  refused: 'Bị từ chối',
  failed: 'Không thực hiện được do lỗi',
};

export const legalBasisText: Readonly<Record<LegalBasis, string>> = {
  STATE_DUTY: 'Thực hiện nhiệm vụ của cơ quan nhà nước theo luật',
  CONSENT: 'Bạn đã đồng ý',
  GUARDIAN: 'Cha, mẹ hoặc người giám hộ thực hiện thay',
  REPRESENTATIVE: 'Người đại diện hợp pháp thực hiện thay',
};

export const roleText: Readonly<Record<string, string>> = {
  officer: 'Cán bộ một cửa',
  signer: 'Lãnh đạo',
  clerk: 'Văn thư',
  supervisor: 'Người giám sát',
  admin: 'Quản trị viên',
  'procedure-system': 'Hệ thống giải quyết thủ tục',
};
