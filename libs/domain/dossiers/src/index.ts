export * from './dossiers.module.js';
export * from './dossiers.persistence.js';
export * from './dossiers.port.js';
