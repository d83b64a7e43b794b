import { defineErrors } from './define-errors.js';

export const ingestionErrors = defineErrors({});
