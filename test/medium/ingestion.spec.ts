import { createHash } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { routesWithoutPermission } from '#platform/auth';
import {
  an,
  type Ingestion,
  khoi,
  type Officer,
  otherCommune,
  sample,
  scanIn,
  songLa,
  startIngestion,
} from './ingestion-service.js';

jest.setTimeout(180_000);

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Events of a stream until one of a kind has come. */
const eventsUntil = async (response: Response, enough: (event: StreamEvent) => boolean): Promise<StreamEvent[]> => {
  const seen: StreamEvent[] = [];
  let text = '';
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const value = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1];
      const [id, type, data] = [value('id'), value('event'), value('data')];
      if (id === undefined || type === undefined || data === undefined) continue;
      const event = { id: Number(id), type, data: JSON.parse(data) as Record<string, unknown> };
      seen.push(event);
      if (enough(event)) return seen;
    }
  }
  return seen;
};
interface StreamEvent {
  readonly id: number;
  readonly type: string;
  readonly data: Record<string, unknown>;
}
const isExtracted = ({ type, data }: StreamEvent) => type === 'state-changed' && data['state'] === 'EXTRACTED';

describe('a scan on its way onto the file', () => {
  let ingestion: Ingestion;
  let officer: Officer;
  let stranger: Officer;
  let dossierId: string;
  let scanId: string;
  let birth: Awaited<ReturnType<typeof sample>>;
  let birthDocumentId: string;
  const parents = [
    { ...an, role: 'parent' },
    { kind: 'person', personalId: '042190000456', name: 'Trần Thị Bình', role: 'parent' },
  ];

  const open = async (procedureCode: string, subject: object): Promise<string> => {
    const dossier = await officer.post('/dossiers', { procedureCode, subject });
    expect(dossier.status).toBe(201);
    return String(dossier.at('id'));
  };
  const confirmed = async (id: string, fields: object[], more: object = {}) => {
    await scanIn(officer, id, 'EXTRACTED');
    const answer = await officer.post(`/scans/${id}/confirmation`, { fields, permanent: true, ...more });
    expect({ status: answer.status, body: answer.json }).toMatchObject({ status: 200 });
    return answer;
  };

  beforeAll(async () => {
    ingestion = await startIngestion();
    officer = await ingestion.officer('can-bo-mot-cua');
    stranger = await ingestion.officer('can-bo-xa', otherCommune);
    birth = await sample('giay-khai-sinh');
  });
  afterAll(() => ingestion.stop());

  it('begins with a dossier whose components are all open, its applicant masked (FR-10, FR-72, FR-82)', async () => {
    const dossier = await officer.post('/dossiers', { procedureCode: '2.000635', subject: khoi });
    expect(dossier.status).toBe(201);
    expect(dossier.at('code')).toMatch(/^H27\.05\.12-\d{6}-0001$/);
    expect(dossier.at('owner')).toEqual({
      name: 'Nguyễn Minh Khôi',
      maskedIdentifier: '042*****0789',
      kind: 'PERSON_PIN',
    });
    expect(dossier.at('components.1')).toMatchObject({ componentId: 'TP-02', state: 0 });
    expect(JSON.stringify(dossier.json)).not.toContain(khoi.personalId);
    dossierId = String(dossier.at('id'));
  });

  it('finds nothing on file yet (FR-17)', async () => {
    const availability = await officer.get(`/dossiers/${dossierId}/availability`);
    expect(availability.at('components.1')).toMatchObject({ decision: 'NOT_REUSABLE', candidates: [] });
  });

  it('keeps the bytes as received, beside a PDF made of them (FR-11, FR-15)', async () => {
    const answer = await officer.upload(
      dossierId,
      'TP-02',
      { documentTypeCode: 'KQ.G15.000031', submissionForm: 'ORIGINAL', declaredPages: '1' },
      birth.bytes,
    );
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      state: 'QC_PASSED',
      pages: 1,
      findings: [],
      duplicates: [],
      sha256: sha256(birth.bytes),
    });
    scanId = String(answer.at('id'));
    birthDocumentId = String(answer.at('documentId'));
    const original = await officer.get(`/scans/${scanId}/original`);
    expect(original.headers.get('content-type')).toBe('image/jpeg');
    expect(original.headers.get('etag')).toBe(`"sha256:${sha256(birth.bytes)}"`);
    expect(original.bytes.equals(birth.bytes)).toBe(true);
  });

  it('is signed, then read, and tells each step as it happens; a client that comes back misses none', async () => {
    const all = await eventsUntil(await officer.stream(`/scans/${scanId}/events`), isExtracted);
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
    expect(all.map(({ type, data }) => data['state'] ?? type)).toEqual([
      'QC_PASSED',
      'SCAN_SIGNED',
      'page-read',
      'EXTRACTED',
    ]);
    const rest = await eventsUntil(
      await officer.stream(`/scans/${scanId}/events`, { 'last-event-id': '2' }),
      isExtracted,
    );
    expect(rest).toEqual(all.slice(2));
  });

  it('proposes fields with confidence and a place on the page; nothing of it counts yet (FR-24, FR-25)', async () => {
    const scan = await scanIn(officer, scanId, 'EXTRACTED');
    expect(scan.at('pages.0')).toMatchObject({ number: 1, ocr: 'DONE' });
    expect(scan.at('document')).toMatchObject({ state: 'EXTRACTED', version: 2, signature: 'VALID' });
    const fields = scan.at('fields') as {
      key: string;
      value: string;
      confidence: number;
      box: number[];
      needsLook: boolean;
    }[];
    const [pin] = fields.filter(({ key }) => key === 'dinhDanhChuGiayTo');
    expect(pin).toMatchObject({ value: khoi.personalId, page: 1, source: 'OCR' });
    expect(pin!.box).toHaveLength(4);
    for (const field of fields) expect(field.needsLook).toBe(field.confidence < 0.9);
  });

  it('is served as a signed PDF with its digest, in parts too, and page by page', async () => {
    const content = await officer.get(`/scans/${scanId}/content`);
    expect(content.status).toBe(200);
    expect(content.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(content.bytes.toString('latin1')).toContain('/SubFilter /ETSI.CAdES.detached');
    expect(content.headers.get('repr-digest')).toBe(
      `sha-256=:${createHash('sha256').update(content.bytes).digest('base64')}:`,
    );
    const part = await officer.get(`/scans/${scanId}/content`, { range: 'bytes=0-4' });
    expect([part.status, part.bytes.toString()]).toEqual([206, '%PDF-']);
    const image = await officer.get(`/scans/${scanId}/pages/1/image`);
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await officer.get(`/scans/${scanId}/pages/2/image`)).at('code')).toBe('scan-page-not-found');
  });

  it('is found again through its dossier by whoever takes up the work', async () => {
    const { json } = await officer.get(`/dossiers/${dossierId}/scans`);
    expect(json).toEqual({
      scans: [
        expect.objectContaining({ id: scanId, componentId: 'TP-02', state: 'EXTRACTED', sha256: sha256(birth.bytes) }),
      ],
    });
  });

  it('is nobody else’s business: another agency is refused, and the attempt is on record (FR-81)', async () => {
    for (const path of [
      `/scans/${scanId}`,
      `/scans/${scanId}/content`,
      `/scans/${scanId}/pages/1/image`,
      `/dossiers/${dossierId}`,
      `/dossiers/${dossierId}/availability`,
    ]) {
      const answer = await stranger.get(path);
      expect([path, answer.status, answer.at('code')]).toEqual([path, 403, 'agency-not-competent']);
    }
    const refusals = await ingestion.sql(
      `SELECT event FROM audit.entry WHERE outcome = 'refused' AND agency_code = $1`,
      [otherCommune],
    );
    expect(refusals.map(({ event }) => event).sort()).toEqual(
      ['availability.query', 'document.page-read', 'document.read', 'dossier.read', 'scan.read'].sort(),
    );
  });

  it('is not confirmed with fields missing, malformed or unknown; each is named (FR-26)', async () => {
    const answer = await officer.post(`/scans/${scanId}/confirmation`, {
      fields: [
        { key: 'ngayCap', value: '31/02/2025' },
        { key: 'soTien', value: '5' },
      ],
    });
    expect([answer.status, answer.at('code')]).toEqual([422, 'confirmation-invalid']);
    expect(answer.at('errors')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'DATE_INVALID', field: 'ngayCap', params: { value: '2025-02-31' } }),
        expect.objectContaining({ code: 'UNKNOWN_FIELD', field: 'soTien' }),
        expect.objectContaining({ code: 'REQUIRED', field: 'coQuanCap' }),
      ]),
    );
  });

  it('is not confirmed when the paper disagrees with its owner, unless the officer says why (FR-02, FR-27)', async () => {
    const fields = birth.confirmed.map((field) =>
      field.key === 'ngaySinh' ? { ...field, value: '05/06/2018' } : field,
    );
    const answer = await officer.post(`/scans/${scanId}/confirmation`, { fields });
    expect([answer.status, answer.at('code'), answer.at('errors.0.code')]).toEqual([
      422,
      'identity-mismatch',
      'PIN_DOB_MISMATCH',
    ]);
    expect((await officer.get(`/scans/${scanId}`)).at('state')).toBe('EXTRACTED');
  });

  it('is on file once a named official confirms: code, component, provenance of each field (FR-25, FR-30)', async () => {
    const answer = await confirmed(scanId, birth.confirmed, { additionalOwners: parents });
    expect(answer.json).toEqual({
      documentId: birthDocumentId,
      code: '042219000789.KQ.G15.000031.187/2025.01',
      state: 'ACTIVE',
    });
    const dossier = await officer.get(`/dossiers/${dossierId}`);
    expect(dossier.at('components.1')).toMatchObject({
      state: 1,
      documentId: birthDocumentId,
      documentCode: '042*****0789.KQ.G15.000031.187/2025.01',
    });
    const fields = (await officer.get(`/scans/${scanId}`)).at('fields') as {
      key: string;
      source: string;
      confidence: number;
    }[];
    const typed = fields.filter(({ source }) => source === 'TYPED');
    expect(typed.map(({ key }) => key)).toContain('trichYeu');
    expect(fields.find(({ key }) => key === 'dinhDanhChuGiayTo')?.source).toBe('OCR');
    expect((await officer.post(`/scans/${scanId}/confirmation`, { fields: birth.confirmed })).at('code')).toBe(
      'scan-not-ready',
    );
  });

  it('is the same paper when the same bytes come again (FR-16a)', async () => {
    const again = await open('2.000635', khoi);
    const answer = await officer.upload(
      again,
      'TP-02',
      {
        documentTypeCode: 'KQ.G15.000031',
        submissionForm: 'ORIGINAL',
        declaredPages: '1',
        exceptionReason: 'VERIFICATION',
      },
      birth.bytes,
    );
    expect([answer.status, answer.at('code')]).toEqual([409, 'duplicate-scan']);
    expect(answer.at('errors.0.params.documentId')).toBe(birthDocumentId);
  });

  it('is not asked for again while it is reusable, unless there is a reason, which stays with the dossier (FR-17, FR-74)', async () => {
    const next = await open('1.004222', an);
    const availability = await officer.get(`/dossiers/${next}/availability`);
    expect(availability.at('components.0')).toMatchObject({ componentId: 'TP-01', decision: 'REUSABLE' });
    const form = { documentTypeCode: 'KQ.G15.000031', submissionForm: 'ORIGINAL', declaredPages: '1' };
    const marriage = await sample('trich-luc-ket-hon');
    const refused = await officer.upload(next, 'TP-01', form, marriage.bytes);
    expect([refused.status, refused.at('code')]).toEqual([409, 'reusable-document-exists']);
    expect(refused.at('errors.0.params.documentId')).toBe(birthDocumentId);
    const other = await officer.upload(next, 'TP-01', { ...form, exceptionReason: 'OTHER' }, marriage.bytes);
    expect([other.status, other.at('errors.0.field')]).toEqual([400, 'exceptionText']);
    const accepted = await officer.upload(next, 'TP-01', { ...form, exceptionReason: 'ILLEGIBLE' }, marriage.bytes);
    expect(accepted.status).toBe(201);
    expect((await officer.get(`/dossiers/${next}`)).at('components.0')).toMatchObject({
      state: 0,
      exceptionReason: 'ILLEGIBLE',
    });
  });

  it('serves another dossier by reference to its exact bytes: a parent finds the child’s paper (FR-05, FR-70)', async () => {
    const next = await open('1.004222', an);
    const answer = await officer.post(`/dossiers/${next}/components/TP-01/reuse`, { documentId: birthDocumentId });
    expect(answer.status).toBe(200);
    const content = await officer.get(`/scans/${scanId}/content`);
    expect(answer.at('components.0')).toMatchObject({
      state: 2,
      documentId: birthDocumentId,
      sha256: sha256(content.bytes),
    });
    const wrong = await officer.post(`/dossiers/${next}/components/TP-02/reuse`, { documentId: birthDocumentId });
    expect([wrong.status, wrong.at('code')]).toEqual([409, 'document-not-reusable']);
    expect(wrong.at('errors')).toEqual([expect.objectContaining({ code: 'TYPE_NOT_ACCEPTED' })]);
  });

  it('ends the one before it where only the latest is valid: change no. 2 of a registration (FR-64)', async () => {
    const [first, second] = [
      await sample('dang-ky-doanh-nghiep-lan-dau'),
      await sample('dang-ky-doanh-nghiep-thay-doi-lan-2'),
    ];
    const form = { documentTypeCode: 'GT.000009', submissionForm: 'ORIGINAL', declaredPages: '1' };
    const earlier = await officer.upload(await open('1.002425', songLa), 'TP-01', form, first.bytes);
    await confirmed(String(earlier.at('id')), first.confirmed);
    const moved = await open('2.002041', songLa);
    const later = await officer.upload(moved, 'TP-02', { ...form, exceptionReason: 'CONTENT_CHANGED' }, second.bytes);
    await confirmed(String(later.at('id')), second.confirmed);
    const candidates = (await officer.get(`/dossiers/${moved}/availability`)).at('components.1.candidates') as {
      documentId: string;
      decision: string;
    }[];
    expect(candidates.map(({ documentId }) => documentId)).toEqual([later.at('documentId')]);
    expect((await officer.get(`/scans/${String(earlier.at('id'))}`)).at('document.state')).toBe('SUPERSEDED');
  });

  it('is reused after a check where a check is asked for, and the officer says what was checked (FR-68)', async () => {
    const next = await open('2.002041', songLa);
    const candidate = (await officer.get(`/dossiers/${next}/availability`)).at('components.1.candidates.0');
    expect(candidate).toMatchObject({ decision: 'REUSABLE_WITH_CHECK', reasons: ['SIGNATURE_MISSING'] });
    const { documentId } = candidate as { documentId: string };
    const path = `/dossiers/${next}/components/TP-02/reuse`;
    const refused = await officer.post(path, { documentId });
    expect([refused.status, refused.at('code'), refused.at('errors.0.code')]).toEqual([
      409,
      'reuse-needs-check',
      'SIGNATURE_MISSING',
    ]);
    const answer = await officer.post(path, { documentId, checkNote: 'Đã đối chiếu với Cổng đăng ký doanh nghiệp' });
    expect(answer.at('components.1')).toMatchObject({ state: 2, documentId });
  });

  it('reads every page of a TIFF, in order', async () => {
    const decision = await sample('quyet-dinh-ho-tro-nha-o');
    const upload = await officer.upload(
      await open('2.000815', an),
      'TP-01',
      {
        documentTypeCode: 'GT.000029',
        submissionForm: 'ORIGINAL',
        declaredPages: '2',
        exceptionReason: 'VERIFICATION',
      },
      decision.bytes,
    );
    const scan = await scanIn(officer, String(upload.at('id')), 'EXTRACTED');
    expect(scan.at('pages')).toMatchObject([
      { number: 1, ocr: 'DONE' },
      { number: 2, ocr: 'DONE' },
    ]);
    expect(scan.at('fields')).toEqual(
      expect.arrayContaining([expect.objectContaining({ key: 'soKyHieu', value: '215/QĐ-UBND', page: 1 })]),
    );
  });

  it('leaves a trace of every look at a person’s papers, and no personal number in the log (FR-79, FR-82)', async () => {
    const entries = await ingestion.sql('SELECT event, outcome, row_to_json(entry)::text AS text FROM audit.entry');
    const successes = new Set(entries.filter(({ outcome }) => outcome === 'success').map(({ event }) => event));
    for (const event of [
      'dossier.opened',
      'dossier.read',
      'availability.query',
      'scan.uploaded',
      'scan.signed',
      'scan.read',
      'scan.followed',
      'scan.original-read',
      'document.read',
      'document.page-read',
      'document.confirmed',
      'document.reused',
    ]) {
      expect(successes).toContain(event);
    }
    for (const { text } of entries) expect(text).not.toMatch(/042219000789|042090000123|3000000037/);
  });

  it('keeps what was read out of the database in clear (FR-86)', async () => {
    const pages = await ingestion.sql('SELECT result FROM ingestion.scan_page WHERE result IS NOT NULL');
    expect(pages.length).toBeGreaterThan(3);
    for (const { result } of pages) expect((result as Buffer).toString('utf8')).not.toContain('words');
  });

  it('is described in valid OpenAPI, route by route, each with a permission', async () => {
    const document = await officer.get('/api/ingestion/openapi.json');
    expect(await new Validator().validate(document.json as Record<string, unknown>)).toMatchObject({ valid: true });
    const paths = Object.keys(document.at('paths') as object).filter((path) => path.startsWith('/api/ingestion/v1/'));
    expect(paths.map((path) => path.replace('/api/ingestion/v1/', '')).sort()).toEqual([
      'dossiers',
      'dossiers/{id}',
      'dossiers/{id}/availability',
      'dossiers/{id}/close',
      'dossiers/{id}/components/{componentId}/reuse',
      'dossiers/{id}/components/{componentId}/scans',
      'dossiers/{id}/notices/{noticeId}/acknowledge',
      'dossiers/{id}/scans',
      'scans/{id}',
      'scans/{id}/confirmation',
      'scans/{id}/content',
      'scans/{id}/events',
      'scans/{id}/original',
      'scans/{id}/pages/{page}/image',
      'scans/{id}/retry',
    ]);
    expect(routesWithoutPermission(ingestion.app)).toEqual([]);
  });
});
