import { defineErrors } from './define-errors.js';

export const storageErrors = defineErrors({
  'upload-too-large': {
    status: 413,
    when: 'An upload has more bytes than the setting or the route allows.',
    vi: 'Tệp tải lên vượt quá {maxBytes} byte. Hãy quét lại với độ phân giải phù hợp hoặc chia nhỏ tệp.',
    en: 'The file is larger than {maxBytes} bytes. Scan it again at a fitting resolution, or split it.',
  },
  'upload-empty': {
    status: 400,
    when: 'An upload has no bytes.',
    vi: 'Tệp tải lên không có nội dung. Hãy chọn lại tệp và tải lên lần nữa.',
    en: 'The file is empty. Choose the file again and upload it once more.',
  },
  'upload-incomplete': {
    status: 400,
    when: 'The stream of an upload broke before its end.',
    vi: 'Kết nối bị ngắt khi đang tải tệp lên. Hãy tải lên lại.',
    en: 'The connection broke during the upload. Upload the file again.',
  },
  'object-not-found': {
    status: 404,
    when: 'The store holds no object at this address.',
    vi: 'Không tìm thấy nội dung tệp trong kho. Hãy báo bộ phận hỗ trợ để khôi phục từ bản sao lưu.',
    en: 'The content is not in the store. Tell support, so that it is restored from a copy.',
  },
  'object-too-large': {
    status: 413,
    when: 'An object is larger than the reader can hold in memory.',
    vi: 'Tệp lớn hơn giới hạn xử lý {maxBytes} byte. Hãy chia nhỏ tệp rồi thực hiện lại.',
    en: 'The file is larger than the {maxBytes} bytes that can be worked on. Split it and try again.',
  },
  'integrity-failed': {
    status: 500,
    when: 'The bytes read are not those of the address: the object was damaged or changed.',
    vi: 'Nội dung tệp trong kho không còn nguyên vẹn nên không được trả về. Hãy báo ngay bộ phận hỗ trợ.',
    en: 'The stored content is no longer intact and is not handed out. Tell support at once.',
  },
  'storage-unavailable': {
    status: 503,
    when: 'The object store cannot be reached, is full or refuses us.',
    vi: 'Kho lưu trữ tạm thời không sử dụng được. Hãy thử lại sau ít phút.',
    en: 'The object store cannot be used at the moment. Try again in a few minutes.',
  },
  'link-invalid': {
    status: 410,
    when: 'A one-time link is unknown, has been used, or has expired.',
    vi: 'Liên kết không tồn tại, đã được sử dụng hoặc đã hết hạn. Hãy yêu cầu liên kết mới.',
    en: 'The link is unknown, was used already, or has expired. Ask for a new one.',
  },
});
