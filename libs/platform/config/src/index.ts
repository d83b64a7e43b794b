export * from './settings.error.js';
export * from './settings.js';
