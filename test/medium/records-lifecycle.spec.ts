import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DocumentRecord, Owner, Revocation } from '#domain/records';
import { confirmation, newDocument, TestDomain, typed } from './records-domain.js';

const enterpriseCertificate = 'GT.000009';
const landUseCertificate = 'GT.000008';
const decision = 'GT.000002';

let domain: TestDomain;
let company: Owner;

beforeAll(async () => {
  domain = await TestDomain.start();
});
afterAll(() => domain.stop());

let serial = 0;
// A company of its own for each test: only the latest certificate of each is valid.
beforeEach(async () => {
  serial += 1;
  company = await domain.owners.resolve(
    { kind: 'FOREIGN_PASSPORT', value: `C${String(serial).padStart(7, '0')}` },
    { name: 'Công ty TNHH Sông La' },
  );
});

const owners = () => [{ ownerId: company.id, role: 'owner' as const }];

const certificate = (change: number, issuedOn: string, owner: Owner = company): Promise<DocumentRecord> =>
  domain.onFile(
    { typeCode: enterpriseCertificate, owners: [{ ownerId: owner.id, role: 'owner' }] },
    {
      fields: [typed('soKyHieu', '3000000037'), typed('ngayCap', issuedOn), typed('lanThayDoi', `Lần thứ ${change}`)],
      code: { kind: 'result', resultTypeCode: enterpriseCertificate, numberSymbol: '3000000037' },
    },
  );

const state = async ({ id }: DocumentRecord): Promise<string> => (await domain.records.get(id)).state;

const revocation: Revocation = {
  decidingAgencyCode: 'H27.05.12',
  decisionNumber: '12/QĐ-UBND',
  decisionDate: '2026-11-20',
  reason: 'Cấp sai đối tượng',
  effectiveAt: new Date('2024-02-01T00:00:00+07:00'),
};

describe('only the latest certificate of a company is valid (FR-64)', () => {
  it('change no. 3 supersedes nos. 1 and 2 in its own transaction', async () => {
    const [first, second] = [await certificate(1, '2020-01-10'), await certificate(2, '2022-05-20')];
    const third = await domain.transactions.run(async () => {
      const confirmed = await certificate(3, '2025-07-01');
      expect([await state(first), await state(second)]).toEqual(['SUPERSEDED', 'SUPERSEDED']);
      return confirmed;
    });
    expect(await domain.records.get(second.id)).toMatchObject({ state: 'SUPERSEDED', replacedBy: third.id });
    expect(await domain.records.get(third.id)).toMatchObject({ state: 'ACTIVE', replaces: second.id });
    expect((await domain.records.chain(first.id)).map(({ id }) => id)).toEqual([first.id, second.id, third.id]);
    expect(await domain.eventsOf(second.id)).toEqual([
      'vn.khoso.document.confirmed.v1',
      'vn.khoso.document.superseded.v1',
    ]);
  });

  it('supersedes both of two live ones, which merging their owners had brought together', async () => {
    const other = await domain.owners.resolve({ kind: 'UNKNOWN', value: '' }, { name: 'Công ty TNHH Sông La' });
    const [first, second] = [await certificate(1, '2020-01-10'), await certificate(2, '2022-05-20', other)];
    await domain.owners.merge(company.id, other.id, 'Cùng một doanh nghiệp');
    expect(await Promise.all([state(first), state(second)])).toEqual(['ACTIVE', 'ACTIVE']);
    const third = await certificate(3, '2025-07-01');
    expect(await domain.records.get(first.id)).toMatchObject({ state: 'SUPERSEDED', replacedBy: third.id });
    expect(await domain.records.get(second.id)).toMatchObject({ state: 'SUPERSEDED', replacedBy: third.id });
  });

  it('undoes the supersession when the confirmation fails', async () => {
    const first = await certificate(1, '2020-01-10');
    const failing = domain.transactions.run(async () => {
      await certificate(2, '2022-05-20');
      throw new Error('the use case fails after all');
    });
    await expect(failing).rejects.toThrow('after all');
    expect(await state(first)).toBe('ACTIVE');
  });

  it('an older certificate digitised late is superseded at once', async () => {
    const third = await certificate(3, '2025-07-01');
    const second = await certificate(2, '2022-05-20');
    expect(second).toMatchObject({ state: 'SUPERSEDED', replacedBy: third.id });
    expect(second.code).toBeDefined();
    expect(await domain.records.get(third.id)).toMatchObject({ state: 'ACTIVE', replaces: second.id });
  });

  it('a suspended certificate does not outlive its successor', async () => {
    const first = await certificate(1, '2020-01-10');
    await domain.records.suspend(first.id, 'Đang xác minh');
    await certificate(2, '2022-05-20');
    await expect(domain.records.resume(first.id, 'Đã xác minh')).rejects.toMatchObject({
      code: 'document-state-conflict',
    });
  });

  it('leaves one live however many are confirmed at the same time', async () => {
    const waiting = [];
    for (const change of [4, 1, 5, 3, 2]) {
      const { id } = await domain.extracted({ typeCode: enterpriseCertificate, owners: owners() });
      waiting.push({ id, issuedOn: `202${change}-01-01`, change });
    }
    await Promise.all(
      waiting.map(({ id, issuedOn, change }) =>
        domain.records.confirm(id, {
          ...confirmation(),
          fields: [typed('ngayCap', issuedOn), typed('lanThayDoi', String(change))],
        }),
      ),
    );
    const live = (await domain.records.findByOwner(company.id)).filter((document) => document.state === 'ACTIVE');
    expect(live.map(({ issuedOn }) => issuedOn)).toEqual(['2025-01-01']);
  });

  it('needs an issue date to know which is the latest', async () => {
    const { id } = await domain.extracted({ typeCode: enterpriseCertificate, owners: owners() });
    const undated = { ...confirmation(), fields: [typed('lanThayDoi', '2')] };
    await expect(domain.records.confirm(id, undated)).rejects.toMatchObject({ code: 'issue-date-required' });
  });

  it('a land-use certificate supersedes the older scan of itself, not of another parcel', async () => {
    const parcel = (serialNumber: string): Promise<DocumentRecord> =>
      domain.onFile(
        { typeCode: landUseCertificate, owners: owners() },
        { fields: [typed('soKyHieu', serialNumber), typed('ngayCap', '2015-06-01')] },
      );
    const [old, other, renewed] = [await parcel('BK 123456'), await parcel('BK 777777'), await parcel('BK 123456')];
    expect(await domain.records.get(old.id)).toMatchObject({ state: 'SUPERSEDED', replacedBy: renewed.id });
    expect(await state(other)).toBe('ACTIVE');
  });
});

