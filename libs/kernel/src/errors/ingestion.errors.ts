import { defineErrors } from './define-errors.js';

export const ingestionErrors = defineErrors({
  'scan-refused': {
    status: 422,
    when: 'An uploaded file has several faults that intake refuses (FR-11 to FR-13); `errors` names each.',
    vi: 'Bản quét không đạt yêu cầu. Xem từng lỗi, sửa hoặc quét lại rồi tải lên.',
    en: 'The scan does not meet the requirements. See each fault, correct it or scan again, and upload it.',
  },
  'duplicate-scan': {
    status: 409,
    when: 'The very same file is on record for this owner already (FR-16); `errors` names the document.',
    vi: 'Tệp này đã được lưu cho chủ giấy tờ này. Hãy dùng lại giấy tờ {documentId} thay vì tải lên lần nữa.',
    en: 'This file is on record for this owner. Reuse document {documentId} instead of uploading it again.',
  },
  'reusable-document-exists': {
    status: 409,
    when: 'A reusable document for the component is on file and no reason was given for asking for the paper (FR-17); `errors` lists the candidates.',
    vi: 'Kho đã có giấy tờ dùng lại được cho thành phần này. Hãy dùng lại, hoặc nêu lý do vẫn cần nộp bản giấy.',
    en: 'A reusable document for this component is on file. Reuse it, or give the reason why the paper is still needed.',
  },
  'document-type-not-accepted': {
    status: 422,
    when: 'The procedure does not accept this document type for the component (FR-09).',
    vi: 'Thành phần {componentId} không nhận loại giấy tờ {typeCode}. Chọn lại loại giấy tờ hoặc thành phần hồ sơ.',
    en: 'Component {componentId} does not accept document type {typeCode}. Choose another type or component.',
  },
  'served-by-database': {
    status: 422,
    when: 'A national database serves the data of this type, so the paper is not digitised (Circular 01/2023 Art. 4, FR-18).',
    vi: 'Không số hóa “{name}”: dữ liệu đã có trong cơ sở dữ liệu quốc gia. Hãy khai thác dữ liệu, không yêu cầu nộp giấy.',
    en: 'Do not digitise "{name}": a national database serves its data. Query the database instead of asking for the paper.',
  },
  'state-secret-refused': {
    status: 422,
    when: 'The officer marks a paper as a state secret; such papers are never digitised here (Circular 01/2023 Art. 4, FR-18).',
    vi: 'Giấy tờ thuộc bí mật nhà nước không được số hóa trên hệ thống này. Xử lý theo quy định về bảo vệ bí mật nhà nước.',
    en: 'A state secret must not be digitised in this system. Handle it under the rules on state secrets.',
  },
  'self-upload-not-accepted': {
    status: 422,
    when: 'A self-uploaded file is offered for a component that needs an original, a certified copy or a comparison (FR-09, FR-19).',
    vi: 'Thành phần {componentId} không nhận bản tự tải lên. Cần bản chính, bản sao hợp lệ hoặc ảnh đã đối chiếu bản chính.',
    en: 'Component {componentId} does not accept self-uploads. Provide the original, a lawful copy or a compared photo.',
  },
  'dossier-too-large': {
    status: 413,
    when: 'The files of one dossier would together be larger than the limit (FR-20).',
    vi: 'Tổng dung lượng tệp của hồ sơ vượt quá {maxMegabytes} MB. Hãy quét lại với 200-300 dpi hoặc bỏ bớt tệp thừa.',
    en: 'The files of this dossier would exceed {maxMegabytes} MB together. Scan at 200-300 dpi or leave out what is not needed.',
  },
  'scan-not-found': {
    status: 404,
    when: 'No scan has this id.',
    vi: 'Không tìm thấy bản quét này. Tải lại hồ sơ.',
    en: 'There is no such scan. Reload the dossier.',
  },
  'scan-page-not-found': {
    status: 404,
    when: 'The scan has no page with this number.',
    vi: 'Bản quét không có trang {page}.',
    en: 'The scan has no page {page}.',
  },
  'scan-not-ready': {
    status: 409,
    when: 'A scan is asked for something its state does not allow yet, or no longer.',
    vi: 'Bản quét đang ở trạng thái {state} nên chưa làm được việc này. Theo dõi tiến trình hoặc tải lại.',
    en: 'The scan is {state}, which does not allow this. Watch its progress or reload it.',
  },
  'scan-quarantined': {
    status: 409,
    when: 'Words of a secrecy mark were read on the scan; it is held back and its text is not kept (FR-18).',
    vi: 'Bản quét bị cách ly vì phát hiện dấu chỉ độ mật. Báo người phụ trách bảo vệ bí mật nhà nước để kiểm tra.',
    en: 'The scan is quarantined because a secrecy mark was read on it. Tell whoever is in charge of state secrets.',
  },
  'confirmation-invalid': {
    status: 422,
    when: 'Fields to be confirmed are missing, unknown or malformed (FR-24 to FR-26); `errors` names each.',
    vi: 'Dữ liệu xác nhận chưa hợp lệ. Sửa các trường được liệt kê rồi xác nhận lại.',
    en: 'The data to be confirmed is not valid. Correct the fields listed and confirm again.',
  },
  'identity-mismatch': {
    status: 422,
    when: "The fields disagree with the owner's identifier, birth date or sex (FR-02, FR-27) and no override reason was given.",
    vi: 'Dữ liệu trên giấy không khớp với chủ giấy tờ. Đối chiếu lại; nếu giấy tờ đúng, nêu lý do chấp nhận.',
    en: 'The paper does not agree with its owner. Compare again; if the paper is right, give the reason for accepting it.',
  },
  'reuse-needs-check': {
    status: 409,
    when: 'A document is REUSABLE_WITH_CHECK and the officer has not said what was checked (FR-68).',
    vi: 'Giấy tờ chỉ dùng lại được sau khi kiểm tra ({reasons}). Kiểm tra và ghi kết quả vào ô ghi chú.',
    en: 'The document may be reused only after a check ({reasons}). Check it and say in the note what you found.',
  },
});
