import {
  DomainError,
  type ErrorCode,
  errorCatalogue,
  type ErrorDefinition,
  type ErrorDetail,
  type ErrorParams,
} from '#kernel';
import { constraintTexts } from '../validation/constraint-texts.js';
import type { Locale } from './preferred-locale.js';

export const problemMediaType = 'application/problem+json; charset=utf-8';

/** One fault of several, e.g. of one field of a form. */
export interface ProblemFault {
  readonly code: string;
  readonly field?: string;
  readonly detail?: string;
  readonly params?: ErrorParams;
}

/** RFC 9457, with our code, the request id and the single faults. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  /** What the text's placeholders were filled with, for programs. */
  readonly params?: ErrorParams;
  readonly errors?: readonly ProblemFault[];
}

// RFC 9457 s. 3.1.3: the title names the kind of problem and does not change from one occurrence to the next.
const titles: Readonly<Record<number, Readonly<Record<Locale, string>>>> = {
  400: { vi: 'Yêu cầu không hợp lệ', en: 'Invalid request' },
  401: { vi: 'Chưa xác thực', en: 'Not authenticated' },
  403: { vi: 'Không được phép', en: 'Not allowed' },
  404: { vi: 'Không tìm thấy', en: 'Not found' },
  409: { vi: 'Xung đột', en: 'Conflict' },
  410: { vi: 'Không còn hiệu lực', en: 'No longer available' },
  413: { vi: 'Dữ liệu quá lớn', en: 'Too large' },
  415: { vi: 'Kiểu dữ liệu không hỗ trợ', en: 'Unsupported media type' },
  416: { vi: 'Khoảng byte không hợp lệ', en: 'Range not satisfiable' },
  422: { vi: 'Không xử lý được nội dung', en: 'Content cannot be processed' },
  429: { vi: 'Quá nhiều yêu cầu', en: 'Too many requests' },
  500: { vi: 'Lỗi hệ thống', en: 'Internal error' },
  502: { vi: 'Nguồn dữ liệu trả lời sai', en: 'Bad answer from a source' },
  503: { vi: 'Tạm thời không phục vụ', en: 'Temporarily unavailable' },
  504: { vi: 'Nguồn dữ liệu không trả lời', en: 'A source did not answer' },
};
const otherTitle = { vi: 'Có lỗi', en: 'Problem' };

export const definitionOf = (code: ErrorCode): ErrorDefinition => errorCatalogue[code];

const fill = (template: string, params: ErrorParams): string =>
  template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name];
    return value === undefined ? placeholder : Array.isArray(value) ? value.join(', ') : String(value);
  });

/** The catalogue's text of an error in one language. */
export const textOf = (code: ErrorCode, params: ErrorParams, locale: Locale): string =>
  fill(definitionOf(code)[locale], params);

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCatalogue, code);

const faultOf = (detail: ErrorDetail, locale: Locale): ProblemFault => {
  // A single fault has either a text of its own in the catalogue (SCAN_DPI_TOO_LOW: scan-dpi-too-low) or one among the constraints of fields.
  const code = detail.code.toLowerCase().replaceAll('_', '-');
  const template = isErrorCode(code) ? definitionOf(code)[locale] : constraintTexts[detail.code]?.[locale];
  return {
    code: detail.code,
    ...(detail.field !== undefined && { field: detail.field }),
    ...(template !== undefined && { detail: fill(template, detail.params ?? {}) }),
    ...(detail.params && { params: detail.params }),
  };
};

/**
 * Renders an error for the caller. Knows nothing of the transport, so that a stream of results (NDJSON) can carry
 * problems on its lines too.
 */
export const problemOf = (
  error: DomainError,
  context: {
    readonly locale: Locale;
    readonly requestId: string;
    readonly instance: string;
    readonly publicUrl: string;
  },
): Problem => {
  const { status } = definitionOf(error.code);
  return {
    type: `${context.publicUrl}/problems/${error.code}`,
    title: (titles[status] ?? otherTitle)[context.locale],
    status,
    detail: textOf(error.code, { requestId: context.requestId, ...error.params }, context.locale),
    instance: context.instance,
    code: error.code,
    requestId: context.requestId,
    ...(Object.keys(error.params).length > 0 && { params: error.params }),
    ...(error.details.length > 0 && { errors: error.details.map((detail) => faultOf(detail, context.locale)) }),
  };
};
