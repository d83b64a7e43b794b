import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PDFDocument } from '@cantoo/pdf-lib';
import { sha256Hex, vietnamIso } from '#kernel';
import { embedFonts, Sheet } from '../fixtures/samples/sheet.js';
import {
  imagesOf,
  inkOf,
  isInstalled,
  pdfsig,
  qpdfCheck,
  renderFirstPage,
  signaturesOf,
  verifyWithOpenssl,
  wordsOfFirstPage,
} from './signing-judges.js';
import { type Answer, emptyDraft, type Signing, startSigning } from './signing-service.js';

let signing: Signing;
beforeAll(async () => {
  signing = await startSigning();
});
afterAll(() => signing.stop());

const title = 'Phụ lục I. Danh sách các hộ được hỗ trợ';

/** Two pages of A4 with the usual margins. */
const annex = async (): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create();
  const fonts = await embedFonts(pdf);
  for (const heading of ['PHỤ LỤC I', 'PHỤ LỤC I (tiếp theo)']) {
    const sheet = new Sheet(pdf.addPage([595.28, 841.89]), fonts);
    sheet.text(105, 25, heading, { size: 14, style: 'bold', align: 'center' });
    sheet.text(105, 32, 'Danh sách các hộ được hỗ trợ', { size: 14, align: 'center' });
    sheet.text(30, 45, '1. Nguyễn Văn An, tổ dân phố 3, phường Thành Sen', { size: 13 });
  }
  return pdf.save({ useObjectStreams: false });
};

const attach = (
  requestId: string,
  pdf: Uint8Array,
  fields: Readonly<Record<string, string>> = { title },
  headers: Record<string, string> = {},
): Promise<Answer> => signing.clerk.upload(`/requests/${requestId}/attachments`, fields, pdf, { headers });