describe('revocation (FR-62)', () => {
  it('may take effect in the past, is marked at once and told', async () => {
    const { id } = await domain.onFile({ typeCode: decision, owners: owners() });
    expect(await domain.records.revoke(id, revocation)).toMatchObject({ state: 'REVOKED', revocation });
    expect(await domain.eventsOf(id)).toContain('vn.khoso.document.revoked.v1');
    expect((await domain.records.history(id)).at(-1)).toMatchObject({
      fromState: 'ACTIVE',
      toState: 'REVOKED',
      reason: 'Cấp sai đối tượng',
    });
  });

  it('cannot be entered for a later day', async () => {
    const { id } = await domain.onFile({ typeCode: decision, owners: owners() });
    const tomorrow = { ...revocation, effectiveAt: new Date('2026-11-24T00:00:00+07:00') };
    await expect(domain.records.revoke(id, tomorrow)).rejects.toMatchObject({ code: 'revocation-in-future' });
    const tonight = { ...revocation, effectiveAt: new Date('2026-11-23T23:59:59+07:00') };
    expect((await domain.records.annul(id, tonight)).state).toBe('ANNULLED');
  });

  it('is final', async () => {
    const { id } = await domain.onFile({ typeCode: decision, owners: owners() });
    await domain.records.revoke(id, revocation);
    for (const step of [
      () => domain.records.revoke(id, revocation),
      () => domain.records.suspend(id, '-'),
      () => domain.records.resume(id, '-'),
      () => domain.records.transition(id, 'INTEGRITY_FAILED'),
    ]) {
      await expect(step()).rejects.toMatchObject({ code: 'document-state-conflict' });
    }
  });

  it('reaches a superseded document too, when it turns out to be forged', async () => {
    const first = await certificate(1, '2020-01-10');
    await certificate(2, '2022-05-20');
    expect((await domain.records.revoke(first.id, revocation)).state).toBe('REVOKED');
  });
});

