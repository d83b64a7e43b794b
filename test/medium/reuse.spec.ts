import { createHash } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Dossier } from '#domain/dossiers';
import type { DocumentRecord, Owner } from '#domain/records';
import { routesWithoutPermission } from '#platform/auth';
import {
  an,
  binh,
  type Caller,
  contextOf,
  eventually,
  khoi,
  person,
  procedureCode,
  type ReuseService,
  startReuseService,
  ward,
} from './reuse-service.js';

type Paper = DocumentRecord & { readonly content: Buffer };

let reuse: ReuseService;
let system: Caller;
let officer: Caller;
let clerk: Caller;
let citizen: Caller;
let supervisor: Caller;
let nguyenVanAn: Owner;

beforeAll(async () => {
  reuse = await startReuseService();
  system = await reuse.system('mot-cua', ward);
  officer = await reuse.person({ username: 'canbo', name: 'Lê Thị Hoa', roles: ['officer'], agencyCode: ward });
  clerk = await reuse.person({ username: 'vanthu', name: 'Đỗ Thị Mai', roles: ['clerk'], agencyCode: ward });
  citizen = await reuse.person({
    username: 'congdan',
    name: 'Nguyễn Văn An',
    roles: ['citizen'],
    personalId: an.value,
  });
  supervisor = await reuse.person({
    username: 'giamsat',
    name: 'Hoàng Văn Giám',
    roles: ['supervisor'],
    agencyCode: ward,
  });
  nguyenVanAn = await reuse.owner(an, 'Nguyễn Văn An');
});

afterAll(() => reuse?.stop());

const lookUp = (dossier: Dossier, caller = system) =>
  caller('POST', 'availability', { context: contextOf(dossier), subject: person(an) });

/** A grant for the best candidate of TP-01, which is a birth certificate. */
const grantFor = async (dossier: Dossier, extra: object = {}, caller = system) => {
  const ref = (await lookUp(dossier, caller)).at('components.0.candidates.0.documentRef');
  return caller('POST', 'grants', { context: contextOf(dossier), subject: person(an), documentRefs: [ref], ...extra });
};

const contentPath = (grantId: unknown, document: DocumentRecord) =>
  `grants/${String(grantId)}/documents/${document.id}/content`;

const withdraw = (document: DocumentRecord, caller = system) =>
  caller('POST', `documents/${document.id}/revoke`, {
    decisionNumber: '12/QĐ-UBND',
    decisionDate: '2026-11-20',
    reason: 'Cấp sai thông tin',
    effectiveAt: '2026-11-20T00:00:00+07:00',
  });

