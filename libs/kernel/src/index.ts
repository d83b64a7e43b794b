export * from './clock.js';
export * from './domain-error.js';
export * from './error-catalogue.js';
export type { ErrorDefinition } from './errors/define-errors.js';
export * from './ids.js';
