import type { DocumentType } from '#domain/catalogue';
import type { DocumentRecord, OwnerRole } from '../records.port.js';
import { liveStates, unconfirmedStates } from './document-state-machine.js';
import { changeNumberOf } from './minimum-fields.js';
import { byAge, competes, type PaperOnFile } from './supersession.js';

/** Whether a look-up by this person finds the document whatever its type (FR-05). */
export const isOwning = (role: OwnerRole): boolean => role === 'owner' || role === 'co-owner';

/** Confirmed papers, annulled ones left out, in the order of their confirmation: what a new one is compared with (FR-64). */
export const papersOnFile = (documents: readonly DocumentRecord[]): readonly PaperOnFile[] =>
  documents
    .filter(({ state }) => state !== 'ANNULLED' && !unconfirmedStates.includes(state))
    .sort((a, b) => (a.confirmedAt?.getTime() ?? 0) - (b.confirmedAt?.getTime() ?? 0))
    .map(({ id, state, issuedOn, fields, number, symbol }) => ({
      documentId: id,
      issuedOn,
      changeNumber: changeNumberOf(fields),
      number,
      symbol,
      live: liveStates.includes(state),
    }));

/**
 * Documents with a newer one of the same owner beside them that nobody has let end them: their owners were merged after
 * both were confirmed. They are not the latest, whatever their state says.
 * @param documents of one type, with this rule
 * @returns ids
 */
export const outranked = (
  rule: DocumentType['supersession'],
  documents: readonly DocumentRecord[],
): ReadonlySet<string> => {
  if (rule === 'INDEPENDENT') return new Set();
  const older = documents.filter((document) => {
    const ofSameOwner = documents.filter((other) => shareAnOwner(document, other));
    const [paper] = papersOnFile([document]);
    const newest = papersOnFile(ofSameOwner)
      .filter((other) => paper !== undefined && competes(rule, other, paper))
      .toSorted(byAge)
      .at(-1);
    return newest !== undefined && newest.documentId !== document.id;
  });
  return new Set(older.map((document) => document.id));
};

const shareAnOwner = (a: DocumentRecord, b: DocumentRecord): boolean => {
  const groups = new Set(a.owners.filter(({ role }) => isOwning(role)).map(({ owner }) => owner.groupId));
  return b.owners.some(({ role, owner }) => isOwning(role) && groups.has(owner.groupId));
};
