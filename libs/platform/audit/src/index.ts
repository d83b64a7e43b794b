export * from './audit-log.port.js';
export * from './audit-sequencer.js';
export * from './audit-verifier.js';
export * from './audit.module.js';
export * from './audit.persistence.js';
export { PostgresAuditLog } from './infrastructure/postgres-audit-log.js';
