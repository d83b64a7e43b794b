import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '#kernel';
import { fileOf } from './catalogue-entry.js';
import { readCatalogueFiles } from './read-catalogue-files.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khoso-catalogue-'));
  for (const file of Object.values(fileOf))
    await writeFile(join(folder, file), await readFile(join('config/catalogue', file)));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

type Json = Record<string, unknown>;

/** Changes the first entry with this code. */
const change = async (file: string, code: string, edit: (entry: Json) => void): Promise<number> => {
  const list = JSON.parse(await readFile(join(folder, file), 'utf8')) as Json[];
  const index = list.findIndex((entry) => entry['code'] === code);
  edit(list[index] ?? {});
  await writeFile(join(folder, file), JSON.stringify(list));
  return index;
};

const faults = async (): Promise<{ place: string; problem: string }[]> => {
  const error: unknown = await readCatalogueFiles(folder).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw new Error('expected the files to be refused', { cause: error });
  expect(error.code).toBe('catalogue-invalid');
  return error.details.map(({ field, params }) => ({ place: field ?? '', problem: String(params?.['problem']) }));
};

describe('a fault in the seed files is named by file and place', () => {
  it('when a file is missing', async () => {
    await rm(join(folder, 'purposes.json'));
    expect(await faults()).toEqual([{ place: 'purposes.json', problem: expect.stringContaining('cannot be read') }]);
  });

  it('when a file is not JSON', async () => {
    await writeFile(join(folder, 'agencies.json'), '[{]');
    expect(await faults()).toEqual([{ place: 'agencies.json', problem: expect.stringContaining('cannot be read') }]);
  });

  it('when a file holds no list', async () => {
    await writeFile(join(folder, 'agencies.json'), '{}');
    expect(await faults()).toEqual([{ place: 'agencies.json', problem: 'must be a list' }]);
  });

  it('when several members are wrong, all of them at once', async () => {
    const agency = await change('agencies.json', 'H27', (entry) => {
      entry['level'] = 'district';
      entry['validFrom'] = '2020-02-30';
      delete entry['symbol'];
    });
    const purpose = await change('purposes.json', 'TTHC_INTAKE', (entry) => (entry['text'] = ' '));
    expect(await faults()).toEqual([
      { place: `agencies.json#/${agency}/level`, problem: expect.stringContaining('province, commune') },
      { place: `agencies.json#/${agency}/symbol`, problem: 'is missing' },
      { place: `agencies.json#/${agency}/validFrom`, problem: expect.stringContaining('date') },
      { place: `purposes.json#/${purpose}/text`, problem: expect.stringContaining('non-empty') },
    ]);
  });

  it.each([
    ['agencies.json', 'H27', 'h27'],
    ['procedures.json', '1.009994', '1.009994.000.00.00.H27'],
    ['document-types.json', 'GT.000001', 'GT.1'],
    ['purposes.json', 'POST_AUDIT', 'post-audit'],
  ])('when %s has the code %s written as %s', async (file, code, wrong) => {
    const index = await change(file, code, (entry) => (entry['code'] = wrong));
    expect(await faults()).toContainEqual({
      place: `${file}#/${index}/code`,
      problem: `"${wrong}" is not a valid code`,
    });
  });

  it('when a member is misspelt', async () => {
    const index = await change('document-types.json', 'GT.000001', (entry) => (entry['valdTo'] = '2030-01-01'));
    expect(await faults()).toEqual([
      { place: `document-types.json#/${index}/valdTo`, problem: 'is not a known member' },
    ]);
  });

  it('when a component has no alternative, or an empty one', async () => {
    const index = await change('procedures.json', '1.009994', (entry) => {
      const [first, second] = entry['components'] as Json[];
      if (first) first['anyOf'] = [];
      if (second) second['anyOf'] = [[]];
    });
    expect((await faults()).map(({ place }) => place)).toEqual([
      `procedures.json#/${index}/components/0/anyOf`,
      `procedures.json#/${index}/components/1/anyOf/0`,
    ]);
  });

  it('when a component names a type that does not exist', async () => {
    const index = await change('procedures.json', '1.009994', (entry) => {
      const [first] = entry['components'] as Json[];
      if (first) first['anyOf'] = [['GT.000001'], ['GT.999999']];
    });
    expect(await faults()).toEqual([
      { place: `procedures.json#/${index}/components/0/anyOf/1/0`, problem: '"GT.999999" is not in the catalogue' },
    ]);
  });

  it('when a result type has ended before the procedure began', async () => {
    await change('document-types.json', 'GT.000014', (entry) => (entry['validTo'] = '2024-12-31'));
    const [fault] = await faults();
    expect(fault).toMatchObject({ problem: '"GT.000014" is not in force while this is' });
    expect(fault?.place).toMatch(/^procedures\.json#\/\d+\/resultTypeCode$/);
  });

  it('when two versions of an entry share a day', async () => {
    await change('procedures.json', '1.001193', (entry) => (entry['validTo'] = '2025-07-01'));
    expect(await faults()).toEqual([
      {
        place: expect.stringMatching(/^procedures\.json#\/\d+$/),
        problem: expect.stringContaining('overlaps another version of "1.001193"'),
      },
    ]);
  });

  it('when an agency has a parent or a successor that does not exist', async () => {
    await change('agencies.json', 'H27.05.03', (entry) =>
      Object.assign(entry, { parentCode: 'H99', successor: 'H98' }),
    );
    expect((await faults()).map(({ problem }) => problem).sort()).toEqual([
      '"H98" is not in the catalogue',
      '"H99" is not in the catalogue',
    ]);
  });

  it('when a type repeats one of the nine common fields', async () => {
    const index = await change('document-types.json', 'GT.000002', (entry) => {
      const [first] = entry['fields'] as Json[];
      if (first) first['key'] = 'ngayCap';
    });
    expect(await faults()).toEqual([
      { place: `document-types.json#/${index}/fields/0/key`, problem: expect.stringContaining('nine fields') },
    ]);
  });
});
