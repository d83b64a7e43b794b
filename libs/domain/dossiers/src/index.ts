export * from './dossiers.port.js';
