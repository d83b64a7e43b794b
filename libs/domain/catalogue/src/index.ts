export * from './catalogue.port.js';
