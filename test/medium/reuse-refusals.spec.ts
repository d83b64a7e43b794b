import { readdir, chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import type { Dossier } from '#domain/dossiers';
import type { DocumentRecord, Owner } from '#domain/records';
import { SubjectSightings } from '../../apps/reuse/src/availability/subject-sightings.port.js';
import {
  an,
  type Answer,
  binh,
  type Caller,
  contextOf,
  otherCommune,
  person,
  type ReuseService,
  startReuseService,
  ward,
} from './reuse-service.js';

let reuse: ReuseService;
let system: Caller;
let stranger: Caller;
let officer: Caller;
let officerElsewhere: Caller;
let nguyenVanAn: Owner;
let birth: DocumentRecord;
let dossier: Dossier;

beforeAll(async () => {
  reuse = await startReuseService({ ENUMERATION_SUBJECTS: '3', ENUMERATION_MINUTES: '10' });
  system = await reuse.system('mot-cua', ward);
  stranger = await reuse.system('mot-cua-khac', otherCommune);
  officer = await reuse.person({ username: 'canbo', name: 'Lê Thị Hoa', roles: ['officer'], agencyCode: ward });
  officerElsewhere = await reuse.person({
    username: 'canbo2',
    name: 'Ngô Thị Tư',
    roles: ['officer'],
    agencyCode: otherCommune,
  });
  nguyenVanAn = await reuse.owner(an, 'Nguyễn Văn An');
  birth = await reuse.paper(nguyenVanAn, 'KQ.G15.000031');
  dossier = await reuse.dossier(nguyenVanAn);
});

afterAll(() => reuse?.stop());

const ask = (
  context: object | undefined,
  subject: object = person(an),
  caller = system,
  headers?: Record<string, string>,
) => caller('POST', 'availability', { ...(context && { context }), subject }, headers);

const refOf = async (caller = system): Promise<unknown> =>
  (await ask(contextOf(dossier), person(an), caller)).at('components.0.candidates.0.documentRef');

const openGrant = async (extra: object = {}): Promise<Answer> =>
  system('POST', 'grants', {
    context: contextOf(dossier),
    subject: person(an),
    documentRefs: [await refOf()],
    ...extra,
  });

const contentOf = (grant: Answer, document = birth, caller = system) =>
  caller('GET', `grants/${String(grant.at('grantId'))}/documents/${document.id}/content`);

const lastEntry = async () => (await reuse.sql('SELECT * FROM audit.entry ORDER BY id DESC LIMIT 1'))[0];

const problem = (answer: Answer) => [answer.status, answer.at('code')];

describe('a question without its context (FR-67)', () => {
  it('is refused, every missing member named, in Vietnamese or English', async () => {
    const answer = await ask(undefined);
    expect(problem(answer)).toEqual([400, 'context-missing']);
    expect((answer.at('errors') as { field: string }[]).map(({ field }) => field)).toContain('context.purposeCode');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(String(answer.at('detail'))).toContain('bối cảnh');
    const english = await ask(undefined, person(an), system, { 'accept-language': 'en' });
    expect(String(english.at('detail'))).toContain('context');
  });

  it.each([
    ['without a purpose', { purposeCode: undefined }, 400, 'context-missing'],
    ['for a purpose nobody registered', { purposeCode: 'CURIOSITY' }, 403, 'purpose-not-registered'],
    ['for an unknown procedure', { procedureCode: '9.999999' }, 400, 'procedure-unknown'],
    ['on consent without its reference', { legalBasis: { code: 'CONSENT' } }, 403, 'consent-required'],
    ['for a dossier that does not exist', { dossierCode: 'H27.05.12-261123-9999' }, 403, 'dossier-not-assigned'],
    ['for a dossier of another procedure', { procedureCode: '1.001193' }, 403, 'dossier-not-assigned'],
    ['for somebody of another agency', { actor: { id: 'x', agencyCode: otherCommune } }, 403, 'agency-not-competent'],
  ])('is refused %s', async (_, change, status, code) => {
    expect(problem(await ask(contextOf(dossier, change)))).toEqual([status, code]);
  });

  it('may come in X-Road headers', async () => {
    const answer = await ask({ procedureCode: '1.004222' }, person(an), system, {
      'x-road-issue': dossier.code,
      'x-road-pdu-purpose': 'TTHC_INTAKE',
      'x-road-pdu-legal-basis': 'STATE_DUTY',
      'x-road-userid': 'cb-0042',
      'x-road-pdu-initiator-org-code': ward,
    });
    expect(answer.status).toBe(200);
  });
});

describe('a subject that is not well formed', () => {
  it.each([
    ['an 11-digit personal number', { kind: 'person', personalId: '04209000012' }, 'subject.personalId'],
    [
      'a business code with a wrong check digit',
      { kind: 'business', businessCode: '3000000038' },
      'subject.businessCode',
    ],
  ])('is refused: %s; the field is named, the number is not', async (_, subject, field) => {
    const answer = await ask(contextOf(dossier), subject);
    expect(problem(answer)).toEqual([400, 'subject-invalid']);
    expect(answer.at('errors.0.field')).toBe(field);
    expect(answer.text).not.toContain(Object.values(subject)[1]);
  });
});

describe('a caller who may not', () => {
  it('is nobody without a token', async () => {
    expect(problem(await ask(contextOf(dossier), person(an), reuse.anonymous))).toEqual([401, 'unauthenticated']);
  });

  it('is told when the token has expired', async () => {
    const token = await new SignJWT({ kind: 'client', scope: 'reuse.query' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setIssuer('khoso')
      .setAudience('khoso')
      .setSubject('mot-cua')
      .setIssuedAt(1)
      .setExpirationTime(2)
      .sign(reuse.tokenSigningKey);
    expect(problem(await ask(contextOf(dossier), person(an), reuse.holding(token)))).toEqual([401, 'token-expired']);
  });

  it.each(['officer', 'system'])('is of another agency: the %s is refused, and that is logged', async (who) => {
    const caller = who === 'officer' ? officerElsewhere : stranger;
    const answer = await ask(contextOf(dossier, who === 'officer' ? { actor: undefined } : {}), person(an), caller);
    expect(problem(answer)).toEqual([403, 'agency-not-competent']);
    expect(await lastEntry()).toMatchObject({
      event: 'availability.query',
      outcome: 'refused',
      dossier_code: dossier.code,
      subject_key: nguyenVanAn.subjectKey,
      detail: { code: 'agency-not-competent' },
    });
  });

  it('is an official who names somebody else as acting', async () => {
    expect(problem(await ask(contextOf(dossier), person(an), officer))).toEqual([403, 'actor-not-caller']);
  });

  it('asks about somebody the dossier is not about', async () => {
    await reuse.owner(binh, 'Trần Thị Bình');
    const answer = await ask(contextOf(dossier), person(binh));
    expect([...problem(answer), answer.at('errors.0.code')]).toEqual([403, 'dossier-not-assigned', 'SUBJECT_DIFFERS']);
  });

  it('is of another agency than the document it wants to revoke', async () => {
    const answer = await stranger('POST', `documents/${birth.id}/revoke`, {
      decisionNumber: '1/QĐ',
      decisionDate: '2026-11-20',
      reason: 'x',
      effectiveAt: '2026-11-20T00:00:00Z',
    });
    expect(problem(answer)).toEqual([403, 'agency-not-competent']);
    expect((await reuse.records.get(birth.id)).state).toBe('ACTIVE');
  });

  it('is a system that does not say for whom it ends a document (FR-79)', async () => {
    const answer = await system('POST', `documents/${birth.id}/suspend`, { reason: 'x' }, { 'x-actor': '' });
    expect(problem(answer)).toEqual([400, 'context-missing']);
  });

  it('is the reception desk when a document is to be ended', async () => {
    expect(problem(await officer('POST', `documents/${birth.id}/suspend`, { reason: 'x' }))).toEqual([
      403,
      'permission-denied',
    ]);
  });

  it('is told when a document is already in the state it should leave', async () => {
    const answer = await system('POST', `documents/${birth.id}/resume`, { reason: 'x' });
    expect(problem(answer)).toEqual([409, 'document-state-conflict']);
    expect(await lastEntry()).toMatchObject({ event: 'document.resumed', outcome: 'refused', document_id: birth.id });
  });

  it('has no business with the citizen’s and the supervisor’s views', async () => {
    for (const path of ['me/documents', 'me/accesses', 'audit/entries']) {
      expect(problem(await system('GET', path))).toEqual([403, 'permission-denied']);
    }
  });
});

describe('a closed dossier', () => {
  it('is no ground for a question any more', async () => {
    const closed = await reuse.dossier(nguyenVanAn);
    await reuse.dossiers.close(closed.id, 'WITHDRAWN');
    const answer = await ask(contextOf(closed));
    expect([...problem(answer), answer.at('errors.0.code')]).toEqual([403, 'dossier-not-assigned', 'DOSSIER_NOT_OPEN']);
  });
});

describe('a document reference', () => {
  it('is worthless to another client, and to the same client for another dossier', async () => {
    const ref = await refOf();
    const neighbour = await reuse.system('mot-cua-2', ward);
    const second = await reuse.dossier(nguyenVanAn);
    for (const [caller, of] of [
      [neighbour, dossier],
      [system, second],
    ] as const) {
      const answer = await caller('POST', 'grants', {
        context: contextOf(of),
        subject: person(an),
        documentRefs: [ref],
      });
      expect([...problem(answer), answer.at('errors.0.code')]).toEqual([
        404,
        'document-not-found',
        'DOCUMENT_REF_INVALID',
      ]);
    }
  });

  it('cannot be a document id', async () => {
    const answer = await system('POST', 'grants', {
      context: contextOf(dossier),
      subject: person(an),
      documentRefs: [birth.id],
    });
    expect(problem(answer)).toEqual([404, 'document-not-found']);
  });
});

describe('a grant', () => {
  it('with the same Idempotency-Key and another body is a conflict', async () => {
    const body = { context: contextOf(dossier), subject: person(an), documentRefs: [await refOf()] };
    expect((await system('POST', 'grants', body, { 'idempotency-key': 'k-1' })).status).toBe(201);
    const other = await system('POST', 'grants', { ...body, maxReads: 7 }, { 'idempotency-key': 'k-1' });
    expect(problem(other)).toEqual([409, 'idempotency-conflict']);
  });

  it('is not there for another client, nor for an official when a system holds it', async () => {
    const grant = await openGrant();
    for (const caller of [stranger, officer]) {
      expect(problem(await contentOf(grant, birth, caller))).toEqual([404, 'grant-not-found']);
    }
  });

  it('covers its documents and no other', async () => {
    const other = await reuse.paper(nguyenVanAn, 'GT.000004');
    expect(problem(await contentOf(await openGrant(), other))).toEqual([404, 'document-not-found']);
  });

  it('gives no more reads than it has', async () => {
    const grant = await openGrant({ maxReads: 1 });
    expect((await contentOf(grant)).status).toBe(200);
    expect(problem(await contentOf(grant))).toEqual([409, 'grant-reads-exhausted']);
    expect(await lastEntry()).toMatchObject({ event: 'document.read', outcome: 'refused', document_id: null });
  });

  it('is over after its last day', async () => {
    const grant = await openGrant();
    await reuse.sql(`UPDATE reuse.access_grant SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      grant.at('grantId'),
    ]);
    const answer = await contentOf(grant);
    expect([...problem(answer), answer.at('errors.0.code')]).toEqual([409, 'grant-expired', 'GRANT_EXPIRED']);
  });

  it('wants a system to say for whom it reads', async () => {
    const grant = await openGrant();
    const path = `grants/${String(grant.at('grantId'))}/documents/${birth.id}/content`;
    expect(problem(await system('GET', path, undefined, { 'x-actor': '' }))).toEqual([400, 'context-missing']);
  });

  it('of a revoked document is refused', async () => {
    const doomed = await reuse.paper(nguyenVanAn, 'GT.000004');
    const answer = await ask(contextOf(dossier));
    const ref = answer.at('components.1.candidates.0.documentRef');
    await system('POST', `documents/${doomed.id}/revoke`, {
      decisionNumber: '1/QĐ',
      decisionDate: '2026-11-20',
      reason: 'Cấp sai',
      effectiveAt: '2026-11-20T00:00:00Z',
    });
    const all = (answer.at('components.1.candidates') as { documentRef: string }[]).map(
      (candidate) => candidate.documentRef,
    );
    const refused = await Promise.all(
      all.map((documentRef) =>
        system('POST', 'grants', { context: contextOf(dossier), subject: person(an), documentRefs: [documentRef] }),
      ),
    );
    expect(ref).toBeDefined();
    expect(refused.map((one) => one.at('code'))).toContain('document-revoked');
  });
});

describe('no log, no access', () => {
  afterEach(() => reuse.sql('GRANT INSERT ON audit.entry TO khoso_app'));

  const breakLog = () => reuse.sql('REVOKE INSERT ON audit.entry FROM khoso_app');

  it('content is refused when its entry cannot be written: nothing is sent, nothing is counted', async () => {
    const grant = await openGrant();
    await breakLog();
    const answer = await contentOf(grant);
    expect(problem(answer)).toEqual([503, 'log-unavailable']);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await reuse.sql('SELECT reads FROM reuse.access_grant WHERE id = $1', [grant.at('grantId')])).toEqual([
      { reads: 0 },
    ]);
  });

  it('a 304 is refused as well', async () => {
    const grant = await openGrant();
    await breakLog();
    const path = `grants/${String(grant.at('grantId'))}/documents/${birth.id}/content`;
    expect((await system('GET', path, undefined, { 'if-none-match': `"sha256:${birth.current.sha256}"` })).status).toBe(
      503,
    );
  });

  it('availability is refused', async () => {
    await breakLog();
    const answer = await ask(contextOf(dossier));
    expect(problem(answer)).toEqual([503, 'log-unavailable']);
    expect(answer.at('components')).toBeUndefined();
  });

  it('a grant is not opened', async () => {
    const ref = await refOf();
    const before = await reuse.sql('SELECT count(*) FROM reuse.access_grant');
    await breakLog();
    const answer = await system('POST', 'grants', {
      context: contextOf(dossier),
      subject: person(an),
      documentRefs: [ref],
    });
    expect(problem(answer)).toEqual([503, 'log-unavailable']);
    expect(await reuse.sql('SELECT count(*) FROM reuse.access_grant')).toEqual(before);
  });

  it('a document is not revoked', async () => {
    await breakLog();
    const answer = await system('POST', `documents/${birth.id}/revoke`, {
      decisionNumber: '1/QĐ',
      decisionDate: '2026-11-20',
      reason: 'x',
      effectiveAt: '2026-11-20T00:00:00Z',
    });
    expect(answer.status).toBe(503);
    expect((await reuse.records.get(birth.id)).state).toBe('ACTIVE');
  });
});

describe('bytes that are not the ones that were signed', () => {
  it('are not sent, not even the first; the document is marked, and the failure logged (FR-33)', async () => {
    const damaged = await reuse.paper(nguyenVanAn, 'GT.000007');
    const ref = (await ask(contextOf(dossier))).at('components.2.candidates.0.documentRef');
    const grant = await system('POST', 'grants', {
      context: contextOf(dossier),
      subject: person(an),
      documentRefs: [ref],
    });
    const files = await readdir(reuse.dataDir, { recursive: true });
    const path = join(reuse.dataDir, files.find((file) => file.endsWith(damaged.current.sha256)) ?? '');
    await chmod(path, 0o600);
    await writeFile(path, Buffer.alloc(damaged.current.bytes, 'x'));

    const answer = await contentOf(grant, damaged);
    expect(problem(answer)).toEqual([500, 'integrity-failed']);
    expect((await reuse.records.get(damaged.id)).state).toBe('INTEGRITY_FAILED');
    expect(await lastEntry()).toMatchObject({
      event: 'document.read',
      outcome: 'failed',
      detail: { code: 'integrity-failed' },
    });
    const again = await contentOf(grant, damaged);
    expect(problem(again)).toEqual([500, 'integrity-failed']);
  });
});

describe('walking through the population number by number (FR-82)', () => {
  const numbered = (n: number) => ({ kind: 'person', personalId: `04209000${String(2000 + n)}` });

  it('stops after so many different people, refused questions counted, and is logged', async () => {
    const actor = { id: 'cb-9999', agencyCode: ward };
    const context = contextOf(dossier, { actor });
    for (const n of [1, 2, 3]) expect((await ask(context, numbered(n))).at('code')).toBe('dossier-not-assigned');
    const stopped = await ask(context, numbered(4));
    expect(problem(stopped)).toEqual([429, 'enumeration-guard']);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await lastEntry()).toMatchObject({
      outcome: 'refused',
      actor: { id: 'cb-9999' },
      detail: { code: 'enumeration-guard' },
    });

    // Somebody already asked about may be asked about again, and another official is not held up.
    expect((await ask(context, numbered(1))).at('code')).toBe('dossier-not-assigned');
    expect((await ask(contextOf(dossier, { actor: { ...actor, id: 'cb-9998' } }))).status).toBe(200);
  });

  it('remembers nobody longer than it has to: who fell out of the window is forgotten by the next question', async () => {
    const sightings = reuse.app.get(SubjectSightings, { strict: false });
    const sight = (watcher: string, subjectKey: string, at: Date) =>
      sightings.note({ watcher, subjectKey, at, since: new Date(at.getTime() - 600_000), limit: 100 });
    const before = new Date(Date.now() - 600_001);
    for (const n of [1, 2, 3]) await sight('account:one who never comes back', `key ${n}`, before);
    await sight('account:somebody else', 'key 1', new Date());
    expect(await reuse.sql(`SELECT FROM reuse.subject_sighting WHERE watcher LIKE '%never comes back'`)).toEqual([]);
    expect(await reuse.sql(`SELECT FROM reuse.subject_sighting WHERE watcher LIKE '%somebody else'`)).toHaveLength(1);
  });

  it('cannot be done by asking in parallel', async () => {
    const sightings = reuse.app.get(SubjectSightings, { strict: false });
    const at = new Date();
    const since = new Date(at.getTime() - 600_000);
    // The first round opens the connections; only then do the others truly meet.
    for (const watcher of ['first', 'second', 'third']) {
      const refusals = await Promise.all(
        Array.from({ length: 15 }, (_, n) =>
          sightings.note({ watcher, subjectKey: `subject-${n}`, at, since, limit: 3 }),
        ),
      );
      expect(refusals.filter((oldest) => oldest === undefined)).toHaveLength(3);
    }
  });

  it('is forgotten as the window moves on', async () => {
    const sightings = reuse.app.get(SubjectSightings, { strict: false });
    const start = Date.UTC(2026, 10, 23, 3);
    const ask = (minute: number, subjectKey: string) =>
      sightings.note({
        watcher: 'patient',
        subjectKey,
        at: new Date(start + minute * 60_000),
        since: new Date(start + (minute - 10) * 60_000),
        limit: 2,
      });
    expect(await ask(0, 'a')).toBeUndefined();
    expect(await ask(4, 'b')).toBeUndefined();
    expect(await ask(9, 'c')).toEqual(new Date(start));
    expect(await ask(10, 'c')).toBeUndefined();
    // Asking about b again keeps b in the window.
    expect(await ask(13, 'b')).toBeUndefined();
    expect(await ask(15, 'd')).toEqual(new Date(start + 10 * 60_000));
  });
});
