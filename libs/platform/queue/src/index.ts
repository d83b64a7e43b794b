export * from './job-definition.js';
export * from './job-queue.port.js';
export * from './progress.port.js';
