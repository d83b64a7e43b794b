import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { vietnamDate } from '#kernel';
import {
  inkOf,
  isInstalled,
  pdfsig,
  qpdfCheck,
  renderFirstPage,
  signaturesOf,
  textOfFirstPage,
  verifyWithOpenssl,
} from './signing-judges.js';
import { emptyDraft, sampleDraft, type Signing, startSigning } from './signing-service.js';

let signing: Signing;
beforeAll(async () => {
  signing = await startSigning();
});
afterAll(() => signing.stop());

const draftSample = async () => {
  const { pdf, fields, subject, signerSlot, numberSlot, dateSlots } = await sampleDraft();
  return signing.draft(pdf, {
    ...fields,
    subject: JSON.stringify(subject),
    signerSlot: JSON.stringify(signerSlot),
    numberSlot: JSON.stringify(numberSlot),
    dateSlots: JSON.stringify(dateSlots),
  });
};

describe('a decision on its way out', () => {
  let id: string;
  let sealed: Buffer;

  it('waits for its signer once it is drafted', async () => {
    const drafted = await draftSample();
    expect(drafted.json).toMatchObject({
      state: 'WAITING_SIGNER',
      signer: { id: signing.signer.id, name: 'Phạm Quốc Dũng' },
      pages: 1,
    });
    expect(drafted.status).toBe(201);
    id = String(drafted.at('id'));
    const inbox = await signing.signer.get('/requests?state=WAITING_SIGNER');
    expect(inbox.at('requests')).toContainEqual(expect.objectContaining({ id }));
  });

  it('cannot be sealed before the authorised person has signed (FR-46)', async () => {
    const refused = await signing.clerk.post(`/requests/${id}/agency-signature`);
    expect([refused.status, refused.at('code')]).toEqual([409, 'authorised-signature-required']);
    expect((await signing.clerk.get(`/requests/${id}`)).at('failure')).toBeUndefined();
  });

  it('is numbered, dated and signed by the authorised person', async () => {
    const signed = await signing.signer.post(`/requests/${id}/signature`);
    expect(signed.json).toMatchObject({
      state: 'WAITING_SEAL',
      number: '01/QĐ-UBND',
      issuedOn: vietnamDate(new Date()),
    });
    const again = await signing.signer.post(`/requests/${id}/signature`);
    expect([again.status, again.at('code')]).toEqual([409, 'signing-state-conflict']);
  });

  it('is sealed by the agency and on file from then on', async () => {
    const answer = await signing.clerk.post(`/requests/${id}/agency-signature`);
    expect(answer.json).toMatchObject({ state: 'SEALED', documentId: expect.any(String) });
    const content = await signing.clerk.get(`/requests/${id}/content`);
    sealed = content.bytes;
    expect(content.headers.get('etag')).toBe(`"sha256:${String(answer.at('sha256'))}"`);
    const [document] = await signing.sql('SELECT * FROM records.document WHERE id = $1', [answer.at('documentId')]);
    expect(document).toMatchObject({ state: 'ACTIVE', submission_form: 'E_ORIGINAL', returned_at: null });
    const [version] = await signing.sql('SELECT * FROM records.document_version WHERE document_id = $1', [
      answer.at('documentId'),
    ]);
    expect(version).toMatchObject({ sha256: answer.at('sha256'), pages: 1 });
  });

  it('carries two signatures that other programs accept, the second an increment on the first (FR-48, FR-49)', async () => {
    expect(await verifyWithOpenssl(sealed, signing.rootFile)).toBe(2);
    const [first, second] = signaturesOf(sealed);
    expect(first?.end).toBeLessThan(sealed.length);
    expect(second?.end).toBe(sealed.length);
    expect(sealed.toString('latin1').match(/\/SubFilter\s*\/ETSI\.CAdES\.detached/g)).toHaveLength(2);
    if (await isInstalled('pdfsig')) {
      const report = await pdfsig(sealed);
      expect(report.match(/Signature is Valid/g)).toHaveLength(2);
      expect(report).toContain('Phạm Quốc Dũng');
    }
    if (await isInstalled('qpdf'))
      expect(await qpdfCheck(sealed)).toContain('No syntax or stream encoding errors found');
  });

  it('has number and date printed into their gaps (FR-47)', async () => {
    if (!(await isInstalled('pdftotext'))) return expect(signaturesOf(sealed)).toHaveLength(2);
    const [year, month, day] = vietnamDate(new Date()).split('-');
    const text = await textOfFirstPage(sealed);
    expect(text).toMatch(/Số: 01 ?\/QĐ-UBND/);
    const writtenMonth = Number(month) < 3 ? month : String(Number(month));
    expect(text).toContain(`ngày ${day} tháng ${writtenMonth} năm ${year}`);
  });

  it('shows the blue signature between title and name, and the red seal at real size over its left third (FR-40, FR-41)', async () => {
    if (!(await isInstalled('pdftoppm'))) return expect(signaturesOf(sealed)).toHaveLength(2);
    const { signerSlot } = await sampleDraft();
    const page = await renderFirstPage(sealed);
    const blue = inkOf(page, (r, g, b) => b > r + 60 && b > g + 40);
    const red = inkOf(page, (r, g, b) => r > g + 80 && r > b + 80);
    const slotMiddle = signerSlot.x + signerSlot.width / 2;
    // The image keeps its shape, so it fills the width of the slot or its height; its ink lies inside.
    expect(blue.left).toBeGreaterThanOrEqual(signerSlot.x - 1);
    expect(blue.right).toBeLessThanOrEqual(signerSlot.x + signerSlot.width + 1);
    expect(blue.bottom).toBeGreaterThanOrEqual(signerSlot.y - 1);
    expect(blue.top).toBeLessThanOrEqual(signerSlot.y + signerSlot.height + 1);
    expect(blue.left).toBeLessThan(slotMiddle);
    expect(blue.right).toBeGreaterThan(slotMiddle);
    // 36 mm are 102 points.
    expect(red.right - red.left).toBeGreaterThan(98);
    expect(red.right - red.left).toBeLessThan(104);
    expect(red.top - red.bottom).toBeGreaterThan(98);
    expect(red.right).toBeCloseTo(signerSlot.x + signerSlot.width / 3, -1);
  });

  it('is visible to its owner only after it was returned (FR-34)', async () => {
    const returned = await signing.clerk.post(`/requests/${id}/return`);
    expect(returned.json).toMatchObject({ state: 'RETURNED' });
    const [document] = await signing.sql('SELECT returned_at FROM records.document WHERE id = $1', [
      returned.at('documentId'),
    ]);
    expect(document?.['returned_at']).toBeInstanceOf(Date);
  });

  it('leaves a trace of each step, without the owner’s number', async () => {
    for (const event of [
      'signing.requested',
      'signing.signed-as-person',
      'signing.signed-as-agency',
      'signing.content-read',
      'signing.result-returned',
    ]) {
      expect(await signing.audit(event)).not.toHaveLength(0);
    }
    const entries = await signing.sql('SELECT row_to_json(e)::text AS text FROM audit.entry e');
    expect(entries.map(({ text }) => text).join()).not.toContain('042090000123');
  });
});

