import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Agency, DocumentType, Procedure, Purpose } from '../catalogue.port.js';
import { minimumFields } from '../minimum-fields.js';
import { isInForce } from '../version-history.js';
import type { SeedEntry } from './catalogue-entry.js';
import { readCatalogueFiles } from './read-catalogue-files.js';

const today = '2026-11-23';
let entries: readonly SeedEntry[];
const values = (kind: SeedEntry['kind']): readonly SeedEntry['value'][] =>
  entries.filter((entry) => entry.kind === kind && isInForce(entry.value, today)).map(({ value }) => value);
const agencies = (): readonly Agency[] => values('agency') as readonly Agency[];
const procedures = (): readonly Procedure[] => values('procedure') as readonly Procedure[];
const types = (): readonly DocumentType[] => values('documentType') as readonly DocumentType[];
const purposes = (): readonly Purpose[] => values('purpose') as readonly Purpose[];

// Reading checks, for every entry: shape, codes, that each type a component or result names exists and is in force, and
// that no two versions of a code overlap. A fault fails here with its file and place.
beforeAll(async () => {
  entries = await readCatalogueFiles('config/catalogue');
});

describe('the catalogue in config/catalogue', () => {
  it('has at least 12 procedures, 15 document types, and the purposes of intake, decision and audit', () => {
    expect(procedures().length).toBeGreaterThanOrEqual(12);
    expect(types().length).toBeGreaterThanOrEqual(15);
    expect(purposes().map(({ code }) => code)).toEqual(
      expect.arrayContaining(['TTHC_INTAKE', 'TTHC_DECISION', 'POST_AUDIT']),
    );
  });

  it('has a successor for every agency that ceased to exist, in force the day after', () => {
    const all = entries.filter(({ kind }) => kind === 'agency').map(({ value }) => value as Agency);
    const ended = all.filter(({ validTo }) => validTo !== undefined);
    expect(ended.map(({ code }) => code)).toContain('H27.05.03');
    for (const agency of ended) {
      expect(all.find(({ code }) => code === agency.successor)).toMatchObject({ level: agency.level });
    }
  });

  it('places every agency of the province under an agency in force', () => {
    const codes = new Set(agencies().map(({ code }) => code));
    for (const agency of agencies().filter(({ code }) => code.startsWith('H27.'))) {
      expect(codes).toContain(agency.parentCode);
    }
  });

  it('claims no code as verified but those that were', () => {
    const verified = [...procedures(), ...types()].filter(({ codeSource }) => codeSource === 'verified');
    expect(verified.map(({ code }) => code).sort()).toEqual([
      '1.001193',
      '2.000635',
      '2.000908',
      'KQ.G15.000031',
      'KQ.G15.000034',
    ]);
  });

  it('shows every label and anchor with its diacritics composed, and an anchor for every field of a type', () => {
    for (const type of types()) {
      for (const field of type.fields) {
        expect([field.label, ...field.anchors].every((text) => text === text.normalize('NFC'))).toBe(true);
        expect(field.anchors).not.toEqual([]);
      }
    }
  });

  it('asks in one procedure for nothing but papers a family already has on file', () => {
    const mandatory = procedures()
      .find(({ code }) => code === '1.004222')
      ?.components.filter((component) => component.mandatory);
    expect(mandatory?.map(({ anyOf }) => anyOf[0])).toEqual([['KQ.G15.000031'], ['GT.000004'], ['GT.000007']]);
    expect(mandatory?.every(({ acceptsKho }) => acceptsKho)).toBe(true);
  });

  it('lets a parent find the birth certificate of a child by their own number (FR-76), and no stranger a land title', () => {
    const related = types().filter(({ foundByRelatedPerson }) => foundByRelatedPerson);
    expect(related.map(({ code }) => code)).toContain('KQ.G15.000031');
    expect(related.map(({ code }) => code)).not.toContain('GT.000008');
  });

  it('ends earlier enterprise registrations with each new one (FR-64), and marital-status papers after six months', () => {
    expect(types().find(({ code }) => code === 'GT.000009')).toMatchObject({ supersession: 'LATEST_ONLY' });
    expect(types().find(({ code }) => code === 'GT.000008')).toMatchObject({ supersession: 'VERSIONED' });
    expect(types().find(({ code }) => code === 'GT.000006')).toMatchObject({ validity: { rule: 'months', months: 6 } });
  });

  it('does not have identity cards digitised, for the population database answers (Circular 01/2023 Art. 4)', () => {
    expect(
      types()
        .filter(({ servedByDatabase }) => servedByDatabase)
        .map(({ code }) => code),
    ).toEqual(['GT.000003']);
  });
});

describe('the minimum fields (Circular 01/2023 Art. 9)', () => {
  it('are nine', () => {
    expect(minimumFields.map(({ key }) => key)).toEqual([
      'maLoaiGiayTo',
      'dinhDanhChuGiayTo',
      'tenGiayTo',
      'soKyHieu',
      'ngayCap',
      'coQuanCap',
      'trichYeu',
      'coGiaTriDen',
      'phamVi',
    ]);
  });
});
