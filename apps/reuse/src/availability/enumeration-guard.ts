import { Clock, DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import { Settings } from '#platform/config';
import { Injectable, Logger } from '@nestjs/common';
import { SubjectSightings } from './subject-sightings.port.js';

/** Stops anyone from walking through the population number by number (FR-82). */
@Injectable()
export class EnumerationGuard {
  private readonly logger = new Logger(EnumerationGuard.name);

  constructor(
    private readonly settings: Settings,
    private readonly sightings: SubjectSightings,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts the question against the acting person's window. Questions that are refused later count as well: guessing
   * whose dossier it is, is what the guard is for.
   * @throws DomainError `enumeration-guard`
   */
  async admit(principal: Principal, actorId: string, subjectKey: string): Promise<void> {
    const { subjects, minutes } = this.settings.enumerationGuard;
    const watcher = `${principal.kind}:${principal.id}/${actorId}`;
    const at = this.clock.now();
    const windowMs = minutes * 60_000;
    const oldest = await this.sightings.note({
      watcher,
      subjectKey,
      at,
      since: new Date(at.getTime() - windowMs),
      limit: subjects,
    });
    if (!oldest) return;
    // The alarm of FR-82; the refusal itself is in the access log.
    this.logger.warn({ msg: 'enumeration guard', watcher, subjects, minutes });
    const retryAfterSeconds = Math.max(1, Math.ceil((oldest.getTime() + windowMs - at.getTime()) / 1000));
    throw new DomainError('enumeration-guard', { subjects, minutes, retryAfterSeconds });
  }
}
