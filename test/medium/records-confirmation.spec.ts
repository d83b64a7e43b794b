import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256Hex } from '#kernel';
import type { Owner } from '#domain/records';
import { confirmation, newDocument, TestDomain, typed } from './records-domain.js';

const birthCertificate = 'KQ.G15.000031';
const maritalStatus = 'GT.000006';
const decision = 'GT.000002';

let domain: TestDomain;
let an: Owner;

beforeAll(async () => {
  domain = await TestDomain.start();
  an = await domain.person('042090000123', 'Nguyễn Văn An', '1990-03-15');
});
afterAll(() => domain.stop());

const ownedBy = (owner: Owner) => [{ ownerId: owner.id, role: 'owner' as const }];

describe('confirming a document', () => {
  it('makes it active, with its code, its fields and what follows from them (FR-24, FR-30)', async () => {
    const document = await domain.onFile(
      { typeCode: birthCertificate, owners: ownedBy(an) },
      {
        fields: [
          typed('tenGiayTo', 'Giấy khai sinh (bản chính)'),
          typed('soKyHieu', 'Số: 05/KS'),
          typed('ngayCap', '2020-03-05'),
          typed('coQuanCap', 'ủy ban nhân dân  phường Thành Sen'),
          typed('phamVi', 'Toàn quốc'),
        ],
        permanent: true,
      },
    );
    expect(document).toMatchObject({
      state: 'ACTIVE',
      code: '042090000123.KQ.G15.000031.05/KS.01',
      maskedCode: '042*****0123.KQ.G15.000031.05/KS.01',
      name: 'Giấy khai sinh (bản chính)',
      number: '05',
      symbol: 'KS',
      issuedOn: '2020-03-05',
      validFrom: '2020-03-05',
      validTo: undefined,
      permanent: true,
      scope: 'Toàn quốc',
      confirmedBy: 'Lê Thị Hoa',
    });
    expect(document.returnedAt).toBeDefined();
    expect(await domain.eventsOf(document.id)).toEqual(['vn.khoso.document.confirmed.v1']);
    expect(await domain.records.findByCode('042090000123.KQ.G15.000031.05/KS.01')).toEqual(document);
  });

  it('knows the code of an agency in office when the paper was issued, however its name is spaced', async () => {
    const document = await domain.onFile(
      { typeCode: decision, owners: ownedBy(an) },
      {
        fields: [
          typed('soKyHieu', '7/QĐ-UBND'),
          typed('ngayCap', '2026-03-05'),
          typed('coQuanCap', 'Ủy ban nhân dân  phường Thành Sen'),
        ],
      },
    );
    expect(document.issuingAgencyCode).toBe('H27.05.12');
  });

  it('keeps who confirmed and what each field was before and after (FR-25)', async () => {
    const { id } = await domain.extracted({ typeCode: birthCertificate, owners: ownedBy(an) });
    await domain.records.proposeFields(id, [
      { key: 'hoTen', value: 'Nguyen Van An', source: 'OCR', confidence: 0.71, page: 1, box: [70, 500, 210, 514] },
      { key: 'queQuan', value: 'Hà Tĩnh', source: 'OCR', confidence: 0.97 },
    ]);
    await domain.records.confirm(id, {
      ...confirmation(),
      fields: [typed('hoTen', 'Nguyễn Văn An'), typed('queQuan', 'Hà Tĩnh'), typed('danToc', 'Kinh')],
    });
    const history = await domain.records.history(id);
    expect(history.map(({ kind, toState }) => [kind, toState])).toEqual([
      ['CREATED', 'DRAFT'],
      ['STATE_CHANGED', 'QC_PASSED'],
      ['STATE_CHANGED', 'SCAN_SIGNED'],
      ['STATE_CHANGED', 'EXTRACTED'],
      ['FIELDS_PROPOSED', undefined],
      ['FIELDS_CONFIRMED', 'CONFIRMED'],
      ['STATE_CHANGED', 'ACTIVE'],
    ]);
    expect(history[5]).toMatchObject({
      actorId: 'canbo',
      fields: [
        { key: 'hoTen', before: 'Nguyen Van An', after: 'Nguyễn Văn An' },
        { key: 'danToc', after: 'Kinh' },
      ],
    });
  });

  it('never takes what a machine read for confirmed data (FR-25)', async () => {
    const { id } = await domain.extracted({ typeCode: birthCertificate, owners: ownedBy(an) });
    await domain.records.proposeFields(id, [{ key: 'ngayCap', value: '2020-03-05', source: 'OCR', confidence: 0.99 }]);
    const { state, issuedOn, code } = await domain.records.get(id);
    expect([state, issuedOn, code]).toEqual(['EXTRACTED', undefined, undefined]);
  });

  it('invents no end of validity, but counts the term the law sets for the type (FR-29, FR-65)', async () => {
    const open = await domain.onFile({ typeCode: decision, owners: ownedBy(an) });
    expect([open.validTo, open.permanent]).toEqual([undefined, false]);
    const term = await domain.onFile(
      { typeCode: maritalStatus, owners: ownedBy(an) },
      { fields: [typed('soKyHieu', '9/XN'), typed('ngayCap', '2026-08-31')] },
    );
    expect(term.validTo).toBe('2027-02-28');
  });

  it('refuses contradictions and leaves everything as it was', async () => {
    const { id } = await domain.extracted({ typeCode: birthCertificate, owners: ownedBy(an) });
    const contradicting = { ...confirmation(), permanent: true, validTo: '2030-01-01' };
    await expect(domain.records.confirm(id, contradicting)).rejects.toMatchObject({ code: 'validity-inconsistent' });
    const blank = {
      ...confirmation(),
      code: { kind: 'result', resultTypeCode: birthCertificate, numberSymbol: '' },
    } as const;
    await expect(domain.records.confirm(id, blank)).rejects.toMatchObject({ code: 'document-code-part-invalid' });
    const { state, code, fields } = await domain.records.get(id);
    expect([state, code, fields]).toEqual(['EXTRACTED', undefined, []]);
    expect(await domain.eventsOf(id)).toEqual([]);
    expect((await domain.records.history(id)).at(-1)?.toState).toBe('EXTRACTED');
  });

  it('happens once', async () => {
    const { id } = await domain.onFile({ typeCode: decision, owners: ownedBy(an) });
    await expect(domain.records.confirm(id, confirmation())).rejects.toMatchObject({
      code: 'document-state-conflict',
      params: { state: 'ACTIVE', to: 'CONFIRMED' },
    });
  });

  it('leaves the owner out of the code when nobody knows an identifier', async () => {
    const unknown = await domain.owners.resolve({ kind: 'UNKNOWN', value: '' }, { name: 'Lê Văn Tám' });
    const document = await domain.onFile(
      { typeCode: decision, owners: ownedBy(unknown) },
      { code: { kind: 'component', procedureCode: '1.004222', componentCode: 'TP-03' } },
    );
    expect([document.code, document.maskedCode]).toEqual(['.1.004222.TP-03.01', '.1.004222.TP-03.01']);
  });

  it('puts what an agency made and signed here on file in one step, and no scan', async () => {
    const issued = { ...newDocument(), typeCode: decision, owners: ownedBy(an), submissionForm: 'E_ORIGINAL' } as const;
    expect(await domain.records.issue(issued, { ...confirmation(), returned: false })).toMatchObject({
      state: 'ACTIVE',
      returnedAt: undefined,
    });
    await expect(domain.records.issue({ ...issued, submissionForm: 'ORIGINAL' }, confirmation())).rejects.toMatchObject(
      {
        code: 'document-state-conflict',
      },
    );
  });

  it('gives 200 confirmations at once 200 distinct consecutive codes (FR-31)', async () => {
    const binh = await domain.person('042190000456', 'Trần Thị Bình', '1990-08-20');
    const waiting = await Promise.all(
      Array.from({ length: 200 }, () => domain.extracted({ typeCode: decision, owners: ownedBy(binh) })),
    );
    const confirmed = await Promise.all(waiting.map(({ id }) => domain.records.confirm(id, confirmation())));
    const ordinal = (n: number): string => String(n).padStart(2, '0');
    expect(confirmed.map(({ code }) => code).sort()).toEqual(
      Array.from({ length: 200 }, (_, n) => `042190000456.KQ.G15.000031.05/KS.${ordinal(n + 1)}`).sort(),
    );
  });

  it('gives the number of a confirmation that failed to the next', async () => {
    const khoi = await domain.person('042219000789', 'Nguyễn Minh Khôi', '2019-06-05');
    const [first, second] = [
      await domain.extracted({ typeCode: decision, owners: ownedBy(khoi) }),
      await domain.extracted({ typeCode: decision, owners: ownedBy(khoi) }),
    ];
    const failed = domain.transactions.run(async () => {
      expect((await domain.records.confirm(first.id, confirmation())).code).toMatch(/\.01$/);
      throw new Error('the use case fails after all');
    });
    await expect(failed).rejects.toThrow('after all');
    expect((await domain.records.confirm(second.id, confirmation())).code).toMatch(/\.01$/);
    expect((await domain.records.get(first.id)).state).toBe('EXTRACTED');
  });
});

