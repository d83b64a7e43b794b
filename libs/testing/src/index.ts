export * from './test-database.js';
export * from './test-identifier-keys.js';
