export * from './records.module.js';
export * from './records.persistence.js';
export * from './records.port.js';
export { changeNumberOf } from './rules/minimum-fields.js';
export { settleSupersession } from './rules/supersession.js';
export { validityOn, type Validity, type ValidityStatus } from './rules/validity.js';
