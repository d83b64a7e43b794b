export * from './audit-log.port.js';
