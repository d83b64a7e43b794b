import { defineErrors } from './define-errors.js';

export const pdfErrors = defineErrors({});
