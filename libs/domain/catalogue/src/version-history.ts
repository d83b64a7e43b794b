import type { CalendarDate } from '#kernel';
import type { Versioned } from './catalogue.port.js';

export const isInForce = (entry: Versioned, on: CalendarDate): boolean =>
  entry.validFrom <= on && (entry.validTo === undefined || on <= entry.validTo);

/** Versions of one code overlap when some day lies in both. */
export const overlap = (a: Versioned, b: Versioned): boolean =>
  (a.validTo === undefined || b.validFrom <= a.validTo) && (b.validTo === undefined || a.validFrom <= b.validTo);
