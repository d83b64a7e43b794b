import type { Grant, StoredGrantStatus } from './grant.js';

export abstract class Grants {
  abstract add(grant: Grant): Promise<void>;
  abstract find(id: string): Promise<Grant | undefined>;
  /** As `find`, and nobody else changes it until the running transaction ends. */
  abstract lock(id: string): Promise<Grant | undefined>;
  abstract countRead(id: string): Promise<void>;
  /** Only an active grant can be ended. */
  abstract end(id: string, status: Exclude<StoredGrantStatus, 'ACTIVE'>, at: Date): Promise<void>;
  /** @returns the grants of the dossier that were active until now */
  abstract endOfDossier(dossierId: string, at: Date): Promise<readonly Grant[]>;
}
