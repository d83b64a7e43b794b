import { defineErrors } from './define-errors.js';

export const identifierErrors = defineErrors({});
