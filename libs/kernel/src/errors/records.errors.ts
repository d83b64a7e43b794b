import { defineErrors } from './define-errors.js';

export const recordsErrors = defineErrors({});
