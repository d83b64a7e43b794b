import { describe, expect, it } from '@jest/globals';
import type { EventType } from './events.js';
import { subscribersOf, subscriptions } from './subscriptions.js';

const names = (type: EventType): string[] => subscribersOf(type).map((job) => job.name);

describe('who is told what', () => {
  it('asks the signing service to sign a scan and tells ingestion how it went', () => {
    expect(names('vn.khoso.scan.signature-requested.v1')).toEqual(['signing.sign-scan']);
    expect(names('vn.khoso.scan.signed.v1')).toEqual(['ingestion.scan-signed']);
    expect(names('vn.khoso.scan.signature-failed.v1')).toEqual(['ingestion.scan-signature-failed']);
  });

  it.each(['revoked', 'annulled', 'suspended', 'superseded', 'integrity-failed'] as const)(
    'warns open dossiers of a document that was %s (FR-62)',
    (ending) => {
      expect(names(`vn.khoso.document.${ending}.v1`)).toEqual(['reuse.tell-dossiers']);
    },
  );

  it('ends the grants of a closed dossier', () => {
    expect(names('vn.khoso.dossier.closed.v1')).toEqual(['reuse.end-grants']);
  });

  it('leaves events that nobody inside acts on to the outbox', () => {
    expect(names('vn.khoso.document.confirmed.v1')).toEqual([]);
  });

  it('names each job by the service whose queue runs it, and each only once', () => {
    const jobs = subscriptions.map(({ job }) => job);
    for (const job of jobs) expect(job.name.startsWith(`${job.queue}.`)).toBe(true);
    expect(new Set(jobs.map((job) => job.name)).size).toBe(jobs.length);
  });
});
