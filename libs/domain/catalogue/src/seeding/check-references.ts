import type { Versioned } from '../catalogue.port.js';
import { overlap } from '../version-history.js';
import type { EntryKind, SeedEntry, SeedFault } from './catalogue-entry.js';

/**
 * What must hold between entries: codes that are named exist and are in force when the one that names them begins, and
 * no two versions of a code share a day.
 */
export const checkReferences = (entries: readonly SeedEntry[]): SeedFault[] => {
  const faults: SeedFault[] = [];
  const versions = (kind: EntryKind, code: string): readonly SeedEntry[] =>
    entries.filter((entry) => entry.kind === kind && entry.value.code === code);
  const need = (kind: EntryKind, code: string, by: Versioned, place: string): void => {
    const found = versions(kind, code);
    if (found.length === 0) faults.push({ place, problem: `"${code}" is not in the catalogue` });
    else if (!found.some(({ value }) => overlap(value, by))) {
      faults.push({ place, problem: `"${code}" is not in force while this is` });
    }
  };
  for (const entry of entries) {
    const { place, value } = entry;
    for (const other of versions(entry.kind, value.code)) {
      if (other.place < place && overlap(other.value, value)) {
        faults.push({ place, problem: `overlaps another version of "${value.code}", ${other.place}` });
      }
    }
    if (value.successor !== undefined && versions(entry.kind, value.successor).length === 0) {
      faults.push({ place: `${place}/successor`, problem: `"${value.successor}" is not in the catalogue` });
    }
    if (isOf('agency', entry) && entry.value.parentCode !== undefined) {
      need('agency', entry.value.parentCode, value, `${place}/parentCode`);
    }
    if (isOf('procedure', entry)) {
      if (entry.value.resultTypeCode !== undefined) {
        need('documentType', entry.value.resultTypeCode, value, `${place}/resultTypeCode`);
      }
      entry.value.components.forEach(({ anyOf }, component) => {
        anyOf.forEach((set, alternative) => {
          set.forEach((code, index) => {
            need('documentType', code, value, `${place}/components/${component}/anyOf/${alternative}/${index}`);
          });
        });
      });
    }
  }
  return faults;
};

const isOf = <K extends EntryKind>(kind: K, entry: SeedEntry): entry is SeedEntry<K> => entry.kind === kind;
