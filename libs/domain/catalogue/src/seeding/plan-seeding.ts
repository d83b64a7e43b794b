import { addDays, type CalendarDate, canonicalJson, sha256Hex } from '#kernel';
import { overlap } from '../version-history.js';
import type { EntryKind, SeedEntry, SeedFault } from './catalogue-entry.js';

/** A version as it stands in the database. */
export interface StoredVersion {
  readonly kind: EntryKind;
  readonly code: string;
  readonly validFrom: CalendarDate;
  readonly validTo?: CalendarDate;
  readonly successor?: string;
  readonly contentSha256: string;
}

export interface SeedingPlan {
  readonly inserts: readonly SeedEntry[];
  /** Versions that get their last day. */
  readonly closings: readonly {
    readonly kind: EntryKind;
    readonly code: string;
    readonly validFrom: CalendarDate;
    readonly validTo: CalendarDate;
    readonly successor?: string;
  }[];
  readonly faults: readonly SeedFault[];
}

/** Identity of a version's content. When it ends is no part of it: that is learnt later. */
export const contentSha256 = (entry: SeedEntry): string => {
  const { validTo: _validTo, successor: _successor, ...content } = entry.value;
  return sha256Hex(canonicalJson(content));
};

/**
 * What to do so that the database knows the files' entries. A version once stored keeps its content for good (FR-07):
 * the files may add versions and end open ones, anything else is a fault.
 */
export const planSeeding = (stored: readonly StoredVersion[], entries: readonly SeedEntry[]): SeedingPlan => {
  const inserts: SeedEntry[] = [];
  const closings: SeedingPlan['closings'][number][] = [];
  const faults: SeedFault[] = [];
  for (const entry of entries) {
    const { kind, place, value } = entry;
    const history = stored.filter((version) => version.kind === kind && version.code === value.code);
    const known = history.find(({ validFrom }) => validFrom === value.validFrom);
    if (known === undefined) {
      inserts.push(entry);
      for (const older of history.filter((version) => overlap(version, value))) {
        if (older.validFrom < value.validFrom && older.validTo === undefined) {
          const { code, validFrom } = older;
          closings.push({ kind, code, validFrom, validTo: addDays(value.validFrom, -1) });
        } else {
          faults.push({ place, problem: `overlaps the stored version of "${value.code}" from ${older.validFrom}` });
        }
      }
    } else if (known.contentSha256 !== contentSha256(entry)) {
      faults.push({
        place,
        problem: `differs from the stored version of "${value.code}" from ${known.validFrom}; add a version with a later validFrom`,
      });
    } else if (value.validTo !== undefined && known.validTo === undefined) {
      const { code, validFrom, validTo, successor } = value;
      closings.push({ kind, code, validFrom, validTo, ...(successor && { successor }) });
    } else if (value.validTo !== undefined && value.validTo !== known.validTo) {
      faults.push({
        place: `${place}/validTo`,
        problem: `is stored as ${known.validTo ?? 'open'} and cannot be moved`,
      });
    }
  }
  return { inserts, closings: once(closings), faults };
};

/** The files may end a version that its successor version also ends; they agree, or the files would overlap. */
const once = (closings: SeedingPlan['closings']): SeedingPlan['closings'] => [
  ...new Map(closings.map((closing) => [`${closing.kind} ${closing.code} ${closing.validFrom}`, closing])).values(),
];
