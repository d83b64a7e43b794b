export * from './availability.port.js';
