export * from './start-redis.js';
export * from './start-s3.js';
export * from './test-database.js';
export * from './test-identifier-keys.js';
export * from './test-server.js';
