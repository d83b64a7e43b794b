export * from './event-jobs.js';
export * from './events.js';
export * from './events.module.js';
export * from './events.persistence.js';
export * from './subscriptions.js';
