export * from './accounts/accounts.port.js';
export * from './clients/clients.port.js';
export { CurrentPrincipal } from './http/current-principal.decorator.js';
export * from './permission.decorator.js';
export * from './principal.js';
