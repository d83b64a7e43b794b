import type { INestApplicationContext, Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ApiExtension, ApiHeader, ApiSecurity } from '@nestjs/swagger';
import { PERMISSION, type PermissionRule, publicRoute } from '#platform/auth';
import { IDEMPOTENT } from '../idempotency/idempotent.decorator.js';
import { describeDto } from './describe-dto.js';

const described = new WeakSet<object>();

const isClass = (value: unknown): value is Type =>
  typeof value === 'function' && ![String, Number, Boolean, Object, Array, Promise].includes(value as never);

const describeHandler = (prototype: object, name: string, handler: object, rule: PermissionRule | undefined): void => {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  if (!descriptor) return;
  const decorators: MethodDecorator[] = [];
  if (rule && rule.name !== publicRoute.name) {
    decorators.push(ApiExtension('x-permission', rule.name) as MethodDecorator);
    if (rule.roles) decorators.push(ApiSecurity('account', []) as MethodDecorator);
    if (rule.scopes) decorators.push(ApiSecurity('client', [...rule.scopes]) as MethodDecorator);
  }
  if (Reflect.hasMetadata(IDEMPOTENT, handler)) {
    decorators.push(
      ApiHeader({
        name: 'Idempotency-Key',
        required: false,
        description: 'A repeat with the same key and body within 24 hours gets the first answer again.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      }) as MethodDecorator,
    );
  }
  for (const decorate of decorators) decorate(prototype, name, descriptor);
};

/** Tells the OpenAPI generator what our own decorators say: permission, idempotency, and the DTOs' rules. */
export const describeRoutes = (app: INestApplicationContext): void => {
  const scanner = new MetadataScanner();
  for (const { metatype } of app.get(DiscoveryService, { strict: false }).getControllers()) {
    if (!isClass(metatype)) continue;
    const prototype = metatype.prototype as Record<string, object>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name];
      if (!handler || described.has(handler) || !Reflect.hasMetadata(METHOD_METADATA, handler)) continue;
      described.add(handler);
      const parameters = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as unknown[];
      parameters.filter(isClass).forEach(describeDto);
      const rule = (Reflect.getMetadata(PERMISSION, handler) ?? Reflect.getMetadata(PERMISSION, metatype)) as
        PermissionRule | undefined;
      describeHandler(prototype, name, handler, rule);
    }
  }
};