describe('who may do what', () => {
  let id: string;
  beforeAll(async () => {
    id = String((await signing.draft(await emptyDraft())).at('id'));
  });

  it.each([
    ['the clerk cannot sign as the person', 'clerk', 'signature'],
    ['an officer cannot sign as the person', 'officer', 'signature'],
    ['the signer cannot use the agency’s key', 'signer', 'agency-signature'],
    ['an officer cannot use the agency’s key', 'officer', 'agency-signature'],
    ['the signer cannot hand over a result', 'signer', 'return'],
    ['the clerk cannot reject in the signer’s place', 'clerk', 'rejection'],
    ['a supervisor only looks', 'supervisor', 'signature'],
  ] as const)('%s (FR-46)', async (_, who, step) => {
    const refused = await signing[who].post(`/requests/${id}/${step}`, step === 'rejection' ? { reason: 'không' } : {});
    expect([refused.status, refused.at('code')]).toEqual([403, 'permission-denied']);
  });

  it('another signer of the agency is not the signer of this document', async () => {
    await signing.sql(`UPDATE signing.signing_request SET signer_id = 'somebody-else' WHERE id = $1`, [id]);
    const refused = await signing.signer.post(`/requests/${id}/signature`);
    expect([refused.status, refused.at('code')]).toEqual([403, 'not-the-signer']);
    expect((await signing.signer.get(`/requests/${id}`)).at('failure')).toBeUndefined();
  });

  it('another agency does not learn that the request exists', async () => {
    for (const path of ['', '/content']) {
      const refused = await signing.strangeOfficer.get(`/requests/${id}${path}`);
      expect([refused.status, refused.at('code')]).toEqual([404, 'signing-request-not-found']);
    }
    expect((await signing.strangeOfficer.get('/requests')).at('requests')).toEqual([]);
    expect((await signing.officer.get('/requests/khong-phai-ma')).at('code')).toBe('signing-request-not-found');
  });

  it('nobody gets in without a token, nor a citizen', async () => {
    expect((await fetch(`${signing.url}/api/signing/v1/requests`)).status).toBe(401);
    expect((await signing.citizen.get('/requests')).status).toBe(403);
  });
});

