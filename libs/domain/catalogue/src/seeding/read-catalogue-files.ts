import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryKinds, type EntryKind, fileOf, type SeedEntry, type SeedFault } from './catalogue-entry.js';
import { catalogueInvalid } from './catalogue-invalid.js';
import { checkReferences } from './check-references.js';
import { readEntry } from './read-entry.js';
import { readObject } from './seed-reader.js';

/**
 * Reads and checks the four seed files of a folder.
 *
 * @throws DomainError `catalogue-invalid` naming every fault by file and JSON pointer
 */
export const readCatalogueFiles = async (folder: string): Promise<readonly SeedEntry[]> => {
  const faults: SeedFault[] = [];
  const entries: SeedEntry[] = [];
  for (const kind of entryKinds) entries.push(...(await readKind(kind, folder, faults)));
  // References are judged only between entries that could be read, or one fault would be told many times.
  if (faults.length === 0) faults.push(...checkReferences(entries));
  if (faults.length > 0) throw catalogueInvalid(faults);
  return entries;
};

const readKind = async (kind: EntryKind, folder: string, faults: SeedFault[]): Promise<SeedEntry[]> => {
  const file = fileOf[kind];
  const content = await parse(join(folder, file), file);
  if (!Array.isArray(content)) {
    faults.push({ place: file, problem: 'must be a list' });
    return [];
  }
  return content.map((item: unknown, index) => {
    const place = `${file}#/${index}`;
    return { kind, place, value: readObject<SeedEntry['value']>(item, place, faults, readEntry[kind]) };
  });
};

const parse = async (path: string, file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw catalogueInvalid([{ place: file, problem: `cannot be read: ${problem}` }], error);
  }
};
