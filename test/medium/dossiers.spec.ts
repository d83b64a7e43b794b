import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { componentStates, type Dossier, type Dossiers } from '#domain/dossiers';
import { newId, sha256Hex } from '#kernel';
import { TestDomain, today } from './records-domain.js';

const thanhSen = 'H27.05.12';

let domain: TestDomain;
let ownerId: string;

beforeAll(async () => {
  domain = await TestDomain.start();
  ownerId = (await domain.person('042090000123', 'Nguyễn Văn An')).id;
});
afterAll(() => domain.stop());

const open = (more: Partial<Parameters<Dossiers['open']>[0]> = {}): Promise<Dossier> =>
  domain.dossiers.open({
    procedureCode: '1.004222',
    ownerId,
    agencyCode: thanhSen,
    officerId: 'canbo',
    receivedOn: today,
    ...more,
  });

const reused = (documentId: string = newId()) => ({
  componentId: 'TP-01',
  state: componentStates.reused,
  documentId,
  versionId: newId(),
  sha256: sha256Hex(documentId),
});

describe('opening a dossier', () => {
  it('lists the components of the procedure in force at reception, none digitised (FR-07, FR-72)', async () => {
    const dossier = await open({ procedureCode: '1.001193.000.00.00.H27', receivedOn: '2025-06-30' });
    expect(dossier).toMatchObject({ procedureCode: '1.001193', status: 'OPEN', notices: [], receivedOn: '2025-06-30' });
    expect(dossier.components.map(({ componentId, state }) => [componentId, state])).toEqual([
      ['TP-01', 0],
      ['TP-02', 0],
      ['TP-03', 0],
    ]);
    expect(await domain.dossiers.get(dossier.id)).toEqual(dossier);
    expect(await domain.dossiers.findByCode(dossier.code)).toEqual(dossier);
  });

  it('numbers them per agency and Vietnam day, also when many are opened at once (FR-10)', async () => {
    const agencyCode = 'H27.06.03';
    const codes = (await Promise.all(Array.from({ length: 20 }, () => open({ agencyCode })))).map(({ code }) => code);
    expect(codes.sort()).toEqual(
      Array.from({ length: 20 }, (_, n) => `H27.06.03-261123-${String(n + 1).padStart(4, '0')}`),
    );
    expect((await open({ agencyCode, receivedOn: '2026-11-24' })).code).toBe('H27.06.03-261124-0001');
    expect((await open({ agencyCode: 'H27.10' })).code).toBe('H27.10-261123-0001');
  });

  it('takes a code from elsewhere once, and steps over it when our own numbers get there', async () => {
    const given = { agencyCode: 'H27.09', code: 'H27.09-261123-0001' };
    expect((await open(given)).code).toBe(given.code);
    await expect(open(given)).rejects.toMatchObject({ code: 'dossier-code-taken' });
    expect((await open({ agencyCode: 'H27.09' })).code).toBe('H27.09-261123-0002');
    expect((await open({ code: '000.17.22.H56-210531-0001' })).code).toBe('000.17.22.H56-210531-0001');
    await expect(open({ code: 'HS-1' })).rejects.toMatchObject({ code: 'dossier-code-invalid' });
  });

  it('refuses an unknown procedure', async () => {
    await expect(open({ procedureCode: '9.999999' })).rejects.toMatchObject({ code: 'procedure-unknown' });
  });

  it.each(['018f0000-0000-7000-8000-000000000000', 'not-an-id'])('knows no dossier %s', async (id) => {
    await expect(domain.dossiers.get(id)).rejects.toMatchObject({ code: 'dossier-not-found' });
    await expect(domain.dossiers.close(id, 'DECIDED')).rejects.toMatchObject({ code: 'dossier-not-found' });
  });
});

describe('the list of an agency', () => {
  it('goes from newest to oldest, page by page, by status when asked', async () => {
    const agencyCode = 'H27.08';
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift((await open({ agencyCode })).id);
    await domain.dossiers.close(ids[1] ?? '', 'WITHDRAWN');
    const first = await domain.dossiers.list({ agencyCode, limit: 3 });
    const second = await domain.dossiers.list({ agencyCode, limit: 3, cursor: first.nextCursor });
    expect([...first.dossiers, ...second.dossiers].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeUndefined();
    const { dossiers } = await domain.dossiers.list({ agencyCode, status: 'WITHDRAWN', limit: 3 });
    expect(dossiers.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await domain.dossiers.list({ agencyCode: 'H27.07', limit: 3 })).dossiers).toEqual([]);
    await expect(domain.dossiers.list({ agencyCode, limit: 3, cursor: 'x' })).rejects.toMatchObject({
      code: 'request-invalid',
    });
  });
});

