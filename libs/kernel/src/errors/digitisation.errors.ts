import { defineErrors } from './define-errors.js';

export const digitisationErrors = defineErrors({});
