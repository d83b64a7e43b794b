import { defineErrors } from './define-errors.js';

export const queueErrors = defineErrors({});
