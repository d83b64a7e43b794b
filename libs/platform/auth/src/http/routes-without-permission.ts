import type { INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { PERMISSION } from '../permission.decorator.js';

/** All routes that forgot to say who may call them, as `Controller.method`. A test holds the list empty. */
export const routesWithoutPermission = (app: INestApplicationContext): string[] => {
  const scanner = new MetadataScanner();
  return app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      const controller = metatype as (new () => object) | null;
      if (!controller || Reflect.hasMetadata(PERMISSION, controller)) return [];
      const prototype = controller.prototype as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .filter(
          (name) =>
            Reflect.hasMetadata(METHOD_METADATA, prototype[name] ?? {}) &&
            !Reflect.hasMetadata(PERMISSION, prototype[name] ?? {}),
        )
        .map((name) => `${controller.name}.${name}`);
    });
};
