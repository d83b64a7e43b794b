import { SetMetadata } from '@nestjs/common';
import type { Role } from './principal.js';

/** Who may call a route: any of the roles, or any of the scopes. */
export interface PermissionRule {
  /** Stable name, e.g. `scan.upload`; shown in a refusal and in the OpenAPI document. */
  readonly name: string;
  readonly roles?: readonly Role[];
  readonly scopes?: readonly string[];
  /** Open to an account that has yet to change its first password. */
  readonly beforePasswordChange?: boolean;
}

export const PERMISSION = 'khoso:permission';
export const publicRoute: PermissionRule = { name: 'public' };

/** Every route states its permission; one without is refused at run time and listed by a test. */
export const Permission = (rule: PermissionRule) => SetMetadata(PERMISSION, rule);
