import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt, SignJWT } from 'jose';
import { Desk } from '../../apps/cli/src/flow/desk.js';
import { Outgoing } from '../../apps/cli/src/flow/outgoing.js';
import { contextOf, identifierOf } from '../../apps/cli/src/flow/procedure-system.js';
import { readSampleSet } from '../../apps/cli/src/samples/sample-set.js';
import { Accounts } from '#platform/auth';
import { encryptedPdf, pdfWithJavaScript, pngBomb, scannedPdf } from '../medium/ingestion-papers.js';
import { type Answer, Caller } from './support/api.js';
import { uploadStreamed } from './support/streamed-upload.js';
import { pdfWithNamedScript, restrictedPdf } from './support/papers.js';
import { an, khoi, refusal, songLa, ward } from './support/people.js';
import { type Holdings, openModes, type Server } from './support/server.js';

jest.setTimeout(180_000);

const ingestion = '/api/ingestion/v1';
const signing = '/api/signing/v1';
const reuse = '/api/reuse/v1';
const birthCertificate = { documentTypeCode: 'KQ.G15.000031', submissionForm: 'ORIGINAL', declaredPages: '1' };
const onePage = await scannedPdf([['GIẤY KHAI SINH', 'Số: 12/2025']]);
const samples = readSampleSet(process.cwd());
const key = (name: string) => ({ 'idempotency-key': name });

const { modes, close } = await openModes('bad input');
afterAll(close);

