import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Component, type DocumentType, fieldsOf, type Procedure } from '#domain/catalogue';
import { defaultInspectionLimits, inspectFile } from '#engines/digitisation';
import { sampleIndex } from '../fixtures/samples/sample-index.js';
import { sample } from './ingestion-service.js';

const folder = 'config/samples';
const read = async <T>(name: string): Promise<T[]> =>
  JSON.parse(await readFile(`config/catalogue/${name}.json`, 'utf8')) as T[];

const scans = sampleIndex.dossiers.flatMap(({ procedureCode, scans: filed }) =>
  filed.map((scan) => ({ procedureCode, ...scan })),
);
const slugs = [...scans, ...sampleIndex.refusals].map((use) => use.sample);

describe('the committed samples', () => {
  it('are those of the generator, and small enough to be cloned', async () => {
    expect(JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'))).toEqual(sampleIndex);
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      files.filter((file) => file.isFile()).map(async (file) => (await stat(join(file.parentPath, file.name))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8 * 2 ** 20);
  });

  it.each(slugs)(
    '%s is a lawful scan: at least 200 dpi, in colour, hardly skewed, all its pages there',
    async (slug) => {
      const { file, pages } = await sample(slug);
      const inspection = await inspectFile(join(folder, file), defaultInspectionLimits);
      expect(inspection.obstacle).toBeUndefined();
      expect(inspection.pages).toHaveLength(pages);
      for (const page of inspection.pages) {
        expect(page.dpi).toBeGreaterThanOrEqual(200);
        expect(Math.abs(page.skewDegrees)).toBeLessThan(2);
        expect([page.storedAs, page.decision]).toEqual(['COLOUR', 'ocr']);
      }
    },
  );

  it('fill components that take their type, with fields the type has and none of the required ones missing', async () => {
    const [types, procedures] = [await read<DocumentType>('document-types'), await read<Procedure>('procedures')];
    for (const scan of scans) {
      const type = types.find(({ code }) => code === scan.documentTypeCode)!;
      const component = procedures
        .filter(({ code }) => code === scan.procedureCode)
        .at(-1)!
        .components.find(({ id }: Component) => id === scan.componentId)!;
      expect([scan.sample, component.anyOf.flat()]).toEqual([scan.sample, expect.arrayContaining([type.code])]);
      const fields = 'fields' in scan ? scan.fields : (await sample(scan.sample)).fields;
      const known = fieldsOf(type);
      expect(known.map(({ key }) => key)).toEqual(expect.arrayContaining(Object.keys(fields)));
      const required = known.filter((field) => field.required).map(({ key }) => key);
      expect([scan.sample, Object.keys(fields)]).toEqual([scan.sample, expect.arrayContaining(required)]);
    }
  });
});
