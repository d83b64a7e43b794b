export * from './logger.js';
export * from './metrics-server.js';
export * from './metrics.js';
export * from './nest-logger.js';
export * from './redact.js';
export * from './request-context.js';
