import { defineErrors } from './define-errors.js';

export const platformErrors = defineErrors({
  'request-invalid': {
    status: 400,
    when: 'A body, query or header does not have the documented shape.',
    vi: 'Yêu cầu không hợp lệ. Xem danh sách lỗi theo từng trường và gửi lại.',
    en: 'The request is not valid. See the list of faults by field and send it again.',
  },
  unauthenticated: {
    status: 401,
    when: 'No token, or one that is not ours.',
    vi: 'Chưa đăng nhập hoặc mã truy cập không hợp lệ. Hãy đăng nhập lại.',
    en: 'Not signed in, or the access token is not valid. Sign in again.',
  },
  'token-expired': {
    status: 401,
    when: 'The access token is past its expiry.',
    vi: 'Phiên làm việc đã hết hạn. Hãy đăng nhập lại.',
    en: 'The access token has expired. Ask for a new one.',
  },
  'permission-denied': {
    status: 403,
    when: "The caller's roles or scopes do not include the route's permission.",
    vi: 'Bạn không có quyền thực hiện việc này ({permission}). Liên hệ quản trị viên nếu cần được cấp quyền.',
    en: 'You do not have the permission {permission}. Ask an administrator if you need it.',
  },
  'not-found': {
    status: 404,
    when: 'No such route.',
    vi: 'Không tìm thấy địa chỉ này.',
    en: 'There is nothing at this address.',
  },
  'idempotency-conflict': {
    status: 409,
    when: 'An Idempotency-Key was used before with another body.',
    vi: 'Khóa chống lặp đã được dùng cho một yêu cầu khác. Dùng khóa mới cho yêu cầu mới.',
    en: 'This Idempotency-Key was used for a different request. Use a new key for a new request.',
  },
  'internal-error': {
    status: 500,
    when: 'A fault of ours; the log has it under the request id.',
    vi: 'Hệ thống gặp lỗi. Hãy thử lại; nếu vẫn lỗi, báo mã yêu cầu {requestId} cho bộ phận hỗ trợ.',
    en: 'Something failed on our side. Try again; if it fails again, report request id {requestId}.',
  },
  'log-unavailable': {
    status: 503,
    when: 'The audit entry cannot be written, so the access is refused (no log, no access).',
    vi: 'Không ghi được nhật ký nên không thể mở giấy tờ. Hãy thử lại sau ít phút.',
    en: 'The access log cannot be written, so nothing can be opened. Try again in a few minutes.',
  },
});
