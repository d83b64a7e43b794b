export * from './records.module.js';
export * from './records.persistence.js';
export * from './records.port.js';
export { nameKey } from './rules/name-key.js';
export { isOwning, outranked } from './rules/papers-on-file.js';
export * from './subject/parse-subject.js';
export * from './subject/subject.dto.js';
export { validityOn, type ValidityStatus } from './rules/validity.js';
