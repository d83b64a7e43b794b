import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AvailabilityService, ComponentAvailability } from '#domain/availability';
import type { Confirmation, DocumentRecord, NewDocument, Owner } from '#domain/records';
import { newDocument, TestDomain, today, typed } from './records-domain.js';

const birthCertificate = 'KQ.G15.000031';
const marriageCertificate = 'GT.000005';
const maritalStatus = 'GT.000006';
const residenceConfirmation = 'GT.000007';
const landUseCertificate = 'GT.000008';
const enterpriseCertificate = 'GT.000009';
const identityCardCopy = 'GT.000003';
const lease = 'GT.000027';

/** Registration of permanent residence: TP-01 birth certificate, TP-02 marriage, TP-03 residence (at most 12 months old). */
const residence = '1.004222';
const marriage = '1.000894';
const foodSafety = '1.002425';

let domain: TestDomain;
beforeAll(async () => {
  domain = await TestDomain.start();
});
afterAll(() => domain.stop());

let serial = 0;
const somebody = async (birthDate?: string): Promise<Owner & { number: string }> => {
  serial += 1;
  const number = `0420900${String(serial).padStart(5, '0')}`;
  return { ...(await domain.person(number, 'Lê Văn Tám', birthDate)), number };
};

const paper = (
  owner: Owner,
  typeCode: string,
  confirmed: Partial<Confirmation> = {},
  document: Partial<NewDocument> = {},
): Promise<DocumentRecord> =>
  domain.onFile({ typeCode, owners: [{ ownerId: owner.id, role: 'owner' }], ...document }, confirmed);

const check = (
  number: string,
  procedureCode: string,
  more: Partial<Parameters<AvailabilityService['check']>[0]> = {},
): Promise<readonly ComponentAvailability[]> =>
  domain.availability.check({
    subject: { kind: 'PERSON_PIN', value: number },
    procedureCode,
    receivedOn: today,
    agencyCode: 'H27.05.12',
    consentGiven: false,
    at: new Date('2026-11-23T15:00:00+07:00'),
    ...more,
  });

const component = async (...question: Parameters<typeof check>): Promise<(id: string) => ComponentAvailability> => {
  const answer = await check(...question);
  return (id) => {
    const found = answer.find(({ componentId }) => componentId === id);
    if (!found) throw new Error(`no component ${id}`);
    return found;
  };
};

const told = ({ candidates }: ComponentAvailability) =>
  candidates.map(({ document, decision, reasons }) => [document.id, decision, reasons]);

describe('what is on file for somebody (FR-68)', () => {
  it('per component of the procedure: reusable, to be checked, or missing, with the reasons', async () => {
    const owner = await somebody();
    const birth = await paper(owner, birthCertificate, { permanent: true });
    const old = await paper(owner, residenceConfirmation, {
      fields: [typed('soKyHieu', '1/CT07'), typed('ngayCap', '2025-11-22')],
      permanent: true,
    });
    const of = await component(owner.number, residence);
    expect(of('TP-01')).toMatchObject({ name: expect.stringContaining('Giấy khai sinh'), decision: 'REUSABLE' });
    expect(told(of('TP-01'))).toEqual([[birth.id, 'REUSABLE', []]]);
    expect(of('TP-02')).toMatchObject({ decision: 'NOT_REUSABLE', candidates: [] });
    expect(of('TP-03').decision).toBe('NOT_REUSABLE');
    expect(told(of('TP-03'))).toEqual([[old.id, 'NOT_REUSABLE', ['TOO_OLD']]]);
  });

  it('nothing for somebody nobody knows, and only the components asked for', async () => {
    const answer = await check('042300000998', residence, { componentIds: ['TP-02'] });
    expect(answer.map(({ componentId, candidates }) => [componentId, candidates])).toEqual([['TP-02', []]]);
    await expect(check('042300000998', residence, { componentIds: ['TP-77'] })).rejects.toMatchObject({
      code: 'component-unknown',
    });
  });

  it('not for a component that is never taken from the repository', async () => {
    const owner = await somebody();
    await paper(owner, 'GT.000023', {}, { kind: 'component' });
    expect((await component(owner.number, residence))('TP-04').candidates).toEqual([]);
  });

  it('the best first, an original made here before a scan', async () => {
    const owner = await somebody();
    const scan = await paper(owner, birthCertificate, { permanent: true });
    const version = {
      ...newDocument().version,
      signature: { ...newDocument().version.signature, signers: [{ name: 'UBND', role: 'agency' as const }] },
    };
    const issued = await domain.records.issue(
      {
        ...newDocument(),
        typeCode: birthCertificate,
        submissionForm: 'E_ORIGINAL',
        version,
        owners: [{ ownerId: owner.id, role: 'owner' }],
      },
      {
        confirmedBy: { accountId: 'lanhdao', name: 'Phạm Quốc Dũng' },
        fields: [typed('soKyHieu', '9/KS'), typed('ngayCap', '2019-01-01')],
        permanent: true,
        code: { kind: 'result', resultTypeCode: birthCertificate, numberSymbol: '9/KS' },
        returned: true,
      },
    );
    const found = (await component(owner.number, residence))('TP-01');
    expect(found.candidates.map(({ document, assurance }) => [document.id, assurance])).toEqual([
      [issued.id, 'ISSUED_SIGNED'],
      [scan.id, 'SCAN_SIGNED'],
    ]);
  });

  it('of papers that are needed together, both (alternatives of sets)', async () => {
    const owner = await somebody();
    await paper(
      owner,
      lease,
      { permanent: true, fields: [typed('soKyHieu', '1/HĐ'), typed('ngayCap', '2026-01-01')] },
      { kind: 'component' },
    );
    expect((await component(owner.number, foodSafety))('TP-02').decision).toBe('NOT_REUSABLE');
    await paper(owner, identityCardCopy, { permanent: true }, { kind: 'component' });
    expect((await component(owner.number, foodSafety))('TP-02').decision).toBe('REUSABLE');
  });
});

