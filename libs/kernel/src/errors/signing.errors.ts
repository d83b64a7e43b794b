import { defineErrors } from './define-errors.js';

export const signingErrors = defineErrors({});