describe('drafts that are refused', () => {
  const slot = (change: object) => JSON.stringify({ page: 1, x: 350, y: 200, width: 120, height: 80, ...change });

  it.each([
    ['beyond the right edge', { signerSlot: slot({ x: 500 }) }],
    ['on a page that does not exist', { signerSlot: slot({ page: 2 }) }],
    ['too far left for the seal beside it', { signerSlot: slot({ x: 10 }) }],
    ['with the number off the page', { numberSlot: JSON.stringify({ page: 1, x: 100, y: 900 }) }],
    [
      'with the date off the page',
      { dateSlots: JSON.stringify({ page: 1, y: 700, day: { x: 700 }, month: { x: 10 } }) },
    ],
  ])('a slot %s', async (_, fields) => {
    const refused = await signing.draft(await emptyDraft(), fields);
    expect([refused.status, refused.at('code')]).toEqual([422, 'signature-slot-invalid']);
  });

  it('a draft that is signed already', async () => {
    const id = String((await signing.draft(await emptyDraft())).at('id'));
    await signing.signer.post(`/requests/${id}/signature`);
    const { bytes } = await signing.officer.get(`/requests/${id}/content`);
    const refused = await signing.draft(bytes);
    expect([refused.status, refused.at('code')]).toEqual([422, 'draft-already-signed']);
  });

  it('a draft that could change what its signer sees', async () => {
    const refused = await signing.draft(await emptyDraft((pdf) => pdf.addJavaScript('main', 'app.alert(1)')));
    expect([refused.status, refused.at('code')]).toEqual([422, 'pdf-javascript']);
  });

  it.each([
    ['no PDF at all', Buffer.from('xin chào'), 422, 'pdf-not-a-pdf'],
    ['an empty file', Buffer.alloc(0), 400, 'upload-empty'],
    ['half a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n<<'), 422, 'pdf-damaged'],
  ])('%s', async (_, bytes, status, code) => {
    const refused = await signing.draft(bytes);
    expect([refused.status, refused.at('code')]).toEqual([status, code]);
  });

  it.each([
    ['a signer that does not exist', { signerId: '00000000-0000-7000-8000-000000000000' }, 422, 'signer-not-found'],
    ['a signer’s id that is none', { signerId: 'x' }, 400, 'request-invalid'],
    ['a document type nobody knows', { documentTypeCode: 'GT.999999' }, 400, 'document-type-unknown'],
    ['a symbol that is none', { symbol: 'hai chữ' }, 400, 'document-number-invalid'],
    ['a subject that is no JSON', { subject: '{' }, 400, 'request-invalid'],
    [
      'a subject whose number breaks its rule',
      { subject: JSON.stringify({ kind: 'person', personalId: '04209000012', name: 'Nguyễn Văn An' }) },
      400,
      'subject-invalid',
    ],
    ['a field nobody knows', { colour: 'red' }, 400, 'request-invalid'],
    ['no title', { title: '' }, 400, 'request-invalid'],
  ])('%s', async (_, fields, status, code) => {
    const refused = await signing.draft(await emptyDraft(), fields);
    expect([refused.status, refused.at('code')]).toEqual([status, code]);
  });

  it('a clerk is no authorised person', async () => {
    const refused = await signing.draft(await emptyDraft(), { signerId: signing.clerk.id });
    expect(refused.at('code')).toBe('signer-not-found');
  });
});

describe('a repeated request', () => {
  it('with the same idempotency key is the same request', async () => {
    const pdf = await emptyDraft();
    const headers = { 'idempotency-key': 'draft-once' };
    const first = await signing.draft(pdf, {}, { headers });
    const second = await signing.draft(pdf, {}, { headers });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.at('id')).toBe(first.at('id'));
    const other = await signing.draft(pdf, { title: 'Khác' }, { headers });
    expect([other.status, other.at('code')]).toEqual([409, 'idempotency-conflict']);
  });
});

