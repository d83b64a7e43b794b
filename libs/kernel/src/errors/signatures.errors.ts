import { defineErrors } from './define-errors.js';

export const signatureErrors = defineErrors({});
