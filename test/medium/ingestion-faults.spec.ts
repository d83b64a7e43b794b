import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OcrEngine } from '#engines/digitisation';
import { scannedPdf } from './ingestion-papers.js';
import {
  type Answer,
  type Ingestion,
  khoi,
  type Officer,
  refuseSignaturesWith,
  sample,
  scanIn,
  startIngestion,
} from './ingestion-service.js';

jest.setTimeout(180_000);

const form = { documentTypeCode: 'KQ.G15.000031', submissionForm: 'ORIGINAL', declaredPages: '1' };

/** Values in the fields of the form, which shows the blank ones too. */
const valuesOf = (scan: Answer): string[] =>
  (scan.at('fields') as { value: string }[]).map(({ value }) => value).filter((value) => value !== '');

describe('digitisation when something fails', () => {
  let ingestion: Ingestion;
  let officer: Officer;
  let dossierId: string;

  beforeAll(async () => {
    ingestion = await startIngestion({}, { signing: 'stand-in' });
    officer = await ingestion.officer('can-bo-mot-cua');
    dossierId = String((await officer.post('/dossiers', { procedureCode: '2.000635', subject: khoi })).at('id'));
  });
  afterEach(() => refuseSignaturesWith(undefined));
  afterAll(() => ingestion.stop());

  const upload = async (file: Uint8Array, pages = 1): Promise<string> => {
    const answer = await officer.upload(dossierId, 'TP-02', { ...form, declaredPages: String(pages) }, file);
    expect(answer.status).toBe(201);
    return String(answer.at('id'));
  };

  it('keeps a scan that could not be signed, says why, and signs it when asked again (FR-53)', async () => {
    refuseSignaturesWith('key-locked');
    const id = await upload(await scannedPdf([['GIẤY KHAI SINH', 'Số: 21/2025']]));
    const failed = await scanIn(officer, id, 'SIGN_FAILED');
    expect(failed.at('failureCode')).toBe('key-locked');
    expect(failed.at('document')).toMatchObject({ state: 'QC_PASSED', version: 1 });
    expect((await officer.get(`/scans/${id}/content`)).at('code')).toBe('scan-not-ready');

    refuseSignaturesWith(undefined);
    expect((await officer.post(`/scans/${id}/retry`)).at('state')).toBe('QC_PASSED');
    const read = await scanIn(officer, id, 'EXTRACTED');
    expect(read.at('failureCode')).toBeUndefined();
    expect((await officer.post(`/scans/${id}/retry`)).at('code')).toBe('scan-not-ready');
  });

  it('holds back a paper on which a secrecy mark is read, and keeps none of its text (FR-18)', async () => {
    const id = await upload(await scannedPdf([['TỐI MẬT', 'BÁO CÁO'], ['TRANG HAI']]), 2);
    const scan = await scanIn(officer, id, 'QUARANTINED');
    expect(valuesOf(scan)).toEqual([]);
    expect(
      await ingestion.sql('SELECT number FROM ingestion.scan_page WHERE scan_id = $1 AND result IS NOT NULL', [id]),
    ).toEqual([]);
    const answer = await officer.post(`/scans/${id}/confirmation`, { fields: [{ key: 'trichYeu', value: 'Báo cáo' }] });
    expect([answer.status, answer.at('code')]).toEqual([409, 'scan-quarantined']);
    const alarms = await ingestion.sql(`SELECT detail FROM audit.entry WHERE event = 'scan.quarantined'`);
    expect(alarms).toEqual([{ detail: expect.objectContaining({ scanId: id, degree: 'TOI_MAT' }) }]);
  });

  it('goes on after a restart where it stopped: finished pages are not read again', async () => {
    const lines = Array.from({ length: 4 }, (_, index) => [`GIẤY KHAI SINH TRANG ${index + 1}`]);
    const id = await upload(await scannedPdf(lines), 4);
    const finished = () =>
      ingestion.sql(
        `SELECT number, finished_at FROM ingestion.scan_page WHERE scan_id = $1 AND state = 'DONE' ORDER BY number`,
        [id],
      );
    while ((await finished()).length === 0) await sleep(50);
    await ingestion.restart();
    const before = await finished();
    expect((await scanIn(officer, id, 'EXTRACTED')).at('pages')).toHaveLength(4);
    const after = await finished();
    expect(after).toHaveLength(4);
    expect(after).toEqual(expect.arrayContaining(before));
    const documents = await ingestion.sql('SELECT count(*)::int AS n FROM ingestion.scan WHERE id = $1', [id]);
    expect(documents).toEqual([{ n: 1 }]);
  });

  it('never holds up the desk: pages that cannot be read are typed, or read later (FR-23)', async () => {
    await ingestion.get(OcrEngine).close();
    const birth = await sample('giay-khai-sinh');
    const id = await upload(birth.bytes);
    const scan = await scanIn(officer, id, 'EXTRACTED');
    expect(scan.at('pages.0')).toMatchObject({ ocr: 'FAILED', failureCode: 'ocr-engine-closed' });
    expect(valuesOf(scan)).toEqual([]);

    await ingestion.restart();
    expect((await officer.post(`/scans/${id}/retry`)).at('pages.0.ocr')).toBe('PENDING');
    while ((await officer.get(`/scans/${id}`)).at('pages.0.ocr') !== 'DONE') await sleep(150);

    const answer = await officer.post(`/scans/${id}/confirmation`, { fields: birth.confirmed, permanent: true });
    expect([answer.status, answer.at('state')]).toEqual([200, 'ACTIVE']);
  });
});

describe('no log, no access', () => {
  it('refuses to open anything while the log cannot be written', async () => {
    const ingestion = await startIngestion();
    try {
      const officer = await ingestion.officer('can-bo-mot-cua');
      const dossier = await officer.post('/dossiers', { procedureCode: '2.000635', subject: khoi });
      const id = String(dossier.at('id'));
      const birth = await sample('giay-khai-sinh');
      const scanId = String((await officer.upload(id, 'TP-02', form, birth.bytes)).at('id'));
      await ingestion.sql('REVOKE INSERT ON audit.entry FROM khoso_app');
      for (const path of [
        `/dossiers/${id}`,
        `/dossiers/${id}/availability`,
        `/scans/${scanId}`,
        `/scans/${scanId}/original`,
        `/scans/${scanId}/pages/1/image`,
      ]) {
        const answer = await officer.get(path);
        expect([path, answer.status, answer.at('code')]).toEqual([path, 503, 'log-unavailable']);
      }
      const refused = await officer.post('/dossiers', { procedureCode: '2.000635', subject: khoi });
      expect([refused.status, refused.at('code')]).toEqual([503, 'log-unavailable']);
      expect(await ingestion.sql('SELECT id FROM dossiers.dossier')).toHaveLength(1);
    } finally {
      await ingestion.stop();
    }
  });
});