describe('an attachment in a file of its own (FR-42; Decree 30/2020 App. I, II.8.b)', () => {
  let requestId: string;
  let documentId: string;
  let file: Uint8Array;
  let answer: Answer;
  let signed: Buffer;

  beforeAll(async () => {
    requestId = await signing.sealed();
    documentId = String((await signing.clerk.get(`/requests/${requestId}`)).at('documentId'));
    file = await annex();
    answer = await attach(requestId, file);
    const path = `/requests/${requestId}/attachments/${String(answer.at('id'))}/content`;
    signed = (await signing.officer.get(path)).bytes;
  });

  it('is signed by the agency and tells its number, its pages and its bytes', () => {
    expect([answer.status, answer.json]).toEqual([
      201,
      {
        id: expect.any(String),
        title,
        sha256: sha256Hex(signed),
        pages: 2,
        signedAt: expect.any(String),
        number: '01/QĐ-UBND',
      },
    ]);
    expect(signed.subarray(0, file.length).equals(Buffer.from(file))).toBe(true);
  });

  it('carries one signature, the agency’s, which other programs accept (FR-48)', async () => {
    expect(await verifyWithOpenssl(signed, signing.rootFile)).toBe(1);
    expect(signaturesOf(signed)[0]?.end).toBe(signed.length);
    const report = await signing.citizen.upload('/verifications', {}, signed);
    expect(report.at('verdict')).toBe('VALID');
    expect(report.at('signatures.0.signer.commonName')).toMatch(/Thành Sen.*\(TEST\)/);
    if (await isInstalled('pdfsig')) {
      const opinion = await pdfsig(signed);
      expect(opinion.match(/Signature is Valid/g)).toHaveLength(1);
      expect(opinion).toContain('Total document signed');
    }
    if (await isInstalled('qpdf'))
      expect(await qpdfCheck(signed)).toContain('No syntax or stream encoding errors found');
  });

  it('shows number and signing time top right on page 1, 10 points, in Vietnam time (FR-44)', async () => {
    if (!(await isInstalled('pdftotext'))) return expect(signaturesOf(signed)).toHaveLength(1);
    const words = await wordsOfFirstPage(signed);
    const signedAt = vietnamIso(new Date(String(answer.at('signedAt'))));
    for (const [line, text] of ['01/QĐ-UBND', signedAt].entries()) {
      const word = words.find((candidate) => candidate.text === text);
      expect(word).toBeDefined();
      const { left = 0, right = 0, top = 0, bottom = 0 } = word ?? {};
      expect(left).toBeGreaterThan(595 / 2);
      expect(right).toBeLessThanOrEqual(595 - 19);
      // The two lines end above the decree's upper margin of 20 mm, so they touch no text of the page.
      expect(top).toBeGreaterThan(19 + line * 11);
      expect(bottom).toBeLessThan(34 + line * 12);
      // Ascent and descent of Times at 10 points.
      expect(bottom - top).toBeCloseTo(11.07, 0);
    }
  });

  it('has no image, and everything on it is black', async () => {
    if (!(await isInstalled('pdftoppm'))) return expect(signaturesOf(signed)).toHaveLength(1);
    expect(await imagesOf(signed)).toEqual([]);
    const page = await renderFirstPage(signed);
    const coloured = inkOf(page, (r, g, b) => Math.max(r, g, b) - Math.min(r, g, b) > 24);
    expect(coloured.right).toBe(0);
    const before = await renderFirstPage(Buffer.from(file));
    expect(page.rgb.length).toBe(before.rgb.length);
    const changed = { ...page, rgb: Buffer.from(page.rgb.map((value, at) => (value === before.rgb[at] ? 255 : 0))) };
    const added = inkOf(changed, (r, g, b) => Math.min(r, g, b) < 255);
    // Nothing else on the page has changed.
    expect(added.left).toBeGreaterThan(595 / 2);
    expect(added.bottom).toBeGreaterThan(842 - 57);
    expect(added.right).toBeLessThanOrEqual(576);
  });

  it('is listed with its request, for its own agency only', async () => {
    const other = await attach(requestId, await annex(), { title: 'Phụ lục II' });
    const [list, detail] = [
      await signing.officer.get(`/requests/${requestId}/attachments`),
      await signing.signer.get(`/requests/${requestId}`),
    ];
    expect(list.json).toEqual({ attachments: [answer.json, other.json] });
    expect(detail.at('attachments')).toEqual([answer.json, other.json]);
    for (const path of ['', `/${String(answer.at('id'))}/content`]) {
      const refused = await signing.strangeOfficer.get(`/requests/${requestId}/attachments${path}`);
      expect([refused.status, refused.at('code')]).toEqual([404, 'signing-request-not-found']);
    }
  });

  it('leaves a trace when it is signed and when it is read', async () => {
    const sha256 = String(answer.at('sha256'));
    const attachmentId = answer.at('id');
    const made = (await signing.audit('signing.attachment-signed')).filter((entry) => entry['sha256'] === sha256);
    expect(made).toMatchObject([
      {
        outcome: 'success',
        document_id: documentId,
        detail: { requestId, attachmentId, number: '01/QĐ-UBND', certificate: expect.any(String) },
      },
    ]);
    const read = (await signing.audit('signing.content-read')).filter((entry) => entry['sha256'] === sha256);
    expect(read).toMatchObject([{ document_id: documentId, detail: { requestId, attachmentId } }]);
  });

  it('cannot be changed in the database afterwards', async () => {
    await expect(signing.sql(`UPDATE signing.attachment SET document_number = '02/QĐ-UBND'`)).rejects.toThrow(
      /insert-only/,
    );
  });

  it('is served only under its own request', async () => {
    const elsewhere = await signing.sealed();
    for (const id of [String(answer.at('id')), 'khong-phai-ma']) {
      const refused = await signing.clerk.get(`/requests/${elsewhere}/attachments/${id}/content`);
      expect([refused.status, refused.at('code')]).toEqual([404, 'attachment-not-found']);
    }
  });

  it('can still be signed after the result was returned', async () => {
    const returned = await signing.sealed();
    await signing.clerk.post(`/requests/${returned}/return`);
    expect((await attach(returned, await annex())).status).toBe(201);
  });

  it('asked for twice with one idempotency key is one attachment, whatever the password', async () => {
    const [id, pdf] = [await signing.sealed(), await annex()];
    const headers = { 'idempotency-key': 'annex-once' };
    const first = await attach(id, pdf, { title, password: 'Mat-Khau-1' }, headers);
    // No hash that is kept covers a password, so another one makes no other request.
    const second = await attach(id, pdf, { title, password: 'Mat-Khau-2' }, headers);
    expect([second.status, second.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
    expect(second.json).toEqual(first.json);
    expect((await signing.clerk.get(`/requests/${id}/attachments`)).at('attachments')).toHaveLength(1);
    const other = await attach(id, pdf, { title: 'Phụ lục khác' }, headers);
    expect([other.status, other.at('code')]).toEqual([409, 'idempotency-conflict']);
  });
});

describe('an attachment is refused', () => {
  let sealed: string;
  beforeAll(async () => {
    sealed = await signing.sealed();
  });
  afterAll(async () => {
    expect((await signing.clerk.get(`/requests/${sealed}/attachments`)).json).toEqual({ attachments: [] });
  });

  it('while its main document has no number, has none of the agency’s signature, or was rejected', async () => {
    const pdf = await annex();
    const id = String((await signing.draft(await emptyDraft())).at('id'));
    const early = await attach(id, pdf);
    expect([early.status, early.at('code'), early.at('detail')]).toEqual([
      409,
      'main-document-not-sealed',
      expect.stringContaining('WAITING_SIGNER'),
    ]);
    await signing.signer.post(`/requests/${id}/signature`);
    expect((await attach(id, pdf)).at('code')).toBe('main-document-not-sealed');

    const rejected = String((await signing.draft(await emptyDraft())).at('id'));
    await signing.signer.post(`/requests/${rejected}/rejection`, { reason: 'Sai căn cứ' });
    expect((await attach(rejected, pdf)).at('code')).toBe('main-document-not-sealed');
  });

  it.each(['signer', 'officer', 'supervisor', 'citizen'] as const)(
    'from somebody who is no clerk: %s (FR-46)',
    async (who) => {
      const refused = await signing[who].upload(`/requests/${sealed}/attachments`, { title }, await annex());
      expect([refused.status, refused.at('code')]).toEqual([403, 'permission-denied']);
    },
  );

  it('from the clerk of another agency, who does not learn that the document exists', async () => {
    await signing.sql(`UPDATE signing.signing_request SET agency_code = 'H27.06.03' WHERE id = $1`, [sealed]);
    const refused = await attach(sealed, await annex());
    await signing.sql(`UPDATE signing.signing_request SET agency_code = 'H27.05.12' WHERE id = $1`, [sealed]);
    expect([refused.status, refused.at('code')]).toEqual([404, 'signing-request-not-found']);
  });

  it('when it is signed already, by anyone', async () => {
    const { bytes } = await signing.clerk.get(`/requests/${sealed}/content`);
    const refused = await attach(sealed, bytes);
    expect([refused.status, refused.at('code')]).toEqual([422, 'attachment-already-signed']);
  });

  it.each<[string, () => Promise<Uint8Array>, Record<string, string>, number, string]>([
    [
      'with a script in it',
      () => emptyDraft((pdf) => pdf.addJavaScript('main', 'app.alert(1)')),
      { title },
      422,
      'pdf-javascript',
    ],
    ['that is no PDF', async () => Buffer.from('xin chào'), { title }, 422, 'pdf-not-a-pdf'],
    ['that is empty', async () => Buffer.alloc(0), { title }, 400, 'upload-empty'],
    ['without a title', annex, {}, 400, 'request-invalid'],
    ['with a field nobody knows', annex, { title, colour: 'red' }, 400, 'request-invalid'],
    [
      'with a key of somebody else',
      annex,
      { title, keyId: '00000000-0000-7000-8000-000000000000' },
      422,
      'signing-key-not-found',
    ],
  ])('%s', async (_, pdf, fields, status, code) => {
    const refused = await attach(sealed, await pdf(), fields);
    expect([refused.status, refused.at('code')]).toEqual([status, code]);
  });

  it('and not stored when its signature cannot be written into the log', async () => {
    await signing.sql('ALTER TABLE audit.entry RENAME TO entry_away');
    const refused = await attach(sealed, await annex());
    await signing.sql('ALTER TABLE audit.entry_away RENAME TO entry');
    expect([refused.status, refused.at('code')]).toEqual([503, 'log-unavailable']);
  });
});
