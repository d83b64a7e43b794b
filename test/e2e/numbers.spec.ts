import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Dossiers } from '#domain/dossiers';
import { Owners, Records } from '#domain/records';
import { sha256Hex } from '#kernel';
import { TransactionRunner } from '#platform/persistence';
import { Scans } from '../../apps/ingestion/src/scans/scans.port.js';
import { embedded, type Server } from './support/server.js';
import { khoi, ward } from './support/people.js';

jest.setTimeout(180_000);

const typeCode = 'KQ.G15.000031';

/**
 * Through HTTP, guard, use case and all that a confirmation does. The yearly numbers of signing are held the same way
 * in test/medium/signing-numbers.spec.ts.
 */
describe('200 officers who confirm at the same moment (FR-31)', () => {
  let server: Server;
  let scanIds: string[];

  beforeAll(async () => {
    server = await embedded.start();
    const officer = await server.as('canbo');
    const opened = await officer.post('/api/ingestion/v1/dossiers', { procedureCode: '2.000635', subject: khoi });
    const dossier = await server.get(Dossiers).get(String(opened.at('id')));
    const owner = await server.get(Owners).get(dossier.ownerId);
    const transactions = server.get(TransactionRunner);
    const [records, scans] = [server.get(Records), server.get(Scans)];
    /** A scan of a birth certificate, as it stands once it was signed and read. */
    const scanToConfirm = (number: number): Promise<string> =>
      transactions.run(async () => {
        const file = { sha256: sha256Hex(`scan ${number}`), bytes: 1000 };
        const version = {
          ...file,
          pages: 1,
          originalSha256: file.sha256,
          signature: { verdict: 'VALID', checkedAt: new Date(), signers: [] } as const,
        };
        const { id: documentId } = await records.create({
          typeCode,
          name: 'Giấy khai sinh',
          kind: 'result',
          submissionForm: 'ORIGINAL',
          custodianAgencyCode: ward,
          dossierId: dossier.id,
          owners: [{ ownerId: owner.id, role: 'owner' }],
          version,
        });
        for (const state of ['QC_PASSED', 'SCAN_SIGNED', 'EXTRACTED'] as const)
          await records.transition(documentId, state);
        const { id } = await scans.create({
          id: crypto.randomUUID(),
          dossierId: dossier.id,
          componentId: 'TP-02',
          documentId,
          ownerId: owner.id,
          agencyCode: ward,
          documentTypeCode: typeCode,
          submissionForm: 'ORIGINAL',
          officer: { id: dossier.officerId, name: 'Lê Thị Hoa' },
          original: { ...file, mediaType: 'application/pdf' },
          pdf: file,
          pages: 1,
          inspection: { type: 'PDF', bytes: file.bytes, pageCount: 1, largestPixels: 0, pages: [] },
          findings: [],
        });
        await scans.change(id, { state: 'EXTRACTED' });
        return id;
      });
    scanIds = [];
    for (let number = 0; number < 200; number++) scanIds.push(await scanToConfirm(number));
  });
  afterAll(() => server?.stop());

  it('get 200 codes in a row, each once', async () => {
    const officer = await server.as('canbo');
    const values = {
      tenGiayTo: 'Giấy khai sinh',
      soKyHieu: '05/KS',
      ngayCap: '2020-03-05',
      coQuanCap: 'Ủy ban nhân dân phường Thành Sen',
      trichYeu: 'Giấy khai sinh',
      hoTen: khoi.name,
      ngaySinh: khoi.birthDate,
      noiSinh: 'Hà Tĩnh',
    };
    const fields = Object.entries(values).map(([key, value]) => ({ key, value }));
    const answers = await Promise.all(
      scanIds.map((id) => officer.post(`/api/ingestion/v1/scans/${id}/confirmation`, { fields, permanent: true })),
    );
    expect(answers.filter(({ status }) => status !== 200).map(({ json }) => json)).toEqual([]);
    const prefix = `${khoi.personalId}.${typeCode}.05/KS.`;
    expect(answers.map((answer) => String(answer.at('code'))).sort()).toEqual(
      Array.from({ length: 200 }, (_, index) => prefix + String(index + 1).padStart(2, '0')).sort(),
    );
  });
});
