import { describe, expect, it, jest } from '@jest/globals';
import type { DocumentRecord, FieldValue, Records } from '#domain/records';
import { FindDuplicates } from './find-duplicates.js';

const scan = { documentId: 'this', documentTypeCode: 'GT.000002', ownerId: 'an' };
const fields: FieldValue[] = Object.entries({
  soKyHieu: '05/QĐ-UBND',
  coQuanCap: 'UBND phường Thành Sen',
  ngayCap: '2026-10-06',
}).map(([key, value]) => ({ key, value, source: 'OCR', confidence: 0.9 }));
const onFile = (id: string, issuedOn: string, ownerId: string) =>
  ({ id, issuedOn, owners: [{ role: 'owner', owner: { id: ownerId } }] }) as unknown as DocumentRecord;

const finding = (documents: DocumentRecord[]) => {
  const findSameIdentity = jest.fn<Records['findSameIdentity']>(async () => documents);
  return { find: new FindDuplicates({ findSameIdentity } as unknown as Records), findSameIdentity };
};

describe('papers that may be the same', () => {
  it('are looked for by type, number, symbol and agency (FR-16)', async () => {
    const { find, findSameIdentity } = finding([]);
    expect(await find.of(scan, fields)).toEqual([]);
    expect(findSameIdentity).toHaveBeenCalledWith({
      typeCode: 'GT.000002',
      number: '05',
      symbol: 'QĐ-UBND',
      issuingAgencyName: 'UBND phường Thành Sen',
    });
  });

  it('are the same paper when date and owner agree too, else only bear the same number', async () => {
    const { find } = finding([
      onFile('same', '2026-10-06', 'an'),
      onFile('other-owner', '2026-10-06', 'binh'),
      onFile('other-day', '2025-10-06', 'an'),
      onFile('this', '2026-10-06', 'an'),
    ]);
    expect(await find.of(scan, fields)).toEqual([
      { documentId: 'same', kind: 'SAME_PAPER' },
      { documentId: 'other-owner', kind: 'SAME_NUMBER' },
      { documentId: 'other-day', kind: 'SAME_NUMBER' },
    ]);
  });

  it('cannot be told without number and agency', async () => {
    const { find, findSameIdentity } = finding([onFile('same', '2026-10-06', 'an')]);
    expect(await find.of(scan, fields.slice(1))).toEqual([]);
    expect(findSameIdentity).not.toHaveBeenCalled();
  });
});
