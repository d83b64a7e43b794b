export * from './permission.decorator.js';
export * from './principal.js';
