export * from './accounts/accounts.port.js';
export * from './auth-api.module.js';
export * from './auth.module.js';
export * from './auth.persistence.js';
export * from './clients/clients.port.js';
export { CurrentPrincipal } from './http/current-principal.decorator.js';
export * from './http/routes-without-permission.js';
export * from './permission.decorator.js';
export * from './principal.js';
