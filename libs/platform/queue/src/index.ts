export * from './handles-job.decorator.js';
export * from './job-definition.js';
export * from './job-queue.port.js';
export * from './job-registry.js';
export * from './progress.port.js';
export * from './queue.module.js';
export * from './queue.persistence.js';
