import type { DocumentChange, FieldValue } from '../records.port.js';

/** The fields whose value is not the same before and after, by key: what FR-25 keeps of a confirmation. */
export const fieldChanges = (before: readonly FieldValue[], after: readonly FieldValue[]): DocumentChange['fields'] => {
  const [old, now] = [valuesByKey(before), valuesByKey(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => old.get(key) !== now.get(key))
    .map((key) => ({ key, before: old.get(key), after: now.get(key) }));
};

const valuesByKey = (fields: readonly FieldValue[]): Map<string, string> =>
  new Map(fields.map((field) => [field.key, field.value]));