describe('a document from question to revocation', () => {
  let birth: Paper;
  let dossier: Dossier;
  let grantId: unknown;

  beforeAll(async () => {
    birth = await reuse.paper(nguyenVanAn, 'KQ.G15.000031');
    dossier = await reuse.dossier(nguyenVanAn);
  });

  it('is found for the component, with a decision, and without its id, code or hash', async () => {
    const answer = await system('POST', 'availability', {
      context: contextOf(dossier),
      subject: person(an),
      components: ['TP-01', 'TP-02'],
    });
    expect(answer.status).toBe(200);
    expect(answer.at('components.0')).toMatchObject({
      componentId: 'TP-01',
      decision: 'REUSABLE',
      candidates: [
        {
          typeCode: 'KQ.G15.000031',
          decision: 'REUSABLE',
          reasons: [],
          state: 'ACTIVE',
          source: 'local',
          assurance: 'ISSUED_SIGNED',
        },
      ],
    });
    expect(answer.at('components.1')).toMatchObject({ componentId: 'TP-02', decision: 'NOT_REUSABLE', candidates: [] });
    expect(answer.at('summary')).toEqual({ required: 2, reusable: 1, withCheck: 0, missing: 1 });
    expect(answer.at('sourceStatus.1')).toMatchObject({ source: 'province', status: 'NOT_CONFIGURED' });
    for (const hidden of [birth.id, birth.current.sha256, an.value]) expect(answer.text).not.toContain(hidden);
  });

  it('says of a store that is not connected that it was not asked (FR-73)', async () => {
    const answer = await system('POST', 'availability', {
      context: contextOf(dossier),
      subject: person(an),
      sources: ['national'],
    });
    expect(answer.at('sourceStatus')).toMatchObject([{ source: 'national', status: 'NOT_CONFIGURED' }]);
    expect(answer.at('components')).toEqual([]);
  });

  it('is granted for the dossier and the purpose, the owner masked', async () => {
    const granted = await grantFor(dossier, { ttlDays: 30 });
    expect(granted.status).toBe(201);
    grantId = granted.at('grantId');
    expect(granted.at('documents.0')).toMatchObject({
      documentId: birth.id,
      componentId: 'TP-01',
      sha256: birth.current.sha256,
      version: 1,
      state: 'ACTIVE',
      code: expect.stringMatching(/^042\*{5}0123\.KQ\.G15\.000031\./),
    });
    expect(granted.at('subject')).toEqual({ kind: 'person', maskedIdentifier: '042*****0123' });
    const life = Date.parse(String(granted.at('expiresAt'))) - Date.parse(String(granted.at('createdAt')));
    expect(life).toBe(30 * 86_400_000);
    expect(granted.text).not.toContain(an.value);
  });

  it('shows what is known of it under the grant', async () => {
    const metadata = await system('GET', `grants/${String(grantId)}/documents/${birth.id}`);
    expect(metadata.status).toBe(200);
    expect(metadata.at('issuer')).toEqual({ code: ward, name: 'Ủy ban nhân dân phường Thành Sen' });
    expect(metadata.at('signature.verdict')).toBe('VALID');
    expect(metadata.at('state')).toBe('ACTIVE');
    expect(metadata.text).not.toContain(an.value);
  });

  it('gives the exact bytes with digest, tag and a receipt that is the entry in the log', async () => {
    const content = await system('GET', contentPath(grantId, birth));
    expect(content.status).toBe(200);
    expect(content.bytes.equals(birth.content)).toBe(true);
    const digest = createHash('sha256').update(content.bytes).digest();
    expect(content.headers.get('etag')).toBe(`"sha256:${digest.toString('hex')}"`);
    expect(content.headers.get('repr-digest')).toBe(`sha-256=:${digest.toString('base64')}:`);
    expect(content.headers.get('content-length')).toBe(String(birth.content.length));
    expect(content.headers.get('cache-control')).toBe('private, no-store');
    const [entry] = await reuse.sql('SELECT * FROM audit.entry WHERE id = $1', [
      content.headers.get('x-access-receipt'),
    ]);
    expect(entry).toMatchObject({
      event: 'document.read',
      outcome: 'success',
      document_id: birth.id,
      sha256: birth.current.sha256,
      version: 1,
      dossier_code: dossier.code,
      procedure_code: procedureCode,
      purpose_code: 'TTHC_INTAKE',
      legal_basis: 'STATE_DUTY',
      subject_key: nguyenVanAn.subjectKey,
      agency_code: ward,
      actor: { kind: 'client', id: 'cb-0042' },
      detail: { clientId: 'mot-cua' },
    });
  });

  it('gives a part of the bytes, and logs which', async () => {
    const part = await system('GET', contentPath(grantId, birth), undefined, { range: 'bytes=0-8' });
    expect([part.status, part.text]).toEqual([206, '%PDF-1.7\n']);
    const [entry] = await reuse.sql('SELECT detail FROM audit.entry WHERE id = $1', [
      part.headers.get('x-access-receipt'),
    ]);
    expect(entry).toMatchObject({ detail: { range: '0-8' } });
  });

  it('tells a caller that has the bytes so, logs that too, and counts no read', async () => {
    const before = (await system('GET', `grants/${String(grantId)}`)).at('readsLeft');
    const again = await system('GET', contentPath(grantId, birth), undefined, {
      'if-none-match': `"sha256:${birth.current.sha256}"`,
    });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
    const [entry] = await reuse.sql('SELECT event FROM audit.entry WHERE id = $1', [
      again.headers.get('x-access-receipt'),
    ]);
    expect(entry).toEqual({ event: 'document.revalidated' });
    expect((await system('GET', `grants/${String(grantId)}`)).at('readsLeft')).toBe(before);
  });

  it('is judged the same at decision time as long as nothing happened (FR-71)', async () => {
    const recheck = await system('POST', `grants/${String(grantId)}/recheck`);
    expect([recheck.status, recheck.at('changed'), recheck.at('documents.0.changes')]).toEqual([200, false, []]);
  });

  it('when revoked is refused from that moment, and the recheck says what changed (FR-62, FR-71)', async () => {
    await reuse.dossiers.setComponent(dossier.id, {
      componentId: 'TP-01',
      state: 2,
      documentId: birth.id,
      versionId: birth.current.id,
      sha256: birth.current.sha256,
    });
    const revoked = await withdraw(birth);
    expect([revoked.status, revoked.at('state'), revoked.at('revocation.decisionNumber')]).toEqual([
      200,
      'REVOKED',
      '12/QĐ-UBND',
    ]);

    const content = await system('GET', contentPath(grantId, birth));
    expect([content.status, content.at('code')]).toEqual([410, 'document-revoked']);
    const known = await system('GET', contentPath(grantId, birth), undefined, { 'if-none-match': '*' });
    expect(known.status).toBe(410);

    const recheck = await system('POST', `grants/${String(grantId)}/recheck`);
    expect(recheck.at('documents.0')).toMatchObject({
      granted: { decision: 'REUSABLE', state: 'ACTIVE' },
      now: { decision: 'NOT_REUSABLE', state: 'REVOKED', reasons: expect.arrayContaining(['REVOKED']) },
      changes: ['decision', 'reasons', 'state'],
    });
    const metadata = await system('GET', `grants/${String(grantId)}/documents/${birth.id}`);
    expect([metadata.status, metadata.at('state')]).toEqual([200, 'REVOKED']);
  });

  it('when revoked warns the open dossier that uses it (FR-62)', async () => {
    const notice = await eventually(async () => (await reuse.dossiers.get(dossier.id)).notices[0]);
    expect(notice).toMatchObject({ kind: 'DOCUMENT_REVOKED', documentId: birth.id, componentId: 'TP-01' });
  });

  it('is not offered any more', async () => {
    const answer = await lookUp(dossier);
    expect(answer.at('components.0.decision')).toBe('NOT_REUSABLE');
  });

  it('lets the citizen see who looked, when, for which case and why (FR-75)', async () => {
    const seen = await citizen('GET', 'me/accesses?limit=200');
    expect(seen.status).toBe(200);
    const accesses = seen.at('accesses') as Record<string, unknown>[];
    expect(accesses).toContainEqual(
      expect.objectContaining({
        event: 'document.read',
        eventText: 'Mở nội dung giấy tờ',
        outcome: 'success',
        agency: { code: ward, name: 'Ủy ban nhân dân phường Thành Sen' },
        role: 'Hệ thống giải quyết thủ tục',
        document: { documentId: birth.id, name: 'Giấy khai sinh' },
        procedure: { code: procedureCode, name: 'Đăng ký thường trú' },
        dossierCode: dossier.code,
        purpose: { code: 'TTHC_INTAKE', text: expect.stringContaining('tiếp nhận hồ sơ') },
        legalBasis: expect.objectContaining({ code: 'STATE_DUTY' }),
      }),
    );
    // Refused attempts are the citizen's business too.
    expect(accesses).toContainEqual(expect.objectContaining({ event: 'document.read', outcome: 'refused' }));
    expect(seen.text).not.toContain(an.value);
    expect(seen.text).not.toContain('Lê Thị Hoa');
  });

  it('logs that the citizen read the log (FR-80), and does not show it as an access by others', async () => {
    const rows = await reuse.sql(
      `SELECT 1 FROM audit.entry WHERE event = 'me.accesses-listed' AND outcome = 'success'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect((await citizen('GET', 'me/accesses?limit=200')).text).not.toContain('me.accesses-listed');
  });

  it('pages the accesses by cursor without losing or repeating one', async () => {
    const ids = async (limit: number): Promise<unknown[]> => {
      const found: unknown[] = [];
      for (let cursor = ''; ;) {
        const page = await citizen('GET', `me/accesses?limit=${limit}${cursor && `&cursor=${cursor}`}`);
        found.push(...(page.at('accesses') as { id: string }[]).map(({ id }) => id));
        if (page.at('nextCursor') === undefined) return found;
        cursor = String(page.at('nextCursor'));
      }
    };
    const all = await ids(200);
    expect(await ids(3)).toEqual(all);
    expect(new Set(all).size).toBe(all.length);
  });

  it('never writes a personal number into the log, an address or a table of this service', async () => {
    const rows = await reuse.sql(
      `SELECT 'audit' AS place FROM audit.entry AS e WHERE e::text LIKE $1
       UNION ALL SELECT 'grant' FROM reuse.access_grant AS g WHERE g::text LIKE $1
       UNION ALL SELECT 'sighting' FROM reuse.subject_sighting AS s WHERE s::text LIKE $1
       UNION ALL SELECT 'job' FROM queue.job AS j WHERE j::text LIKE $1`,
      [`%${an.value}%`],
    );
    expect(rows).toEqual([]);
  });
});

describe('a document that is replaced', () => {
  it('keeps its granted bytes readable, names its successor, and is no longer to be had anew (FR-70)', async () => {
    const old = await reuse.paper(nguyenVanAn, 'KQ.G15.000031', { issuedOn: '2026-09-01' });
    const dossier = await reuse.dossier(nguyenVanAn);
    const ref = (await lookUp(dossier)).at('components.0.candidates.0.documentRef');
    const grant = await system('POST', 'grants', {
      context: contextOf(dossier),
      subject: person(an),
      documentRefs: [ref],
    });
    const successor = await reuse.paper(nguyenVanAn, 'KQ.G15.000031', { issuedOn: '2026-11-01' });

    const replaced = await clerk('POST', `documents/${old.id}/replace`, { by: successor.id, relation: 'CORRECTS' });
    expect([replaced.status, replaced.at('state'), replaced.at('replacedBy')]).toEqual([
      200,
      'SUPERSEDED',
      successor.id,
    ]);

    const content = await system('GET', contentPath(grant.at('grantId'), old));
    expect(content.bytes.equals(old.content)).toBe(true);
    expect(content.headers.get('link')).toBe(
      `</api/reuse/v1/documents/${successor.id}/chain>; rel="successor-version"`,
    );

    const again = await system('POST', 'grants', {
      context: contextOf(dossier),
      subject: person(an),
      documentRefs: [ref],
    });
    expect([again.status, again.at('code'), again.at('params.replacedBy')]).toEqual([
      409,
      'document-superseded',
      successor.id,
    ]);

    const chain = await officer('GET', `documents/${successor.id}/chain`);
    expect((chain.at('documents') as { documentId: string }[]).map(({ documentId }) => documentId)).toEqual([
      old.id,
      successor.id,
    ]);

    const offered = await lookUp(dossier);
    expect(offered.at('components.0.candidates.0')).toMatchObject({ decision: 'REUSABLE', replaces: old.id });

    const cycle = await clerk('POST', `documents/${successor.id}/replace`, { by: old.id, relation: 'REPLACES' });
    expect(cycle.status).toBe(409);
    await withdraw(successor);
  });
});

describe('a document that is suspended', () => {
  it('is withheld until it is resumed', async () => {
    const paper = await reuse.paper(nguyenVanAn, 'KQ.G15.000031');
    const dossier = await reuse.dossier(nguyenVanAn);
    const grant = await grantFor(dossier);
    await clerk('POST', `documents/${paper.id}/suspend`, { reason: 'Chờ xác minh' });
    const withheld = await system('GET', contentPath(grant.at('grantId'), paper));
    expect([withheld.status, withheld.at('code')]).toEqual([409, 'document-suspended']);
    await clerk('POST', `documents/${paper.id}/resume`, { reason: 'Đã xác minh' });
    expect((await system('GET', contentPath(grant.at('grantId'), paper))).status).toBe(200);
    await withdraw(paper);
  });

  it('warns the dossier that uses it each time, not only the first (FR-62)', async () => {
    const paper = await reuse.paper(nguyenVanAn, 'KQ.G15.000031');
    const dossier = await reuse.dossier(nguyenVanAn);
    await reuse.dossiers.setComponent(dossier.id, {
      componentId: 'TP-01',
      state: 2,
      documentId: paper.id,
      versionId: paper.current.id,
      sha256: paper.current.sha256,
    });
    const noticesOnce = (count: number) =>
      eventually(async () => {
        const { notices } = await reuse.dossiers.get(dossier.id);
        return notices.length < count ? undefined : notices;
      });
    await clerk('POST', `documents/${paper.id}/suspend`, { reason: 'Chờ xác minh' });
    await noticesOnce(1);
    await clerk('POST', `documents/${paper.id}/resume`, { reason: 'Đã xác minh' });
    await clerk('POST', `documents/${paper.id}/suspend`, { reason: 'Lại chờ xác minh' });
    const suspended = { kind: 'DOCUMENT_SUSPENDED', documentId: paper.id };
    expect(await noticesOnce(2)).toMatchObject([suspended, suspended]);
    await withdraw(paper);
  });
});

describe('a grant', () => {
  let paper: Paper;
  let dossier: Dossier;

  beforeAll(async () => {
    paper = await reuse.paper(nguyenVanAn, 'KQ.G15.000031');
    dossier = await reuse.dossier(nguyenVanAn);
  });

  it('is opened once for one Idempotency-Key', async () => {
    const ref = (await lookUp(dossier)).at('components.0.candidates.0.documentRef');
    const body = { context: contextOf(dossier), subject: person(an), documentRefs: [ref] };
    const first = await system('POST', 'grants', body, { 'idempotency-key': 'g-once' });
    const second = await system('POST', 'grants', body, { 'idempotency-key': 'g-once' });
    expect(second.at('grantId')).toBe(first.at('grantId'));
    expect(await reuse.sql('SELECT id FROM reuse.access_grant WHERE dossier_id = $1', [dossier.id])).toHaveLength(1);
  });

  it('lets parallel readers take no more than is left', async () => {
    const grant = await grantFor(dossier, { maxReads: 3 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => system('GET', contentPath(grant.at('grantId'), paper))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter((answer) => answer.at('code') === 'grant-reads-exhausted')).toHaveLength(5);
    expect((await system('GET', `grants/${String(grant.at('grantId'))}`)).at('status')).toBe('EXHAUSTED');
  });

  it('can be released by its holder, once', async () => {
    const grant = await grantFor(dossier);
    const path = `grants/${String(grant.at('grantId'))}/release`;
    expect((await system('POST', path)).status).toBe(204);
    expect((await system('POST', path)).at('code')).toBe('grant-expired');
    expect((await system('GET', contentPath(grant.at('grantId'), paper))).at('code')).toBe('grant-expired');
  });

  it('can be revoked by a supervisor', async () => {
    const grant = await grantFor(dossier);
    const revoked = await supervisor('POST', `grants/${String(grant.at('grantId'))}/revoke`, {
      reason: 'Nghi lạm dụng',
    });
    expect(revoked.status).toBe(204);
    expect((await system('GET', contentPath(grant.at('grantId'), paper))).at('code')).toBe('grant-revoked');
  });

  it('resting on consent ends when the citizen withdraws it; one resting on duty is not the citizen’s to end', async () => {
    const context = contextOf(dossier, { legalBasis: { code: 'CONSENT' }, consentRef: 'dy-77' });
    const ref = (await lookUp(dossier)).at('components.0.candidates.0.documentRef');
    const byConsent = await system('POST', 'grants', { context, subject: person(an), documentRefs: [ref] });
    expect(byConsent.status).toBe(201);
    expect((await citizen('POST', `grants/${String(byConsent.at('grantId'))}/revoke`, {})).status).toBe(204);
    expect((await system('GET', contentPath(byConsent.at('grantId'), paper))).at('code')).toBe('grant-revoked');

    const byDuty = await grantFor(dossier);
    expect((await citizen('POST', `grants/${String(byDuty.at('grantId'))}/revoke`, {})).at('code')).toBe(
      'grant-not-found',
    );
  });

  it('of an official serves the colleagues of the agency, because dossiers change hands', async () => {
    const grant = await grantFor(dossier, {}, (method, path, body) =>
      officer(method, path, { ...body, context: contextOf(dossier, { actor: undefined }) }),
    );
    expect(grant.status).toBe(201);
    const colleague = await reuse.person({
      username: 'canbo3',
      name: 'Võ Văn Ba',
      roles: ['officer'],
      agencyCode: ward,
    });
    expect((await colleague('GET', contentPath(grant.at('grantId'), paper))).status).toBe(200);
  });

  it('dies with its dossier', async () => {
    const closing = await reuse.dossier(nguyenVanAn);
    const grant = await grantFor(closing);
    await reuse.dossiers.close(closing.id, 'DECIDED');
    const content = await system('GET', contentPath(grant.at('grantId'), paper));
    expect([content.status, content.at('code')]).toEqual([409, 'grant-expired']);
    const status = await eventually(async () => {
      const now = (await system('GET', `grants/${String(grant.at('grantId'))}`)).at('status');
      return now === 'ACTIVE' ? undefined : now;
    });
    expect(status).toBe('DOSSIER_CLOSED');
    const [entry] = await reuse.sql(`SELECT actor FROM audit.entry WHERE event = 'grant.ended' AND dossier_code = $1`, [
      closing.code,
    ]);
    expect(entry).toEqual({ actor: { kind: 'system', id: 'reuse.end-grants' } });
  });
});

describe('a guardian', () => {
  it('files for a child whose birth certificate names the parent, and for no other child (FR-76)', async () => {
    const child = await reuse.owner(khoi, 'Nguyễn Minh Khôi');
    await reuse.paper(child, 'KQ.G15.000031', { parentId: nguyenVanAn.id });
    const dossier = await reuse.dossier(nguyenVanAn);
    const ask = (legalBasis: object, caller = system, of = dossier) =>
      caller('POST', 'availability', { context: contextOf(of, { legalBasis }), subject: person(khoi) });
    expect((await ask({ code: 'GUARDIAN' })).at('components.0.decision')).toBe('REUSABLE');
    expect((await ask({ code: 'STATE_DUTY' })).at('errors.0.code')).toBe('SUBJECT_DIFFERS');

    const stranger = await reuse.dossier(await reuse.owner(binh, 'Trần Thị Bình'));
    expect((await ask({ code: 'GUARDIAN' }, system, stranger)).at('errors.0.code')).toBe('SUBJECT_DIFFERS');
  });
});

describe('a business', () => {
  it('is asked about by its code like a person by the number', async () => {
    const songLa = await reuse.owner({ kind: 'ORGANISATION_MST', value: '3000000037' }, 'Công ty TNHH Sông La');
    await reuse.paper(songLa, 'GT.000009');
    const dossier = await reuse.dossier(songLa, ward, '2.002041');
    const question = {
      context: contextOf(dossier, { procedureCode: '2.002041' }),
      subject: { kind: 'business', businessCode: '3000000037' },
    };
    const answer = await system('POST', 'availability', question);
    const candidates = (
      answer.at('components') as { candidates: { typeCode: string; documentRef: string }[] }[]
    ).flatMap((component) => component.candidates);
    expect(candidates).toMatchObject([{ typeCode: 'GT.000009', decision: 'REUSABLE' }]);
    const grant = await system('POST', 'grants', {
      ...question,
      documentRefs: candidates.map(({ documentRef }) => documentRef),
    });
    expect(grant.at('subject')).toEqual({ kind: 'business', maskedIdentifier: '300***0037' });
    expect(grant.text).not.toContain('3000000037');
  });
});

describe('the citizen', () => {
  it('sees the own documents with a label that never calls an invalid one valid (FR-63)', async () => {
    const page = await citizen('GET', 'me/documents?limit=200');
    const documents = page.at('documents') as { state: string; valid: boolean; label: string; code: string }[];
    expect(documents.some(({ state }) => state === 'ACTIVE')).toBe(true);
    expect(documents.some(({ state }) => state === 'REVOKED')).toBe(true);
    for (const { state, valid, code } of documents) {
      expect(valid).toBe(state === 'ACTIVE');
      expect(code).not.toContain(an.value);
    }
  });

  it('pages through them by cursor', async () => {
    const all = (await citizen('GET', 'me/documents?limit=200')).at('documents') as { documentId: string }[];
    const first = await citizen('GET', 'me/documents?limit=2');
    const second = await citizen('GET', `me/documents?limit=2&cursor=${String(first.at('nextCursor'))}`);
    const ids = [first, second]
      .flatMap((page) => page.at('documents') as { documentId: string }[])
      .map((one) => one.documentId);
    expect(ids).toEqual(all.slice(0, 4).map((one) => one.documentId));
  });

  it('reads the own document, which is logged, and nobody else’s', async () => {
    const mine = await reuse.paper(nguyenVanAn, 'KQ.G15.000031');
    const content = await citizen('GET', `me/documents/${mine.id}/content`);
    expect(content.bytes.equals(mine.content)).toBe(true);
    const [entry] = await reuse.sql('SELECT event, subject_key FROM audit.entry WHERE id = $1', [
      content.headers.get('x-access-receipt'),
    ]);
    expect(entry).toEqual({ event: 'me.document-read', subject_key: nguyenVanAn.subjectKey });

    const theirs = await reuse.paper(await reuse.owner(binh, 'Trần Thị Bình'), 'KQ.G15.000031');
    expect((await citizen('GET', `me/documents/${theirs.id}/content`)).at('code')).toBe('document-not-found');
  });
});

describe('the supervisor', () => {
  it('reads the entries of a dossier, which is logged, and has the chain verified', async () => {
    const dossier = await reuse.dossier(nguyenVanAn);
    await lookUp(dossier);
    const entries = await supervisor('GET', `audit/entries?dossierCode=${dossier.code}`);
    expect(entries.at('entries.0')).toMatchObject({
      event: 'availability.query',
      outcome: 'success',
      dossierCode: dossier.code,
    });
    const [logged] = await reuse.sql(
      `SELECT detail FROM audit.entry WHERE event = 'audit.entries-listed' ORDER BY id DESC LIMIT 1`,
    );
    expect(logged).toMatchObject({ detail: { asked: { dossierCode: dossier.code } } });

    const verified = await supervisor('POST', 'audit/verify');
    expect([verified.status, verified.at('ok')]).toEqual([200, true]);
  });
});

describe('the description of the API', () => {
  it('is valid OpenAPI and has every route of the service, with a permission on each', async () => {
    const document = await reuse.anonymous('GET', '/api/reuse/openapi.json');
    expect(await new Validator().validate(JSON.parse(document.text) as Record<string, unknown>)).toMatchObject({
      valid: true,
    });
    const paths = Object.keys(document.at('paths') as object).filter((path) => path.startsWith('/api/reuse/'));
    expect(paths.map((path) => path.replace('/api/reuse/v1/', '')).sort()).toEqual([
      'audit/entries',
      'audit/verify',
      'availability',
      'document-types',
      'documents/{documentId}/chain',
      'documents/{documentId}/replace',
      'documents/{documentId}/resume',
      'documents/{documentId}/revoke',
      'documents/{documentId}/suspend',
      'grants',
      'grants/{grantId}',
      'grants/{grantId}/documents/{documentId}',
      'grants/{grantId}/documents/{documentId}/content',
      'grants/{grantId}/recheck',
      'grants/{grantId}/release',
      'grants/{grantId}/revoke',
      'me/accesses',
      'me/documents',
      'me/documents/{documentId}/content',
      'procedures',
      'procedures/{procedureCode}/requirements',
      'purposes',
    ]);
    expect(routesWithoutPermission(reuse.app)).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('says what a procedure asks for, as alternatives of sets, and is not sent twice', async () => {
    const first = await system('GET', `procedures/${procedureCode}/requirements`);
    expect(first.at('components.0')).toMatchObject({
      componentId: 'TP-01',
      anyOf: [['KQ.G15.000031'], ['GT.000011']],
      reuseAllowed: true,
    });
    expect(first.headers.get('cache-control')).toBe('private, max-age=300');
    const tag = first.headers.get('etag') ?? '';
    expect(
      (await system('GET', `procedures/${procedureCode}/requirements`, undefined, { 'if-none-match': tag })).status,
    ).toBe(304);
  });

  it.each(['procedures', 'document-types', 'purposes'])('lists %s', async (list) => {
    const answer = await system('GET', list);
    expect([answer.status, answer.text.length > 200]).toEqual([200, true]);
  });
});