describe('what must not be used again', () => {
  it('expires at midnight in Viet Nam, six months after a marital status was confirmed (FR-65)', async () => {
    const owner = await somebody();
    await paper(owner, maritalStatus, { fields: [typed('soKyHieu', '1/XN'), typed('ngayCap', '2026-08-31')] });
    const at = async (time: string): Promise<unknown> => {
      const of = await component(owner.number, marriage, { at: new Date(time) });
      return of('TP-02').candidates[0]?.reasons.filter((reason) => reason === 'EXPIRED');
    };
    expect(await at('2027-02-28T23:59:59+07:00')).toEqual([]);
    expect(await at('2027-03-01T00:00:00+07:00')).toEqual(['EXPIRED']);
  });

  it('is refused from the moment it is revoked, also at decision time (FR-71)', async () => {
    const owner = await somebody();
    const { id } = await paper(owner, birthCertificate, { permanent: true });
    const judge = async (): Promise<unknown> => {
      const { decision, reasons } = await domain.availability.judge({
        documentId: id,
        subject: { ownerId: owner.id },
        procedureCode: residence,
        componentId: 'TP-01',
        receivedOn: today,
        consentGiven: false,
        at: new Date('2026-11-23T16:00:00+07:00'),
      });
      return [decision, reasons];
    };
    expect(await judge()).toEqual(['REUSABLE', []]);
    await domain.records.revoke(id, {
      decidingAgencyCode: 'H27',
      decisionNumber: '1/QĐ',
      decisionDate: '2026-11-01',
      reason: 'Cấp sai',
      effectiveAt: new Date('2020-01-01T00:00:00+07:00'),
    });
    expect(await judge()).toEqual(['NOT_REUSABLE', ['REVOKED']]);
    expect(told((await component(owner.number, residence))('TP-01'))).toEqual([[id, 'NOT_REUSABLE', ['REVOKED']]]);
  });

  it('is replaced in the list by its live successor, which says what it replaces', async () => {
    const owner = await somebody();
    const [first, second] = [
      await paper(owner, birthCertificate, { permanent: true }),
      await paper(owner, birthCertificate, { permanent: true }),
    ];
    await domain.records.replace(first.id, second.id, 'CORRECTS');
    const { candidates } = (await component(owner.number, residence))('TP-01');
    expect(candidates.map(({ document, decision }) => [document.id, document.replaces, decision])).toEqual([
      [second.id, first.id, 'REUSABLE'],
    ]);
    await domain.records.suspend(second.id, 'Đang xác minh');
    expect(told((await component(owner.number, residence))('TP-01'))).toEqual(
      expect.arrayContaining([
        [first.id, 'NOT_REUSABLE', ['SUPERSEDED']],
        [second.id, 'NOT_REUSABLE', ['SUSPENDED']],
      ]),
    );
  });

  it('is outranked by a newer certificate that merging two owners brought beside it', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const certificate = (owner: Owner, issuedOn: string): Promise<DocumentRecord> =>
      paper(owner, enterpriseCertificate, { permanent: true, fields: [typed('ngayCap', issuedOn)] });
    const [older, newer] = [await certificate(one, '2020-01-01'), await certificate(other, '2024-01-01')];
    await domain.owners.merge(one.id, other.id, 'Cùng một chủ');
    const { candidates } = (await component(one.number, foodSafety))('TP-01');
    expect(candidates.map(({ document, decision, reasons }) => [document.id, decision, reasons])).toEqual([
      [newer.id, 'REUSABLE_WITH_CHECK', ['SIGNATURE_MISSING']],
      [older.id, 'NOT_REUSABLE', expect.arrayContaining(['SUPERSEDED'])],
    ]);
  });

  it('has not been returned, or came with an application that was rejected (FR-34, FR-69)', async () => {
    const owner = await somebody();
    const dossier = await domain.dossiers.open({
      procedureCode: residence,
      ownerId: owner.id,
      agencyCode: 'H27.05.12',
      officerId: 'canbo',
      receivedOn: today,
    });
    const { id } = await paper(
      owner,
      birthCertificate,
      { permanent: true, returned: false },
      { dossierId: dossier.id },
    );
    const reasons = async (): Promise<unknown> =>
      told((await component(owner.number, residence))('TP-01'))[0]?.slice(1);
    expect(await reasons()).toEqual(['NOT_REUSABLE', ['NOT_YET_RETURNED']]);
    await domain.records.markReturned(id);
    expect(await reasons()).toEqual(['REUSABLE', []]);
    await domain.dossiers.close(dossier.id, 'REJECTED');
    expect(await reasons()).toEqual(['REUSABLE_WITH_CHECK', ['SOURCE_DOSSIER_NOT_ACCEPTED']]);
  });

  it('is an old scan of a paper with a changes page', async () => {
    const owner = await somebody();
    await paper(owner, landUseCertificate, {
      permanent: true,
      fields: [typed('soKyHieu', 'BK 1'), typed('ngayCap', '2015-01-01')],
    });
    const at = async (time: string): Promise<unknown> =>
      (await component(owner.number, foodSafety, { at: new Date(time) }))('TP-02').candidates[0]?.reasons;
    expect(await at('2027-05-23T12:00:00+07:00')).toEqual([]);
    expect(await at('2027-05-24T12:00:00+07:00')).toEqual(['TOO_OLD']);
  });

  it('is valid in another commune only', async () => {
    const owner = await somebody();
    await paper(owner, birthCertificate, { permanent: true, scope: 'Ủy ban nhân dân xã Cẩm Bình' });
    const from = async (agencyCode: string): Promise<unknown> =>
      (await component(owner.number, residence, { agencyCode }))('TP-01').candidates[0]?.reasons;
    expect(await from('H27.06.03')).toEqual([]);
    expect(await from('H27.05.12')).toEqual(['OUT_OF_SCOPE']);
  });
});

