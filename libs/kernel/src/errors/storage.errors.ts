import { defineErrors } from './define-errors.js';

export const storageErrors = defineErrors({});