describe('a rejected draft', () => {
  it('goes back with its reason and takes no number', async () => {
    const before = await lastNumber();
    const id = String((await signing.draft(await emptyDraft())).at('id'));
    const rejected = await signing.signer.post(`/requests/${id}/rejection`, { reason: 'Sai căn cứ pháp lý' });
    expect(rejected.json).toMatchObject({ state: 'REJECTED', rejectionReason: 'Sai căn cứ pháp lý' });
    expect(rejected.at('number')).toBeUndefined();
    const signed = await signing.signer.post(`/requests/${id}/signature`);
    expect([signed.status, signed.at('code')]).toEqual([409, 'signing-state-conflict']);
    expect(await lastNumber()).toBe(before);
  });
});

const lastNumber = async (): Promise<number> => {
  const [row] = await signing.sql('SELECT max(number) AS last FROM signing.signing_request');
  return Number(row?.['last'] ?? 0);
};

describe('a signature that cannot be made', () => {
  it('leaves the document unchanged, gives its number back and says why (FR-47, FR-53)', async () => {
    const drafted = await signing.draft(await emptyDraft());
    const id = String(drafted.at('id'));
    const before = await lastNumber();
    await signing.sql(`ALTER TABLE audit.entry RENAME TO entry_away`);
    const refused = await signing.signer.post(`/requests/${id}/signature`);
    await signing.sql(`ALTER TABLE audit.entry_away RENAME TO entry`);
    expect([refused.status, refused.at('code')]).toEqual([503, 'log-unavailable']);

    const wrongKey = await signing.signer.post(`/requests/${id}/signature`, {
      keyId: '00000000-0000-7000-8000-000000000000',
    });
    expect([wrongKey.status, wrongKey.at('code')]).toEqual([422, 'signing-key-not-found']);
    const waiting = await signing.signer.get(`/requests/${id}`);
    expect(waiting.json).toMatchObject({
      state: 'WAITING_SIGNER',
      sha256: drafted.at('sha256'),
      failure: { code: 'signing-key-not-found', vi: expect.stringContaining('khóa'), en: expect.any(String) },
    });
    expect(await signing.audit('signing.failed')).not.toHaveLength(0);

    const signed = await signing.signer.post(`/requests/${id}/signature`);
    expect(signed.json).toMatchObject({ state: 'WAITING_SEAL' });
    expect(signed.at('failure')).toBeUndefined();
    expect(await lastNumber()).toBe(before + 1);
  });

  it('cannot be sealed when the bytes are not those the person signed', async () => {
    const id = String((await signing.draft(await emptyDraft())).at('id'));
    const bytes = (await signing.signer.post(`/requests/${id}/signature`)).at('sha256');
    // What an intruder in the database could do: let the request point at its unsigned draft.
    await signing.sql('UPDATE signing.signing_request SET current_sha256 = draft_sha256 WHERE id = $1', [id]);
    const refused = await signing.clerk.post(`/requests/${id}/agency-signature`);
    expect([refused.status, refused.at('code')]).toEqual([409, 'authorised-signature-required']);
    expect((await signing.clerk.get(`/requests/${id}`)).at('failure.code')).toBe('authorised-signature-required');
    await signing.sql('UPDATE signing.signing_request SET current_sha256 = $2 WHERE id = $1', [id, bytes]);
    // Or that a good signature, but of another certificate, pass for that of the authorised person.
    const [key] = await signing.sql(`SELECT id FROM signing.signing_key WHERE holder_kind = 'AGENCY'`);
    await signing.sql('UPDATE signing.signing_request SET signer_key_id = $2 WHERE id = $1', [id, key?.['id']]);
    const again = await signing.clerk.post(`/requests/${id}/agency-signature`);
    expect([again.status, again.at('code')]).toEqual([409, 'authorised-signature-required']);
    expect((await signing.clerk.get(`/requests/${id}`)).json).toMatchObject({ state: 'WAITING_SEAL', sha256: bytes });
  });

  it('is refused when the draft has the year of another number printed', async () => {
    const dateSlots = JSON.stringify({ page: 1, y: 700, day: { x: 300 }, month: { x: 340 }, printedYear: 2001 });
    const id = String((await signing.draft(await emptyDraft(), { dateSlots })).at('id'));
    const refused = await signing.signer.post(`/requests/${id}/signature`);
    expect([refused.status, refused.at('code')]).toEqual([409, 'draft-year-passed']);
  });
});
