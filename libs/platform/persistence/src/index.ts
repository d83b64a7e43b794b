export * from './identifier-protection.port.js';
export * from './persistence-part.js';
export * from './transaction-runner.js';
