/** What is wrong with one field, by the code in `errors[].code`. */
export const constraintTexts: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  REQUIRED: { vi: 'Trường này là bắt buộc.', en: 'This field is required.' },
  UNKNOWN_FIELD: { vi: 'Trường này không có trong tài liệu API.', en: 'The API document has no such field.' },
  WRONG_TYPE: { vi: 'Giá trị không đúng kiểu dữ liệu.', en: 'The value has the wrong type.' },
  NOT_ALLOWED_VALUE: {
    vi: 'Giá trị không nằm trong danh sách cho phép.',
    en: 'The value is not one of those allowed.',
  },
  TOO_SHORT: { vi: 'Giá trị quá ngắn hoặc quá ít.', en: 'The value is too short, or there are too few.' },
  TOO_LONG: { vi: 'Giá trị quá dài hoặc quá nhiều.', en: 'The value is too long, or there are too many.' },
  OUT_OF_RANGE: { vi: 'Giá trị nằm ngoài khoảng cho phép.', en: 'The value is out of range.' },
  MALFORMED: { vi: 'Giá trị không đúng định dạng.', en: 'The value does not have the documented format.' },
};

const codes: Readonly<Record<string, string>> = {
  isDefined: 'REQUIRED',
  isNotEmpty: 'REQUIRED',
  isNotEmptyObject: 'REQUIRED',
  whitelistValidation: 'UNKNOWN_FIELD',
  isString: 'WRONG_TYPE',
  isNumber: 'WRONG_TYPE',
  isInt: 'WRONG_TYPE',
  isBoolean: 'WRONG_TYPE',
  isObject: 'WRONG_TYPE',
  isArray: 'WRONG_TYPE',
  nestedValidation: 'WRONG_TYPE',
  isIn: 'NOT_ALLOWED_VALUE',
  isEnum: 'NOT_ALLOWED_VALUE',
  minLength: 'TOO_SHORT',
  arrayMinSize: 'TOO_SHORT',
  arrayNotEmpty: 'TOO_SHORT',
  maxLength: 'TOO_LONG',
  arrayMaxSize: 'TOO_LONG',
  isLength: 'TOO_LONG',
  min: 'OUT_OF_RANGE',
  max: 'OUT_OF_RANGE',
};

/** @param constraint class-validator's name of a broken rule, e.g. `isUuid` */
export const constraintCode = (constraint: string): string => codes[constraint] ?? 'MALFORMED';
