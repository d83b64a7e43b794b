export * from './provision-secrets.js';
export * from './run-service.js';
export * from './service-definition.js';
