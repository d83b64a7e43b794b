import { defineErrors } from './define-errors.js';

export const reuseErrors = defineErrors({});