describe('replacing by hand', () => {
  const papers = async (count: number): Promise<DocumentRecord[]> => {
    const documents = [];
    for (let n = 0; n < count; n += 1) documents.push(await domain.onFile({ typeCode: decision, owners: owners() }));
    return documents;
  };
  const three = async (): Promise<[DocumentRecord, DocumentRecord, DocumentRecord]> => {
    const [a, b, c] = await papers(3);
    if (!a || !b || !c) throw new Error('three papers');
    return [a, b, c];
  };

  it('makes a chain, oldest to newest, read from any of its members', async () => {
    const [a, b, c] = await three();
    expect(await domain.records.replace(a.id, b.id, 'CORRECTS')).toMatchObject({
      state: 'SUPERSEDED',
      replacedBy: b.id,
    });
    await domain.records.replace(b.id, c.id, 'RENEWS');
    for (const member of [a, b, c]) {
      expect((await domain.records.chain(member.id)).map(({ id }) => id)).toEqual([a.id, b.id, c.id]);
    }
    expect((await domain.records.get(c.id)).replaces).toBe(b.id);
    expect(await domain.eventsOf(a.id)).toContain('vn.khoso.document.superseded.v1');
  });

  it('refuses a cycle, of one, two or three', async () => {
    const [a, b, c] = await three();
    const cycle = { code: 'replacement-cycle' };
    await expect(domain.records.replace(a.id, a.id, 'REPLACES')).rejects.toMatchObject(cycle);
    await domain.records.replace(a.id, b.id, 'REPLACES');
    await expect(domain.records.replace(b.id, a.id, 'REPLACES')).rejects.toMatchObject(cycle);
    await domain.records.replace(b.id, c.id, 'REPLACES');
    await expect(domain.records.replace(c.id, a.id, 'REPLACES')).rejects.toMatchObject(cycle);
    expect(await state(c)).toBe('ACTIVE');
  });

  it('lets one of two opposite replacements through, whoever comes first', async () => {
    const [a, b] = await three();
    const results = await Promise.allSettled([
      domain.records.replace(a.id, b.id, 'REPLACES'),
      domain.records.replace(b.id, a.id, 'REPLACES'),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([await state(a), await state(b)].sort()).toEqual(['ACTIVE', 'SUPERSEDED']);
  });

  it('takes only a live document as successor, and replaces only a live one', async () => {
    const [a, b, c] = await three();
    await domain.records.revoke(b.id, revocation);
    await expect(domain.records.replace(a.id, b.id, 'REPLACES')).rejects.toMatchObject({
      code: 'document-state-conflict',
    });
    await expect(domain.records.replace(b.id, c.id, 'REPLACES')).rejects.toMatchObject({
      code: 'document-state-conflict',
    });
  });
});

describe('the steps of digitisation (FR-61)', () => {
  it('are taken one after the other, and a step taken twice counts once', async () => {
    const { id } = await domain.records.create({ ...newDocument(), typeCode: decision, owners: owners() });
    await expect(domain.records.transition(id, 'SCAN_SIGNED')).rejects.toMatchObject({
      code: 'document-state-conflict',
    });
    await domain.records.transition(id, 'QC_PASSED');
    await domain.records.transition(id, 'QC_PASSED');
    expect(await domain.records.history(id)).toHaveLength(2);
  });

  it.each(['CONFIRMED', 'ACTIVE', 'SUSPENDED', 'SUPERSEDED', 'REVOKED', 'ANNULLED'] as const)(
    '%s is never reached by the name of the state alone',
    async (to) => {
      const { id } =
        to === 'CONFIRMED'
          ? await domain.extracted({ typeCode: decision, owners: owners() })
          : await domain.onFile({ typeCode: decision, owners: owners() });
      if (to === 'ACTIVE') await domain.records.suspend(id, 'Đang xác minh');
      await expect(domain.records.transition(id, to)).rejects.toMatchObject({ code: 'document-state-conflict' });
    },
  );

  it('tells when the stored bytes are no longer those that were signed (FR-33)', async () => {
    const { id } = await domain.onFile({ typeCode: decision, owners: owners() });
    expect((await domain.records.transition(id, 'INTEGRITY_FAILED')).state).toBe('INTEGRITY_FAILED');
    expect(await domain.eventsOf(id)).toContain('vn.khoso.document.integrity-failed.v1');
  });

  it('suspends and resumes', async () => {
    const { id } = await domain.onFile({ typeCode: decision, owners: owners() });
    expect((await domain.records.suspend(id, 'Đang xác minh')).state).toBe('SUSPENDED');
    expect((await domain.records.resume(id, 'Đã xác minh')).state).toBe('ACTIVE');
    expect((await domain.eventsOf(id)).slice(1)).toEqual([
      'vn.khoso.document.suspended.v1',
      'vn.khoso.document.resumed.v1',
    ]);
  });

  it('adds versions and keeps the earlier ones; the same bytes add nothing', async () => {
    const first = await domain.extracted({ typeCode: decision, owners: owners() });
    const signed = newDocument().version;
    const second = await domain.records.addVersion(first.id, signed);
    expect(second.versions.map(({ number }) => number)).toEqual([1, 2]);
    expect(second.versions[0]).toEqual(first.current);
    expect(second.current.sha256).toBe(signed.sha256);
    expect((await domain.records.addVersion(first.id, signed)).versions).toHaveLength(2);
  });

  it('shows a result as returned from the day it was, and tells it once (FR-34)', async () => {
    const { id } = await domain.onFile({ typeCode: decision, owners: owners() }, { returned: false });
    expect((await domain.records.get(id)).returnedAt).toBeUndefined();
    await domain.records.markReturned(id);
    const { returnedAt } = await domain.records.get(id);
    await domain.records.markReturned(id);
    expect((await domain.records.get(id)).returnedAt).toEqual(returnedAt);
    expect((await domain.eventsOf(id)).filter((type) => type.includes('returned'))).toHaveLength(1);
  });

  it.each(['018f0000-0000-7000-8000-000000000000', 'not-an-id'])('knows no document %s', async (id) => {
    for (const question of [
      () => domain.records.get(id),
      () => domain.records.chain(id),
      () => domain.records.suspend(id, '-'),
      () => domain.records.replace(id, id, 'REPLACES'),
    ]) {
      await expect(question()).rejects.toMatchObject({ code: 'document-not-found' });
    }
  });
});
