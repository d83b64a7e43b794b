import { type DocumentRecord, type Owner, type OwnerRole, Owners, Records } from '#domain/records';
import { DomainError } from '#kernel';
import type { Principal } from '#platform/auth';
import { Injectable } from '@nestjs/common';

export interface OwnDocument {
  readonly document: DocumentRecord;
  /** The citizen's part in it. */
  readonly role: OwnerRole | undefined;
}

/** What is held about the citizen who is signed in, as far as a citizen sees it. */
@Injectable()
export class OwnDocuments {
  constructor(
    private readonly owners: Owners,
    private readonly records: Records,
  ) {}

  /** @returns undefined when nothing was ever filed about this citizen */
  async owner(principal: Principal): Promise<Owner | undefined> {
    return principal.subjectKey === undefined ? undefined : this.owners.findBySubjectKey(principal.subjectKey);
  }

  /** Newest first. */
  async list(owner: Owner): Promise<readonly OwnDocument[]> {
    const documents = await this.records.findByOwner(owner.id);
    return documents.filter(isShownToOwner).map((document) => ({
      document,
      role: document.owners.find((party) => party.owner.groupId === owner.groupId)?.role,
    }));
  }

  /** @throws DomainError `document-not-found`, also for one that is not the citizen's */
  async get(owner: Owner | undefined, documentId: string): Promise<DocumentRecord> {
    const own = owner && (await this.list(owner)).find(({ document }) => document.id === documentId);
    if (!own) throw new DomainError('document-not-found');
    return own.document;
  }
}

// FR-34: a result appears after it was returned; anything else once an official has confirmed it.
export const isShownToOwner = (
  document: Pick<DocumentRecord, 'kind' | 'returnedAt' | 'confirmedAt' | 'restricted'>,
): boolean =>
  !document.restricted && (document.kind === 'result' ? document.returnedAt : document.confirmedAt) !== undefined;
