import type { Principal } from '#platform/auth';
import { IdentifierProtection } from '#platform/persistence';
import { Injectable } from '@nestjs/common';

/** What a document reference stands for. */
export interface ReferredDocument {
  readonly documentId: string;
  readonly componentId: string;
}

export type OpenedRef = { readonly fault: 'UNREADABLE' | 'FOREIGN' | 'EXPIRED' } | ReferredDocument;

/** Life of a reference, ms: long enough for an officer to choose, too short for a leaked list to be worth anything. */
export const documentRefLifeMs = 30 * 60 * 1000;

const prefix = 'dr_';

/**
 * Opaque references to candidates of one availability answer. The reference is the sealed fact itself (AES-256-GCM with
 * the key that protects identifiers), so nothing is stored per answer and nothing has to be cleaned up; it opens only for
 * the caller and the dossier it was made for.
 */
@Injectable()
export class DocumentRefs {
  constructor(private readonly protection: IdentifierProtection) {}

  seal(document: ReferredDocument, holder: Principal, dossierId: string, now: Date): string {
    const expiresAt = now.getTime() + documentRefLifeMs;
    const fact = JSON.stringify([
      prefix,
      document.documentId,
      document.componentId,
      holderKey(holder),
      dossierId,
      expiresAt,
    ]);
    return prefix + this.protection.encrypt(fact).toString('base64url');
  }

  open(ref: string, holder: Principal, dossierId: string, now: Date): OpenedRef {
    const fact = this.unseal(ref);
    if (!fact) return { fault: 'UNREADABLE' };
    const [, documentId, componentId, sealedHolder, sealedDossier, expiresAt] = fact;
    if (sealedHolder !== holderKey(holder) || sealedDossier !== dossierId) return { fault: 'FOREIGN' };
    return now.getTime() > expiresAt ? { fault: 'EXPIRED' } : { documentId, componentId };
  }

  private unseal(ref: string): SealedFact | undefined {
    if (!ref.startsWith(prefix)) return undefined;
    try {
      const fact: unknown = JSON.parse(this.protection.decrypt(Buffer.from(ref.slice(prefix.length), 'base64url')));
      return isSealedFact(fact) ? fact : undefined;
    } catch {
      // Truncated, altered, or sealed with another key: the same to the caller as never given out.
      return undefined;
    }
  }
}

type SealedFact = readonly [typeof prefix, string, string, string, string, number];

// The key also seals identifiers; only what carries the prefix inside was sealed as a reference.
const isSealedFact = (fact: unknown): fact is SealedFact =>
  Array.isArray(fact) && fact.length === 6 && fact[0] === prefix && typeof fact[5] === 'number';

const holderKey = (holder: Principal): string => `${holder.kind}:${holder.id}`;
