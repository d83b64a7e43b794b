import { describe, expect, it } from '@jest/globals';
import { fieldsOf, minimumFields } from './minimum-fields.js';

describe('all fields of a document type', () => {
  const own = { key: 'hoTen', label: 'Họ và tên', kind: 'text', required: true, anchors: ['Họ và tên'] } as const;

  it.each([
    ['person', 'personalId'],
    ['business', 'businessCode'],
    ['any', 'identifier'],
  ] as const)("of a %s read the owner's identifier as %s", (ownerKind, kind) => {
    const fields = fieldsOf({ ownerKind, fields: [own] });
    expect(fields.find(({ key }) => key === 'dinhDanhChuGiayTo')?.kind).toBe(kind);
  });

  it("are the nine common ones and then the type's own", () => {
    const keys = fieldsOf({ ownerKind: 'person', fields: [own] }).map(({ key }) => key);
    expect(keys).toEqual([...minimumFields.map(({ key }) => key), 'hoTen']);
  });
});
