export * from './records.port.js';
