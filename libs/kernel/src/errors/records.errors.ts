import { defineErrors } from './define-errors.js';

export const recordsErrors = defineErrors({
  'owner-identifier-invalid': {
    status: 400,
    when: 'An old identity-card number is not 9 digits, a passport number is not 5 to 20 letters and digits, or an unidentified owner was given with an identifier.',
    vi: 'Giấy tờ tùy thân không hợp lệ ({kind}). Kiểm tra lại số CMND (9 chữ số) hoặc số hộ chiếu rồi nhập lại.',
    en: 'The identifier is not valid ({kind}). Check the old identity-card number (9 digits) or the passport number and enter it again.',
  },
  'owner-not-found': {
    status: 404,
    when: 'No owner record has this id.',
    vi: 'Không tìm thấy chủ giấy tờ này. Tra cứu lại bằng số định danh hoặc mã số doanh nghiệp.',
    en: 'There is no such owner. Look the owner up by personal number or business code.',
  },
  'owner-alias-taken': {
    status: 409,
    when: 'An identifier to be added as an alias already belongs to another owner record.',
    vi: 'Số này đã thuộc một hồ sơ chủ giấy tờ khác. Nếu là cùng một người, hãy hợp nhất hai hồ sơ.',
    en: 'This identifier belongs to another owner record. If it is the same person, merge the two records.',
  },
  'owner-merge-conflict': {
    status: 409,
    when: 'Two owners to be merged are one already, or an owner to be taken out was never merged.',
    vi: 'Không thể hợp nhất hoặc tách: hai hồ sơ đã là một, hoặc hồ sơ này chưa từng được hợp nhất. Tải lại và kiểm tra.',
    en: 'Cannot merge or take apart: the two records are one already, or this one was never merged. Reload and check.',
  },
  'document-not-found': {
    status: 404,
    when: 'No document has this id or code, or the caller may not know of it; the answer is the same.',
    vi: 'Không tìm thấy giấy tờ này. Kiểm tra lại mã, hoặc bạn chưa được quyền xem.',
    en: 'There is no such document. Check the code, or you may not be allowed to see it.',
  },
  'document-state-conflict': {
    status: 409,
    when: 'The document is in a state from which FR-61 does not allow this step.',
    vi: 'Giấy tờ đang ở trạng thái {state} nên không thể chuyển sang {to}. Tải lại để xem trạng thái hiện tại.',
    en: 'The document is {state} and cannot become {to}. Reload to see its present state.',
  },
  'document-code-part-invalid': {
    status: 422,
    when: 'A part of a document code (type, procedure, component or number and symbol) is empty or has white space in it.',
    vi: 'Không cấp được mã giấy tờ vì thiếu hoặc sai phần {part}. Bổ sung rồi xác nhận lại.',
    en: 'No document code can be issued: the part {part} is missing or wrong. Complete it and confirm again.',
  },
  'validity-inconsistent': {
    status: 422,
    when: 'A paper is said to be permanent and to end, or to end before it was issued, or to be issued after today. Param reason: PERMANENT_WITH_END, ENDS_BEFORE_ISSUE, ISSUED_IN_FUTURE.',
    vi: 'Thời hạn giấy tờ mâu thuẫn ({reason}). Kiểm tra ngày cấp, ngày hết hạn và mục “không thời hạn”.',
    en: 'The dates of the document contradict each other ({reason}). Check the issue date, the end date and the mark "permanent".',
  },
  'issue-date-required': {
    status: 422,
    when: 'A type of which only the latest is valid is confirmed without an issue date, so nobody could tell which one is the latest.',
    vi: 'Loại giấy tờ này chỉ bản mới nhất có hiệu lực nên phải có ngày cấp. Nhập ngày cấp ghi trên giấy.',
    en: 'Only the latest of this type is valid, so the issue date is needed. Enter the date printed on the paper.',
  },
  'revocation-in-future': {
    status: 422,
    when: 'A revocation or annulment is to take effect on a later day; it may lie in the past, not in the future.',
    vi: 'Ngày thu hồi có hiệu lực còn ở tương lai. Hãy ghi nhận vào đúng ngày quyết định có hiệu lực.',
    en: 'The revocation takes effect on a later day. Record it on the day the decision takes effect.',
  },
  'replacement-cycle': {
    status: 409,
    when: 'A document would replace itself, directly or through the documents that replaced it.',
    vi: 'Giấy tờ không thể thay thế chính nó hoặc bản đã được nó thay thế. Chọn lại giấy tờ thay thế.',
    en: 'A document cannot replace itself or one that has replaced it. Choose another successor.',
  },
  'dossier-not-found': {
    status: 404,
    when: 'No dossier has this id or code, or the caller may not know of it; the answer is the same.',
    vi: 'Không tìm thấy hồ sơ này. Kiểm tra lại mã hồ sơ.',
    en: 'There is no such dossier. Check the dossier code.',
  },
  'dossier-code-taken': {
    status: 409,
    when: 'A dossier with the given code exists.',
    vi: 'Mã hồ sơ {code} đã được dùng. Mở hồ sơ đó, hoặc để hệ thống cấp mã mới.',
    en: 'The dossier code {code} is in use. Open that dossier, or let the system issue a new code.',
  },
  'dossier-code-invalid': {
    status: 400,
    when: 'A given dossier code has neither the configured form nor the one in use until 2025.',
    vi: 'Mã hồ sơ “{code}” không đúng mẫu. Mã đúng có dạng H27.05.12-261123-0001.',
    en: 'The dossier code "{code}" does not have the right form. It looks like H27.05.12-261123-0001.',
  },
  'dossier-closed': {
    status: 409,
    when: 'A dossier that is no longer open is to be changed, or closed once more.',
    vi: 'Hồ sơ đã kết thúc ({status}) nên không thể thay đổi.',
    en: 'The dossier is closed ({status}) and can no longer be changed.',
  },
  'component-unknown': {
    status: 404,
    when: 'The procedure, as the dossier has it, asks for no component with this id.',
    vi: 'Thủ tục này không có thành phần hồ sơ {componentId}. Xem lại danh sách thành phần.',
    en: 'The procedure has no component {componentId}. See its list of components.',
  },
  'notice-not-found': {
    status: 404,
    when: 'The dossier has no notice with this id.',
    vi: 'Không tìm thấy thông báo này trong hồ sơ. Tải lại hồ sơ.',
    en: 'The dossier has no such notice. Reload the dossier.',
  },
});