describe('the same paper twice (FR-16)', () => {
  it('finds the document of the same bytes for the same owner, and for nobody else', async () => {
    const original = sha256Hex('the scan as it came from the scanner');
    const version = { ...newDocument().version, originalSha256: original };
    const document = await domain.onFile({ typeCode: decision, owners: ownedBy(an), version });
    const binh = await domain.person('042190000456', 'Trần Thị Bình');
    expect((await domain.records.findByOriginal(original, an.id))?.id).toBe(document.id);
    expect(await domain.records.findByOriginal(original, binh.id)).toBeUndefined();
    expect(await domain.records.findByOriginal(sha256Hex('another scan'), an.id)).toBeUndefined();
  });

  it('finds the same number and symbol, narrowed by issuer, date and owner', async () => {
    const fields = [
      typed('soKyHieu', '314/GXN'),
      typed('ngayCap', '2026-01-02'),
      typed('coQuanCap', 'UBND phường Thành Sen'),
    ];
    const { id } = await domain.onFile({ typeCode: decision, owners: ownedBy(an) }, { fields });
    const same = { typeCode: decision, number: '314', symbol: 'GXN' };
    const found = async (more: object): Promise<string[]> =>
      (await domain.records.findSameIdentity({ ...same, ...more })).map((document) => document.id);
    expect(await found({})).toEqual([id]);
    expect(
      await found({ issuingAgencyName: 'ubnd  phường thành sen', issuedOn: '2026-01-02', ownerId: an.id }),
    ).toEqual([id]);
    expect(await found({ issuingAgencyName: 'UBND phuong Thanh Sen' })).toEqual([]);
    expect(await found({ issuedOn: '2026-01-03' })).toEqual([]);
    expect(await found({ symbol: 'QĐ' })).toEqual([]);
    expect(await found({ typeCode: birthCertificate })).toEqual([]);
  });
});
