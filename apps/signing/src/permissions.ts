import type { PermissionRule } from '#platform/auth';

/** FR-46: a clerk cannot sign as a person, an official cannot use the agency's key. */
export const permissions = {
  draft: { name: 'signing.draft', roles: ['officer', 'clerk', 'signer'] },
  read: { name: 'signing.read', roles: ['officer', 'clerk', 'signer', 'supervisor'] },
  sign: { name: 'signing.sign-as-person', roles: ['signer'] },
  seal: { name: 'signing.sign-as-agency', roles: ['clerk'] },
  returnResult: { name: 'signing.return-result', roles: ['officer', 'clerk'] },
  ownKeys: { name: 'signing.own-keys', roles: ['officer', 'signer', 'clerk'] },
  verify: {
    name: 'signing.verify',
    roles: ['officer', 'signer', 'clerk', 'supervisor', 'admin', 'citizen'],
    scopes: ['signing.verify'],
  },
} as const satisfies Record<string, PermissionRule>;