describe.each(modes)('bad input, $name', ({ start }) => {
  let server: Server;
  let officer: Caller;
  let system: Caller;

  beforeAll(async () => {
    server = await start();
    officer = await server.as('canbo');
    system = await server.system();
  });
  afterAll(() => server?.stop());

  const openDossier = async (procedureCode: string, subject: object): Promise<{ id: string; code: string }> => {
    const answer = await officer.post(`${ingestion}/dossiers`, { procedureCode, subject });
    expect(answer.status).toBe(201);
    return { id: String(answer.at('id')), code: String(answer.at('code')) };
  };

  /** Everything refused leaves what is kept as it was. */
  const keepsNothing = async (work: () => Promise<void>): Promise<void> => {
    const before: Holdings = await server.holdings();
    await work();
    expect(await server.holdings()).toEqual(before);
  };

  describe('files', () => {
    let scans: string;
    beforeAll(async () => {
      scans = `${ingestion}/dossiers/${(await openDossier('2.000635', khoi)).id}/components/TP-02/scans`;
    });

    it.each<[string, () => Promise<Uint8Array> | Uint8Array, number, string]>([
      ['an empty file', () => new Uint8Array(), 400, 'upload-empty'],
      ['a PDF cut in the middle', () => onePage.subarray(0, 30_000), 422, 'file-truncated'],
      ['an encrypted PDF that opens without a password', restrictedPdf, 422, 'pdf-encrypted'],
      ['a PDF with a password', encryptedPdf, 422, 'pdf-encrypted'],
      ['a PDF with a script at opening', pdfWithJavaScript, 422, 'pdf-javascript'],
      ['a PDF with a script among its names', pdfWithNamedScript, 422, 'pdf-javascript'],
      ['a text named .pdf', () => Buffer.from('Giấy khai sinh, bản đánh máy'), 415, 'type-not-accepted'],
      ['a scan of 150 dpi', () => scannedPdf([['GIẤY KHAI SINH']], 150), 422, 'scan-dpi-too-low'],
      ['two pages where one was counted', () => scannedPdf([['MỘT'], ['HAI']]), 422, 'page-count-mismatch'],
      ['a PNG of 40,000 x 40,000 pixels in a few kilobytes', pngBomb, 422, 'image-too-large'],
    ])('refuses %s (FR-11 to FR-13)', async (_, make, status, code) => {
      const file = await make();
      await keepsNothing(async () => {
        expect(await refusal((headers) => officer.upload(scans, birthCertificate, file, headers))).toEqual({
          status,
          code,
        });
      });
    });

    it('refuses 300 MB of no announced length without taking them into memory (FR-20)', async () => {
      await keepsNothing(async () => {
        let memoryGrowth = 0;
        const ask = async (headers: Readonly<Record<string, string>>): Promise<Answer> => {
          const upload = await uploadStreamed(officer, scans, birthCertificate, 300 * 2 ** 20, headers);
          memoryGrowth = Math.max(memoryGrowth, upload.memoryGrowth);
          // Said as soon as it is known, not when everything has arrived.
          expect(upload.sentBeforeAnswer).toBeLessThan(150 * 2 ** 20);
          return upload.answer;
        };
        expect(await refusal(ask)).toEqual({ status: 413, code: 'upload-too-large' });
        expect(memoryGrowth).toBeLessThan(150 * 2 ** 20);
      });
    });

    it('takes a PNG named .pdf for the PNG it is (FR-11, FR-15)', async () => {
      const png = await readFile('config/samples/giay-tiep-nhan-ho-so.png');
      const accepted = await officer.upload(scans, birthCertificate, png, {}, 'giay-khai-sinh.pdf');
      expect(accepted.status).toBe(201);
      const original = await officer.get(`${ingestion}/scans/${String(accepted.at('id'))}/original`);
      expect(original.headers.get('content-type')).toBe('image/png');
      expect(original.headers.get('content-disposition')).toContain('.png');
      expect(original.bytes.equals(png)).toBe(true);
    });
  });

  describe('numbers and codes', () => {
    let asked: { readonly dossierCode: string; readonly procedureCode: string; readonly agencyCode: string };
    beforeAll(async () => {
      asked = {
        dossierCode: (await openDossier('1.004222', an)).code,
        procedureCode: '1.004222',
        agencyCode: ward,
      };
    });
    const open = (body: object) => (headers: Readonly<Record<string, string>>) =>
      officer.post(`${ingestion}/dossiers`, body, headers);
    const query =
      (subject: object, context: object = contextOf(asked)) =>
      (headers: Readonly<Record<string, string>>) =>
        system.post(`${reuse}/availability`, { context, subject }, headers);

    it.each([
      ['a business code with a wrong check digit', { ...songLa, businessCode: '3000000030' }],
      ['a personal number of 11 digits', { ...khoi, personalId: '04221900078' }],
    ])('refuses %s, at the desk and from a system (FR-01, FR-03)', async (_, subject) => {
      await keepsNothing(async () => {
        const invalid = { status: 400, code: 'subject-invalid' };
        expect(await refusal(open({ procedureCode: '2.000635', subject }))).toEqual(invalid);
        expect(await refusal(query(identifierOf(subject)))).toEqual(invalid);
      });
    });

    it('refuses a procedure nobody knows, at the desk and from a system', async () => {
      await keepsNothing(async () => {
        const unknown = { status: 400, code: 'procedure-unknown' };
        expect(await refusal(open({ procedureCode: '9.999999', subject: khoi }))).toEqual(unknown);
        const context = { ...contextOf(asked), procedureCode: '9.999999' };
        expect(await refusal(query(identifierOf(an), context))).toEqual(unknown);
      });
    });

    it('refuses a question without its purpose, and names what is missing (FR-67)', async () => {
      const ask = query(identifierOf(an), { ...contextOf(asked), purposeCode: undefined });
      expect(await refusal(ask)).toEqual({ status: 400, code: 'context-missing' });
      expect((await ask({})).at('errors')).toEqual([expect.objectContaining({ field: 'context.purposeCode' })]);
    });
  });

  it('refuses a token that has expired, wherever it is shown', async () => {
    const outdated = async (token = ''): Promise<Caller> => {
      const { exp: _, ...claims } = decodeJwt(token);
      const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' }).setExpirationTime('-1s');
      return new Caller(server.url, await jwt.sign(server.tokenSigningKey));
    };
    const [lateOfficer, lateSystem] = [await outdated(officer.token), await outdated(system.token)];
    const someScans = `${ingestion}/dossiers/${(await openDossier('2.000635', khoi)).id}/components/TP-02/scans`;
    const file = onePage;
    await keepsNothing(async () => {
      for (const ask of [
        (headers: Readonly<Record<string, string>>) => lateOfficer.get(`${ingestion}/dossiers`, headers),
        (headers: Readonly<Record<string, string>>) => lateOfficer.upload(someScans, birthCertificate, file, headers),
        (headers: Readonly<Record<string, string>>) => lateOfficer.get(`${signing}/requests`, headers),
        (headers: Readonly<Record<string, string>>) => lateSystem.post(`${reuse}/availability`, {}, headers),
      ]) {
        expect(await refusal(ask)).toEqual({ status: 401, code: 'token-expired' });
      }
    });
  });

  describe('with a paper on file, used in a dossier and granted to a system', () => {
    const procedureCode = '1.004222';
    let first: { readonly id: string; readonly code: string };
    let second: { readonly id: string; readonly code: string };
    let scanId: string;
    let documentId: string;
    let documentRef: string;
    let grantId: string;
    let requestId: string;
    let context: object;
    const subject = identifierOf(an);

    beforeAll(async () => {
      const desk = new Desk(await server.client('canbo'));
      first = await openDossier('1.012784', an);
      // Filed under the husband alone, so that the wife is a citizen who may not see it.
      const scan = { sample: 'trich-luc-ket-hon', componentId: 'TP-04', documentTypeCode: 'GT.000004' };
      const paper = samples.paper(scan.sample);
      ({ scanId, documentId } = await desk.digitise(first.id, { ...scan, permanent: true }, paper));
      second = await openDossier(procedureCode, an);
      context = contextOf({ dossierCode: second.code, procedureCode, agencyCode: ward });
      const availability = await system.post(`${reuse}/availability`, { context, subject });
      documentRef = String(availability.at('components.1.candidates.0.documentRef'));
      const grant = await system.post(`${reuse}/grants`, { context, subject, documentRefs: [documentRef] });
      expect(grant.status).toBe(201);
      grantId = String(grant.at('grantId'));
      const outgoing = new Outgoing(
        await server.client('canbo'),
        await server.client('lanhdao'),
        await server.client('vanthu'),
      );
      requestId = (await outgoing.draft(samples.draft(), second.id)).id;
    });

    const actor = { 'x-actor': 'cb-0042' };
    const granted = () => `${reuse}/grants/${grantId}/documents/${documentId}`;

    it('refuses an officer of another agency on every route that takes a dossier, a scan, a grant or a document (FR-81)', async () => {
      const elsewhere = await server.as('canbo2');
      const login = { username: 'vanthu2', password: 'Kho-So-2026!' };
      const clerk = {
        name: 'Bùi Văn Hải',
        roles: ['clerk'],
        agencyCode: 'H27.06.03',
        mustChangePassword: false,
      } as const;
      await server.get(Accounts).create({ ...login, ...clerk });
      const session = await server.stranger.post('/api/auth/v1/sessions', login);
      const clerkElsewhere = new Caller(server.url, String(session.at('accessToken')));
      const wife = await server.as('congdan2');

      const dossier = `${ingestion}/dossiers/${first.id}`;
      const scan = `${ingestion}/scans/${scanId}`;
      const grant = `${reuse}/grants/${grantId}`;
      const document = `${reuse}/documents/${documentId}`;
      const file = onePage;
      const fields = [{ key: 'trichYeu', value: 'Trích lục' }];
      const order = {
        decisionNumber: '1/QĐ-UBND',
        decisionDate: '2026-11-20',
        reason: 'Cấp sai',
        effectiveAt: '2026-11-20T00:00:00+07:00',
      };
      type Ask = (headers: Readonly<Record<string, string>>) => Promise<Answer>;
      const get =
        (path: string, caller = elsewhere): Ask =>
        (headers) =>
          caller.get(path, headers);
      const post =
        (path: string, body: object = {}, caller = elsewhere): Ask =>
        (headers) =>
          caller.post(path, body, headers);
      const notCompetent = { status: 403, code: 'agency-not-competent' };
      const noGrant = { status: 404, code: 'grant-not-found' };
      const attempts: Record<string, [Ask, { readonly status: number; readonly code: string }]> = {
        'GET /api/ingestion/v1/dossiers/{id}': [get(dossier), notCompetent],
        'GET /api/ingestion/v1/dossiers/{id}/availability': [get(`${dossier}/availability`), notCompetent],
        'POST /api/ingestion/v1/dossiers/{id}/components/{componentId}/reuse': [
          post(`${dossier}/components/TP-04/reuse`, { documentId }),
          notCompetent,
        ],
        'GET /api/ingestion/v1/dossiers/{id}/scans': [get(`${dossier}/scans`), notCompetent],
        'POST /api/ingestion/v1/dossiers/{id}/components/{componentId}/scans': [
          (headers) => elsewhere.upload(`${dossier}/components/TP-02/scans`, birthCertificate, file, headers),
          notCompetent,
        ],
        'POST /api/ingestion/v1/dossiers/{id}/close': [post(`${dossier}/close`, { status: 'DECIDED' }), notCompetent],
        'POST /api/ingestion/v1/dossiers/{id}/notices/{noticeId}/acknowledge': [
          post(`${dossier}/notices/${grantId}/acknowledge`),
          notCompetent,
        ],
        'GET /api/ingestion/v1/scans/{id}': [get(scan), notCompetent],
        'GET /api/ingestion/v1/scans/{id}/events': [get(`${scan}/events`), notCompetent],
        'GET /api/ingestion/v1/scans/{id}/content': [get(`${scan}/content`), notCompetent],
        'GET /api/ingestion/v1/scans/{id}/original': [get(`${scan}/original`), notCompetent],
        'GET /api/ingestion/v1/scans/{id}/pages/{page}/image': [get(`${scan}/pages/1/image`), notCompetent],
        'POST /api/ingestion/v1/scans/{id}/confirmation': [post(`${scan}/confirmation`, { fields }), notCompetent],
        'POST /api/ingestion/v1/scans/{id}/retry': [post(`${scan}/retry`), notCompetent],
        'POST /api/reuse/v1/availability': [
          post(`${reuse}/availability`, { context: { ...context, actor: undefined }, subject }),
          notCompetent,
        ],
        'POST /api/reuse/v1/grants': [
          post(`${reuse}/grants`, { context: { ...context, actor: undefined }, subject, documentRefs: [documentRef] }),
          notCompetent,
        ],
        // That there is such a grant is nobody else's business.
        'GET /api/reuse/v1/grants/{grantId}': [get(grant), noGrant],
        'POST /api/reuse/v1/grants/{grantId}/recheck': [post(`${grant}/recheck`), noGrant],
        'POST /api/reuse/v1/grants/{grantId}/release': [post(`${grant}/release`), noGrant],
        'POST /api/reuse/v1/grants/{grantId}/revoke': [post(`${grant}/revoke`, { reason: 'không' }, wife), noGrant],
        'GET /api/reuse/v1/grants/{grantId}/documents/{documentId}': [get(granted()), noGrant],
        'GET /api/reuse/v1/grants/{grantId}/documents/{documentId}/content': [get(`${granted()}/content`), noGrant],
        'GET /api/reuse/v1/documents/{documentId}/chain': [get(`${document}/chain`), notCompetent],
        'POST /api/reuse/v1/documents/{documentId}/revoke': [
          post(`${document}/revoke`, order, clerkElsewhere),
          notCompetent,
        ],
        'POST /api/reuse/v1/documents/{documentId}/replace': [
          post(`${document}/replace`, { by: documentId, relation: 'REPLACES' }, clerkElsewhere),
          notCompetent,
        ],
        'POST /api/reuse/v1/documents/{documentId}/suspend': [
          post(`${document}/suspend`, { reason: 'không' }, clerkElsewhere),
          notCompetent,
        ],
        'POST /api/reuse/v1/documents/{documentId}/resume': [
          post(`${document}/resume`, { reason: 'không' }, clerkElsewhere),
          notCompetent,
        ],
        'GET /api/reuse/v1/me/documents/{documentId}/content': [
          get(`${reuse}/me/documents/${documentId}/content`, wife),
          { status: 404, code: 'document-not-found' },
        ],
        'GET /api/signing/v1/requests/{id}': [
          get(`${signing}/requests/${requestId}`),
          { status: 404, code: 'signing-request-not-found' },
        ],
        'GET /api/signing/v1/requests/{id}/content': [
          get(`${signing}/requests/${requestId}/content`),
          { status: 404, code: 'signing-request-not-found' },
        ],
        'POST /api/signing/v1/requests/{id}/agency-signature': [
          post(`${signing}/requests/${requestId}/agency-signature`, {}, clerkElsewhere),
          { status: 404, code: 'signing-request-not-found' },
        ],
        'POST /api/signing/v1/requests/{id}/return': [
          post(`${signing}/requests/${requestId}/return`),
          { status: 404, code: 'signing-request-not-found' },
        ],
      };

      await keepsNothing(async () => {
        const outcomes: Record<string, unknown> = {};
        for (const [route, [ask]] of Object.entries(attempts)) outcomes[route] = await refusal(ask);
        expect(outcomes).toEqual(Object.fromEntries(Object.entries(attempts).map(([route, [, due]]) => [route, due])));
      });
      expect((await elsewhere.get(`${ingestion}/dossiers`)).at('dossiers')).toEqual([]);
      expect((await officer.get(dossier)).at('status')).toBe('OPEN');
      expect((await system.get(grant, actor)).at('status')).toBe('ACTIVE');

      // A new route that takes one of these is to be tried here too.
      const described = await Promise.all(
        ['ingestion', 'reuse'].map(
          async (name) =>
            (await server.stranger.get(`/api/${name}/openapi.json`)).at('paths') as Record<
              string,
              Record<string, object>
            >,
        ),
      );
      const routes = described
        .flatMap((paths) => Object.entries(paths))
        .filter(([path]) => /\{(id|grantId|documentId)\}/.test(path))
        .flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
      expect(routes.filter((route) => !(route in attempts))).toEqual([]);
    });

    it('answers a repeated idempotency key as before, and refuses it for anything else (FR-20)', async () => {
      const conflict = { status: 409, code: 'idempotency-conflict' };
      const body = { procedureCode: '2.000635', subject: khoi };
      const before = await server.holdings();
      const opened = await officer.post(`${ingestion}/dossiers`, body, key('dossier'));
      expect((await officer.post(`${ingestion}/dossiers`, body, key('dossier'))).json).toEqual(opened.json);
      expect(
        await refusal((headers) =>
          officer.post(`${ingestion}/dossiers`, { ...body, subject: an }, { ...headers, ...key('dossier') }),
        ),
      ).toEqual(conflict);
      expect((await server.holdings()).dossiers).toBe(before.dossiers + 1);

      const scans = `${ingestion}/dossiers/${String(opened.at('id'))}/components/TP-02/scans`;
      const [file, another] = [onePage, await scannedPdf([['KHÁC']])];
      const uploaded = await officer.upload(scans, birthCertificate, file, key('scan'));
      expect(uploaded.status).toBe(201);
      const repeated = await officer.upload(scans, birthCertificate, file, key('scan'));
      expect([repeated.status, repeated.json]).toEqual([201, uploaded.json]);
      for (const [fields, bytes] of [
        [birthCertificate, another],
        [{ ...birthCertificate, submissionForm: 'CERTIFIED_COPY' }, file],
      ] as const) {
        expect(
          await refusal((headers) => officer.upload(scans, fields, bytes, { ...headers, ...key('scan') })),
        ).toEqual(conflict);
      }
      expect((await server.holdings()).scans).toBe(before.scans + 1);

      const request = { context, subject, documentRefs: [documentRef] };
      const grant = await system.post(`${reuse}/grants`, request, key('grant'));
      expect((await system.post(`${reuse}/grants`, request, key('grant'))).json).toEqual(grant.json);
      expect(
        await refusal((headers) =>
          system.post(`${reuse}/grants`, { ...request, maxReads: 7 }, { ...headers, ...key('grant') }),
        ),
      ).toEqual(conflict);
    });

    it('sends nothing while the access log cannot be written, and serves again when it can (FR-79)', async () => {
      const [citizen, clerk] = [await server.as('congdan'), await server.as('vanthu')];
      const reads: Record<string, (headers: Readonly<Record<string, string>>) => Promise<Answer>> = {
        'availability at the desk': (headers) =>
          officer.get(`${ingestion}/dossiers/${second.id}/availability`, headers),
        'a dossier': (headers) => officer.get(`${ingestion}/dossiers/${second.id}`, headers),
        'a scan': (headers) => officer.get(`${ingestion}/scans/${scanId}`, headers),
        'the signed scan': (headers) => officer.get(`${ingestion}/scans/${scanId}/content`, headers),
        'the scan as received': (headers) => officer.get(`${ingestion}/scans/${scanId}/original`, headers),
        'the picture of a page': (headers) => officer.get(`${ingestion}/scans/${scanId}/pages/1/image`, headers),
        'availability for a system': (headers) => system.post(`${reuse}/availability`, { context, subject }, headers),
        'granted content': (headers) => system.get(`${granted()}/content`, { ...actor, ...headers }),
        'part of granted content': (headers) =>
          system.get(`${granted()}/content`, { ...actor, range: 'bytes=0-99', ...headers }),
        'what a document is': (headers) => system.get(granted(), { ...actor, ...headers }),
        'my own document': (headers) => citizen.get(`${reuse}/me/documents/${documentId}/content`, headers),
        'a document to be signed': (headers) => clerk.get(`${signing}/requests/${requestId}/content`, headers),
      };
      const unavailable = { status: 503, code: 'log-unavailable' };
      await server.sql('REVOKE INSERT ON audit.entry FROM khoso_app');
      try {
        for (const [what, ask] of Object.entries(reads)) {
          expect([what, await refusal(ask)]).toEqual([what, unavailable]);
          const refused = await ask({});
          expect([what, refused.bytes.includes('%PDF'), refused.headers.get('etag')]).toEqual([what, false, null]);
        }
        const file = await scannedPdf([['KHI KHÔNG GHI ĐƯỢC']]);
        const before = await server.holdings();
        const scans = `${ingestion}/dossiers/${second.id}/components/TP-03/scans`;
        const fields = { ...birthCertificate, documentTypeCode: 'GT.000007' };
        expect(await refusal((headers) => officer.upload(scans, fields, file, headers))).toEqual(unavailable);
        const { objects: _, ...counts } = before;
        expect(await server.holdings()).toMatchObject(counts);
      } finally {
        await server.sql('GRANT INSERT ON audit.entry TO khoso_app');
      }
      const served = Object.entries(reads).map(async ([what, ask]) => [what, Math.floor((await ask({})).status / 100)]);
      expect(await Promise.all(served)).toEqual(Object.keys(reads).map((what) => [what, 2]));
    });

    it('hands out no bytes of a document that was revoked, nor lets it be used again (FR-62, FR-68)', async () => {
      expect((await system.get(`${granted()}/content`, actor)).status).toBe(200);
      const supervisor = await server.as('giamsat');
      const revoked = await supervisor.post(`${reuse}/documents/${documentId}/revoke`, {
        decisionNumber: '31/QĐ-UBND',
        decisionDate: '2026-11-20',
        reason: 'Cấp sai thông tin',
        effectiveAt: '2026-11-20T00:00:00+07:00',
      });
      expect([revoked.status, revoked.at('state')]).toEqual([200, 'REVOKED']);

      const gone = { status: 410, code: 'document-revoked' };
      expect(await refusal((headers) => system.get(`${granted()}/content`, { ...actor, ...headers }))).toEqual(gone);
      expect(
        await refusal((headers) =>
          system.post(`${reuse}/grants`, { context, subject, documentRefs: [documentRef] }, headers),
        ),
      ).toEqual(gone);
      const reusing = `${ingestion}/dossiers/${second.id}/components/TP-02/reuse`;
      expect(await refusal((headers) => officer.post(reusing, { documentId }, headers))).toEqual({
        status: 409,
        code: 'document-not-reusable',
      });
      const availability = await system.post(`${reuse}/availability`, { context, subject });
      expect(availability.at('components.1.decision')).toBe('NOT_REUSABLE');
    });
  });
});
