import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '#kernel';
import { routesWithoutPermission } from '#platform/auth';
import { ObjectStore } from '#platform/storage';
import { type Answer, base, emptyDraft, sampleDraft, type Signing, startSigning } from './signing-service.js';

let signing: Signing;
let sealed: Buffer;
beforeAll(async () => {
  signing = await startSigning();
  const id = String((await signing.draft((await sampleDraft()).pdf)).at('id'));
  await signing.signer.post(`/requests/${id}/signature`);
  await signing.clerk.post(`/requests/${id}/agency-signature`);
  sealed = (await signing.officer.get(`/requests/${id}/content`)).bytes;
});
afterAll(() => signing.stop());

const verify = (pdf: Uint8Array): Promise<Answer> => signing.citizen.upload('/verifications', {}, pdf);

const changed = (at: number): Buffer => {
  const copy = Buffer.from(sealed);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

describe('the report on a sealed document', () => {
  it('is VALID for both signatures, and says what was not checked', async () => {
    const report = await verify(sealed);
    expect(report.status).toBe(200);
    expect(report.json).toMatchObject({
      verdict: 'VALID',
      sha256: sha256Hex(sealed),
      conclusion: { vi: expect.stringContaining('Hợp lệ'), en: expect.stringContaining('Valid') },
      signatures: [
        {
          verdict: 'VALID',
          signer: { commonName: 'Phạm Quốc Dũng (TEST)' },
          signingTimeSource: 'CLAIMED',
          coverage: { wholeFile: false, laterRevisions: 1 },
        },
        { verdict: 'VALID', coverage: { wholeFile: true, laterRevisions: 0 } },
      ],
    });
    expect(report.at('signatures.1.signer.commonName')).toMatch(/Thành Sen.*\(TEST\)/);
    for (const index of [0, 1]) {
      const checks = report.at(`signatures.${index}.checks`) as { check: string; status: string; answer: object }[];
      const statusOf = (name: string) => checks.find(({ check }) => check === name)?.status;
      expect(['byteRange', 'digest', 'signatureValue', 'path'].map(statusOf)).toEqual(Array(4).fill('PASSED'));
      expect(['revocation', 'timestamp'].map(statusOf)).toEqual(['NOT_CHECKED', 'NOT_CHECKED']);
      expect(checks.find(({ check }) => check === 'revocation')?.answer).toEqual({
        vi: 'Chưa kiểm tra',
        en: 'Not checked',
      });
    }
    const first = report.at('signatures.0.checks') as { check: string; status: string }[];
    expect(first.find(({ check }) => check === 'laterChanges')?.status).toBe('NOT_CHECKED');
  });

  it('shows nothing of the subject but names, for the rest may hold a personal number', async () => {
    const report = await verify(sealed);
    expect(Object.keys(report.at('signatures.0.signer') as object).sort()).toEqual(['commonName', 'organization']);
  });

  it('leaves the file nowhere and a trace in the log', async () => {
    const pdf = Buffer.concat([sealed, Buffer.from('\n')]);
    await verify(pdf);
    expect(await signing.get(ObjectStore).stat(sha256Hex(pdf))).toBeUndefined();
    expect(await readdir(join(signing.dataDir, 'incoming'))).toEqual([]);
    const entries = await signing.audit('signing.signatures-checked');
    expect(entries.some(({ sha256 }) => sha256 === sha256Hex(pdf))).toBe(true);
  });
});

describe('the report on other files', () => {
  it('is INVALID when one byte of the page was changed after signing', async () => {
    const report = await verify(changed(sealed.indexOf('/MediaBox') + 1));
    expect(report.at('verdict')).toBe('INVALID');
  });

  it('is INVALID when one digit of the printed content was changed', async () => {
    const report = await verify(changed(sealed.indexOf('stream') + 40));
    expect(report.json).toMatchObject({
      verdict: 'INVALID',
      reasons: expect.arrayContaining([expect.objectContaining({ key: 'digest-mismatch' })]),
    });
  });

  it('is not VALID when something was hung behind the last signature', async () => {
    const report = await verify(Buffer.concat([sealed, Buffer.from('1 0 obj\n<</Type/Catalog>>\nendobj\n')]));
    expect(['INVALID', 'INDETERMINATE']).toContain(report.at('verdict'));
  });

  it('says of an unsigned PDF that there is no signature', async () => {
    const report = await verify(await emptyDraft());
    expect(report.json).toMatchObject({
      verdict: 'INDETERMINATE',
      signatures: [],
      reasons: [{ key: 'no-signature', vi: 'Tệp không có chữ ký số.' }],
    });
  });

  it('says of what is no PDF that it cannot be read', async () => {
    const report = await verify(Buffer.from('đây không phải là PDF'));
    expect([report.status, report.at('verdict'), report.at('reasons.0.key')]).toEqual([
      200,
      'INDETERMINATE',
      'file-unreadable',
    ]);
  });

  it('never fails, whatever part of a signed file is missing or overwritten', async () => {
    for (let step = 1; step < 40; step++) {
      const at = Math.floor((sealed.length * step) / 40);
      const cut = await verify(sealed.subarray(0, at));
      const torn = Buffer.from(sealed);
      torn.fill(0xff, at, at + 64);
      const overwritten = await verify(torn);
      for (const report of [cut, overwritten]) {
        expect(report.status).toBe(200);
        expect(['INVALID', 'INDETERMINATE']).toContain(report.at('verdict'));
      }
    }
  });

  it('refuses a form without a file, and an empty file, with a typed error', async () => {
    const empty = await verify(Buffer.alloc(0));
    expect([empty.status, empty.at('code')]).toEqual([400, 'upload-empty']);
    const json = await signing.citizen.post('/verifications', {});
    expect([json.status, json.at('code')]).toEqual([415, 'media-type-unsupported']);
  });
});

describe('the interface of the service', () => {
  it('states the permission of every route', () => {
    expect(routesWithoutPermission(signing.app)).toEqual([]);
  });

  it('is described in full by a valid OpenAPI document', async () => {
    const document = (await (await fetch(`${signing.url}/api/signing/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
    const routes = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path.replace(base, '')}`),
    );
    expect(routes.sort()).toEqual(
      [
        'get /keys',
        'get /requests',
        'get /requests/{id}',
        'get /requests/{id}/attachments',
        'get /requests/{id}/attachments/{attachmentId}/content',
        'get /requests/{id}/content',
        'post /keys',
        'post /requests',
        'post /requests/{id}/agency-signature',
        'post /requests/{id}/attachments',
        'post /requests/{id}/rejection',
        'post /requests/{id}/return',
        'post /requests/{id}/signature',
        'post /verifications',
        'put /signature-images/{holder}',
      ].sort(),
    );
  });
});
