import { defineErrors } from './define-errors.js';

export const queueErrors = defineErrors({
  'job-not-found': {
    status: 404,
    when: 'A retry names a job that was never enqueued.',
    vi: 'Không có tác vụ xử lý nào tương ứng để chạy lại. Hãy thực hiện lại thao tác ban đầu.',
    en: 'There is no such task to run again. Repeat the original action.',
  },
  'job-timed-out': {
    status: 504,
    when: 'A try of a job ran longer than its definition allows and was aborted.',
    vi: 'Tác vụ {job} chạy quá thời gian cho phép ({seconds} giây) và đã bị dừng. Hãy chạy lại; nếu vẫn lỗi, báo bộ phận hỗ trợ.',
    en: 'The task {job} ran longer than the {seconds} seconds it may take and was stopped. Run it again; if it fails again, tell support.',
  },
  'job-abandoned': {
    status: 500,
    when: 'The workers running a job died several times; it is not given to another one.',
    vi: 'Tác vụ {job} đã làm tiến trình xử lý dừng đột ngột {times} lần nên không được chạy tiếp. Hãy kiểm tra tệp đầu vào và báo bộ phận hỗ trợ.',
    en: 'The task {job} took {times} worker processes down with it and is not run again. Check the file it works on and tell support.',
  },
});