describe('what satisfies a component (FR-70, FR-72)', () => {
  it('is a version and its hash', async () => {
    const { id } = await open();
    const component = reused();
    const dossier = await domain.dossiers.setComponent(id, component);
    expect(dossier.components[0]).toMatchObject({ ...component, fromNationalStore: false });
    expect(dossier.components[1]).toMatchObject({ componentId: 'TP-02', state: 0 });
  });

  it('keeps why a paper was asked for although it was on file (FR-17)', async () => {
    const { id } = await open();
    const exception = { exceptionReason: 'OTHER', exceptionText: 'Bản trên kho bị mờ' } as const;
    await domain.dossiers.setComponent(id, { componentId: 'TP-01', state: 0, ...exception });
    const dossier = await domain.dossiers.setComponent(id, { ...reused(), state: componentStates.digitised });
    expect(dossier.components[0]).toMatchObject({ state: 1, ...exception });
  });

  it('is never a state without a version', async () => {
    const { id } = await open();
    await expect(domain.dossiers.setComponent(id, { componentId: 'TP-01', state: 2 })).rejects.toThrow(
      'check constraint',
    );
  });

  it('is a component of the procedure, of a dossier that is open', async () => {
    const { id } = await open();
    await expect(domain.dossiers.setComponent(id, { ...reused(), componentId: 'TP-99' })).rejects.toMatchObject({
      code: 'component-unknown',
    });
    await domain.dossiers.close(id, 'REJECTED');
    await expect(domain.dossiers.setComponent(id, reused())).rejects.toMatchObject({ code: 'dossier-closed' });
  });
});

describe('closing', () => {
  const told = async (id: string): Promise<object[]> =>
    (await domain.admin.query(`SELECT data FROM platform.outbox WHERE data->>'dossierId' = $1`, [id])).rows.map(
      ({ data }: { data: object }) => data,
    );

  it('is told once, and a decision may be followed by the return of its result', async () => {
    const { id, code } = await open();
    const decided = await domain.dossiers.close(id, 'DECIDED');
    expect(decided).toMatchObject({ status: 'DECIDED', closedAt: expect.any(Date) });
    expect(await domain.dossiers.close(id, 'RETURNED')).toMatchObject({
      status: 'RETURNED',
      closedAt: decided.closedAt,
    });
    expect(await told(id)).toEqual([{ dossierId: id, dossierCode: code, status: 'DECIDED' }]);
    expect(await domain.dossiers.statuses([id, newId()])).toEqual(new Map([[id, 'RETURNED']]));
  });

  it.each(['RETURNED', 'REJECTED', 'WITHDRAWN'] as const)('%s is final', async (status) => {
    const { id } = await open();
    await domain.dossiers.close(id, status);
    await expect(domain.dossiers.close(id, 'DECIDED')).rejects.toMatchObject({ code: 'dossier-closed' });
  });
});

describe('warnings to who used a document (FR-62, FR-71)', () => {
  it('go once to every open dossier that uses it, and to no other', async () => {
    const documentId = newId();
    const [using, alsoUsing, closed, other] = [await open(), await open(), await open(), await open()];
    for (const { id } of [using, alsoUsing, closed]) await domain.dossiers.setComponent(id, reused(documentId));
    await domain.dossiers.setComponent(other.id, reused());
    await domain.dossiers.close(closed.id, 'DECIDED');
    const successor = newId();

    expect(await domain.dossiers.notifyUsers(documentId, 'DOCUMENT_SUPERSEDED', successor)).toBe(2);
    expect(await domain.dossiers.notifyUsers(documentId, 'DOCUMENT_SUPERSEDED', successor)).toBe(0);
    const expected = {
      kind: 'DOCUMENT_SUPERSEDED',
      documentId,
      componentId: 'TP-01',
      successorDocumentId: successor,
      acknowledgedAt: undefined,
    };
    for (const { id } of [using, alsoUsing]) expect((await domain.dossiers.get(id)).notices).toMatchObject([expected]);
    for (const { id } of [closed, other]) expect((await domain.dossiers.get(id)).notices).toEqual([]);
  });

  it('come again when a document is suspended again, but not when the same event is delivered again', async () => {
    const documentId = newId();
    const { id } = await open();
    await domain.dossiers.setComponent(id, reused(documentId));
    const suspend = (event: string): Promise<number> =>
      domain.dossiers.notifyUsers(documentId, 'DOCUMENT_SUSPENDED', undefined, event);
    expect([await suspend('event 1'), await suspend('event 1'), await suspend('event 2')]).toEqual([1, 0, 1]);
  });

  it('are acknowledged, and stay acknowledged as they were', async () => {
    const documentId = newId();
    const { id } = await open();
    await domain.dossiers.setComponent(id, reused(documentId));
    await domain.dossiers.notifyUsers(documentId, 'DOCUMENT_REVOKED');
    const noticeId = (await domain.dossiers.get(id)).notices[0]?.id ?? '';
    const { notices } = await domain.dossiers.acknowledge(id, noticeId);
    expect(notices[0]?.acknowledgedAt).toBeInstanceOf(Date);
    expect((await domain.dossiers.acknowledge(id, noticeId)).notices).toEqual(notices);
    const other = await open();
    for (const wrong of [noticeId, 'not-an-id']) {
      await expect(domain.dossiers.acknowledge(other.id, wrong)).rejects.toMatchObject({ code: 'notice-not-found' });
    }
  });
});
