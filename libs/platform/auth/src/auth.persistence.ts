import type { PersistencePart } from '#platform/persistence';
import { AccountEntity } from './infrastructure/account.entity.js';
import { ClientEntity } from './infrastructure/client.entity.js';
import { CreateAuth1795392000300 } from './infrastructure/create-auth.migration.js';

/** Schema `auth`: accounts, client systems, spent client assertions. */
export const authPersistence: PersistencePart = {
  entities: [AccountEntity, ClientEntity],
  migrations: [CreateAuth1795392000300],
};
