import type { PresentedState } from '../documents/presented-state.js';

/** What the owner reads beside the document; only one in force is ever called valid (FR-63). */
export const documentLabel = (state: PresentedState): { readonly valid: boolean; readonly label: string } =>
  labels[state] ?? { valid: false, label: 'Chưa có hiệu lực' };

const labels: Partial<Record<PresentedState, { valid: boolean; label: string }>> = {
  ACTIVE: { valid: true, label: 'Đang có hiệu lực' },
  EXPIRED: { valid: false, label: 'Đã hết hạn' },
  SUSPENDED: { valid: false, label: 'Đang tạm dừng hiệu lực' },
  SUPERSEDED: { valid: false, label: 'Đã được thay thế bằng giấy tờ mới' },
  REVOKED: { valid: false, label: 'Đã bị thu hồi' },
  ANNULLED: { valid: false, label: 'Đã bị hủy bỏ' },
  INTEGRITY_FAILED: { valid: false, label: 'Tệp lưu trữ có lỗi, đang được kiểm tra' },
};
