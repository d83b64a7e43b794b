export * from './health/health-registry.js';
export * from './http.persistence.js';
export * from './idempotency/declare-idempotent-body.js';
export * from './idempotency/idempotent.decorator.js';
export * from './objects/send-object.js';
export * from './problems/problem.js';
export * from './uploads/receive-multipart.js';
export * from './validation/validate-dto.js';