describe('papers of others (FR-05, FR-76)', () => {
  const childsBirthCertificate = async (birthDate: string) => {
    const [child, father] = [await somebody(birthDate), await somebody()];
    const { id } = await paper(
      child,
      birthCertificate,
      { permanent: true },
      {
        owners: [
          { ownerId: child.id, role: 'owner' },
          { ownerId: father.id, role: 'parent' },
        ],
      },
    );
    return { id, father, child };
  };

  it('a father uses the birth certificate of his child', async () => {
    const { id, father } = await childsBirthCertificate('2019-06-05');
    expect(told((await component(father.number, residence))('TP-01'))).toEqual([[id, 'REUSABLE', []]]);
  });

  it('but that of his grown-up son only with consent', async () => {
    const { id, father } = await childsBirthCertificate('2000-06-05');
    const answer = async (consentGiven: boolean): Promise<unknown> =>
      told((await component(father.number, residence, { consentGiven }))('TP-01'));
    expect(await answer(false)).toEqual([[id, 'NOT_REUSABLE', ['NEEDS_CONSENT']]]);
    expect(await answer(true)).toEqual([[id, 'REUSABLE', []]]);
  });

  it('a stranger gets no answer, and no judgement in his favour', async () => {
    const { id, child } = await childsBirthCertificate('2019-06-05');
    const stranger = await somebody();
    expect((await component(stranger.number, residence))('TP-01').candidates).toEqual([]);
    const question = {
      documentId: id,
      procedureCode: residence,
      receivedOn: today,
      consentGiven: true,
      at: new Date('2026-11-23T16:00:00+07:00'),
    };
    const judged = await domain.availability.judge({ ...question, subject: { ownerId: stranger.id } });
    expect([judged.decision, judged.reasons]).toEqual(['NOT_REUSABLE', ['OWNER_MISMATCH']]);
    expect((await domain.availability.judge({ ...question, subject: { ownerId: child.id } })).decision).toBe(
      'REUSABLE',
    );
  });

  it('is not accepted where the procedure asks for something else', async () => {
    const { id, child } = await childsBirthCertificate('2019-06-05');
    const judged = await domain.availability.judge({
      documentId: id,
      subject: { ownerId: child.id },
      procedureCode: marriage,
      receivedOn: today,
      consentGiven: false,
      at: new Date('2026-11-23T16:00:00+07:00'),
    });
    expect([judged.decision, judged.reasons]).toEqual(['NOT_REUSABLE', ['TYPE_NOT_ACCEPTED']]);
  });

  it('a marriage certificate serves both', async () => {
    const [husband, wife] = [await somebody(), await somebody()];
    const { id } = await paper(
      husband,
      marriageCertificate,
      { permanent: true },
      {
        owners: [
          { ownerId: husband.id, role: 'owner' },
          { ownerId: wife.id, role: 'co-owner' },
        ],
      },
    );
    for (const { number } of [husband, wife]) {
      expect(told((await component(number, residence))('TP-02'))).toEqual([[id, 'REUSABLE', []]]);
    }
  });
});
