import type { DocumentRecord, DocumentState } from '#domain/records';
import type { CalendarDate } from '#kernel';

export type PresentedState = DocumentState | 'EXPIRED';

/** The state as readers see it: EXPIRED is not stored, it follows from the dates (FR-61, FR-65). */
export const presentedState = (
  document: Pick<DocumentRecord, 'state' | 'validTo'>,
  today: CalendarDate,
): PresentedState =>
  document.state === 'ACTIVE' && document.validTo !== undefined && document.validTo < today
    ? 'EXPIRED'
    : document.state;
