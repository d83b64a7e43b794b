import { Injectable } from '@nestjs/common';
import { Clock, DomainError, vietnamDate } from '#kernel';
import { Catalogue } from '#domain/catalogue';
import type { Principal } from '#platform/auth';
import type { KeyHolder } from './key-holder.js';

/** For whom the caller may keep keys and images: for itself, and a clerk for the agency (FR-46). */
@Injectable()
export class Holders {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `permission-denied` when somebody who is no clerk names the agency */
  async of(principal: Principal, kind: 'PERSON' | 'AGENCY'): Promise<KeyHolder> {
    const code = principal.agencyCode ?? '';
    const agency = await this.catalogue.agency(code, vietnamDate(this.clock.now()));
    if (kind === 'PERSON') return { kind, id: principal.id, name: principal.name, organisation: agency.name };
    if (!principal.roles.includes('clerk'))
      throw new DomainError('permission-denied', { permission: 'signing.agency-key' });
    return { kind, id: code, name: agency.name };
  }
}
