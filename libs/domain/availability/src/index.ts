export * from './availability.module.js';
export * from './availability.persistence.js';
export * from './availability.port.js';
