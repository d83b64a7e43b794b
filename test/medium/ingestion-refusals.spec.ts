import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { encryptedPdf, greyJpeg, pdfWithJavaScript, pngBomb, scannedPdf } from './ingestion-papers.js';
import {
  an,
  type Answer,
  type Ingestion,
  khoi,
  type Officer,
  otherCommune,
  sample,
  songLa,
  startIngestion,
} from './ingestion-service.js';

jest.setTimeout(120_000);

const form = { documentTypeCode: 'KQ.G15.000031', submissionForm: 'ORIGINAL', declaredPages: '1' };

describe('what the desk refuses', () => {
  let ingestion: Ingestion;
  let officer: Officer;
  let dossierId: string;
  let paper: Uint8Array;

  beforeAll(async () => {
    paper = await scannedPdf([['GIẤY KHAI SINH', 'Số: 12/2025']]);
    ingestion = await startIngestion({ DOSSIER_MAX_BYTES: String(21 * 2 ** 20) });
    officer = await ingestion.officer('can-bo-mot-cua');
    dossierId = String((await officer.post('/dossiers', { procedureCode: '2.000635', subject: khoi })).at('id'));
  });
  afterAll(() => ingestion.stop());

  const upload = (file: Uint8Array, fields: Record<string, string> = {}): Promise<Answer> =>
    officer.upload(dossierId, 'TP-02', { ...form, ...fields }, file);
  const verdict = (answer: Answer) => [answer.status, answer.at('code')];

  describe('dossiers', () => {
    it.each([
      ['a personal number of 11 digits', { ...khoi, personalId: '04221900078' }, 'PERSONAL_ID_INVALID'],
      ['a business code with a wrong check digit', { ...songLa, businessCode: '3000000030' }, 'BUSINESS_CODE_INVALID'],
      ['a birth date that the personal number contradicts', { ...khoi, birthDate: '2018-06-05' }, 'PIN_DOB_MISMATCH'],
      ['a sex that the personal number contradicts', { ...khoi, sex: 'female' }, 'PIN_SEX_MISMATCH'],
    ])('with %s (FR-01 to FR-03)', async (_, subject, code) => {
      const answer = await officer.post('/dossiers', { procedureCode: '2.000635', subject });
      expect(verdict(answer)).toEqual([400, 'subject-invalid']);
      expect(answer.at('errors.0.code')).toBe(code);
      expect(JSON.stringify(answer.json)).not.toMatch(/04221900078|3000000030/);
    });

    it('of a procedure nobody knows', async () => {
      const answer = await officer.post('/dossiers', { procedureCode: '9.999999', subject: khoi });
      expect(verdict(answer)).toEqual([400, 'procedure-unknown']);
    });

    it('opened by someone who is no officer', async () => {
      const clerk = await ingestion.officer('van-thu-phuong', 'H27.05.12', ['clerk']);
      expect((await clerk.post('/dossiers', { procedureCode: '2.000635', subject: khoi })).status).toBe(403);
    });

    it('an id that cannot exist, answered like one that does not', async () => {
      expect(verdict(await officer.get('/dossiers/khong-co'))).toEqual([404, 'dossier-not-found']);
      expect(verdict(await officer.get('/scans/khong-co'))).toEqual([404, 'scan-not-found']);
      expect(verdict(await officer.post('/scans/khong-co/confirmation', {}))).toEqual([404, 'scan-not-found']);
    });
  });

  describe('files, by what is in them and not by their names (FR-11 to FR-13)', () => {
    it.each<[string, () => Promise<Uint8Array> | Uint8Array, number, string]>([
      ['an empty file', () => Buffer.alloc(0), 400, 'upload-empty'],
      ['a truncated PDF', () => paper.subarray(0, 30_000), 422, 'file-truncated'],
      ['an encrypted PDF', encryptedPdf, 422, 'pdf-encrypted'],
      ['a PDF with JavaScript', pdfWithJavaScript, 422, 'pdf-javascript'],
      ['text that claims to be a scan', () => Buffer.from('Giấy khai sinh, bản đánh máy'), 415, 'type-not-accepted'],
      ['a picture of 40,000 x 40,000 pixels in a few kilobytes', pngBomb, 422, 'image-too-large'],
      ['a scan of 150 dpi', () => scannedPdf([['GIẤY KHAI SINH']], 150), 422, 'scan-dpi-too-low'],
      ['a scan without colour', () => greyJpeg(['GIẤY KHAI SINH']), 422, 'scan-not-colour'],
      [
        'two pages where the officer counted one',
        () => scannedPdf([['TRANG 1'], ['TRANG 2']]),
        422,
        'page-count-mismatch',
      ],
    ])('%s', async (_, make, status, code) => {
      const answer = await upload(await make());
      expect(verdict(answer)).toEqual([status, code]);
      expect(String(answer.at('detail'))).toMatch(/[ạảãàáâậầấẩẫăắằặẳẵđệềếểễêộồốổỗôơớờởợỡưứừửựữ]/);
    });

    it('several faults at once, each by name', async () => {
      const answer = await upload(await scannedPdf([['TRANG 1'], ['TRANG 2']], 150));
      expect(verdict(answer)).toEqual([422, 'scan-refused']);
      const codes = (answer.at('errors') as { code: string }[]).map(({ code }) => code);
      expect(codes).toEqual(['PAGE_COUNT_MISMATCH', 'SCAN_DPI_TOO_LOW', 'SCAN_DPI_TOO_LOW']);
    });

    it('300 MB, without waiting for them to arrive', async () => {
      const { hostname, port } = new URL(ingestion.url);
      const answer = await new Promise<string>((resolve, reject) => {
        const sent = request(
          {
            hostname,
            port,
            method: 'POST',
            path: `/api/ingestion/v1/dossiers/${dossierId}/components/TP-02/scans`,
            headers: {
              authorization: officer.authorization,
              'content-type': 'multipart/form-data; boundary=x',
              'content-length': 300 * 2 ** 20,
            },
          },
          (response) => {
            response.setEncoding('utf8').on('data', (text: string) => {
              resolve(text);
              sent.destroy();
            });
          },
        );
        sent.on('error', reject);
        sent.write('--x\r\n');
      });
      expect(JSON.parse(answer)).toMatchObject({ status: 413, code: 'upload-too-large' });
    });

    it('more than the limit, announced or not', async () => {
      const answer = await upload(Buffer.alloc(20 * 2 ** 20 + 1, 'x'));
      expect(verdict(answer)).toEqual([413, 'upload-too-large']);
    });
  });

  describe('papers that are not to be digitised (FR-09, FR-18, FR-19)', () => {
    it('a type the component does not take', async () => {
      const answer = await upload(paper, { documentTypeCode: 'GT.000009' });
      expect(verdict(answer)).toEqual([422, 'document-type-not-accepted']);
    });

    it('an identity card: a database serves its data', async () => {
      const card = await sample('ban-chup-can-cuoc');
      const dossier = await officer.post('/dossiers', { procedureCode: '2.000908', subject: an });
      const fields = { ...form, documentTypeCode: 'GT.000003', submissionForm: 'E_PHOTO_COMPARED' };
      const answer = await officer.upload(String(dossier.at('id')), 'TP-01', fields, card.bytes);
      expect(verdict(answer)).toEqual([422, 'served-by-database']);
    });

    it('what the officer marks as a state secret', async () => {
      const answer = await upload(paper, { stateSecret: 'true' });
      expect(verdict(answer)).toEqual([422, 'state-secret-refused']);
    });

    it('a self-upload where an original is needed, and a form of submission that does not exist', async () => {
      const answer = await upload(paper, { submissionForm: 'SELF_UPLOAD' });
      expect(verdict(answer)).toEqual([422, 'self-upload-not-accepted']);
      const copy = await upload(paper, { submissionForm: 'PHOTOCOPY' });
      expect([copy.status, copy.at('errors.0.field')]).toEqual([400, 'submissionForm']);
    });

    it('a component that the procedure does not have', async () => {
      const answer = await officer.upload(dossierId, 'TP-77', form, paper);
      expect(verdict(answer)).toEqual([404, 'component-unknown']);
    });
  });

  it('an upload by another agency', async () => {
    const stranger = await ingestion.officer('can-bo-xa', otherCommune);
    const answer = await stranger.upload(dossierId, 'TP-02', form, paper);
    expect(verdict(answer)).toEqual([403, 'agency-not-competent']);
  });

  it('keeps nothing of all this but the entries of the log', async () => {
    expect(await ingestion.sql('SELECT id FROM ingestion.scan')).toEqual([]);
    expect(await ingestion.sql('SELECT id FROM records.document')).toEqual([]);
    const kept = await readdir(join(ingestion.dataDir, 'objects'), { recursive: true }).catch(() => []);
    expect(kept.filter((name) => /[0-9a-f]{64}/.test(name))).toEqual([]);
    const refusals = await ingestion.sql(
      `SELECT detail->>'code' AS code FROM audit.entry WHERE event = 'scan.uploaded' AND outcome = 'refused'`,
    );
    expect(new Set(refusals.map(({ code }) => code))).toEqual(
      new Set([
        'upload-empty',
        'request-invalid',
        'file-truncated',
        'pdf-encrypted',
        'pdf-javascript',
        'type-not-accepted',
        'image-too-large',
        'scan-dpi-too-low',
        'scan-not-colour',
        'page-count-mismatch',
        'scan-refused',
        'upload-too-large',
        'document-type-not-accepted',
        'served-by-database',
        'state-secret-refused',
        'self-upload-not-accepted',
        'component-unknown',
        'agency-not-competent',
      ]),
    );
  });

  describe('and what it takes', () => {
    it('a retry with the same idempotency key: one scan, the same answer (FR-20)', async () => {
      const file = paper;
      const headers = { 'idempotency-key': 'double-click' };
      const [first, second] = await Promise.all([
        officer.upload(dossierId, 'TP-02', form, file, headers),
        officer.upload(dossierId, 'TP-02', form, file, headers),
      ]);
      expect([first.status, second.status]).toEqual([201, 201]);
      expect(second.json).toEqual(first.json);
      const other = await officer.upload(dossierId, 'TP-02', form, await scannedPdf([['KHÁC']]), headers);
      expect(verdict(other)).toEqual([409, 'idempotency-conflict']);
      expect(await ingestion.sql('SELECT id FROM ingestion.scan')).toHaveLength(1);
    });

    it('the same file twice at once without a key: one is the duplicate of the other (FR-16a)', async () => {
      const file = await scannedPdf([['GIẤY KHAI SINH', 'Số: 13/2025']]);
      const answers = await Promise.all([upload(file), upload(file)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(answers.find(({ status }) => status === 409)!.at('code')).toBe('duplicate-scan');
    });

    it('a PNG named .pdf, for it goes by content', async () => {
      const receipt = await sample('giay-tiep-nhan-ho-so');
      const answer = await upload(receipt.bytes);
      expect(answer.status).toBe(201);
    });

    it('files until the dossier is full (FR-20)', async () => {
      await ingestion.sql('UPDATE ingestion.scan SET original_bytes = $1', [7 * 2 ** 20]);
      const answer = await upload(await scannedPdf([['GIẤY KHAI SINH', 'Số: 14/2025']]));
      expect(verdict(answer)).toEqual([413, 'dossier-too-large']);
    });
  });
});
