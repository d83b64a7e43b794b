export * from './infrastructure/file-system-object-store.js';
export * from './infrastructure/s3-object-store.js';
export * from './object-store.port.js';
export * from './one-time-links.port.js';
export * from './storage.module.js';
export * from './storage.persistence.js';
