import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { newId, sha256Hex } from '#kernel';
import { EventPublisher } from '#domain/events';
import { PdfDocument, rectangleOf } from '#engines/pdf';
import { readSignatureFields } from '#engines/signatures';
import { ObjectStore } from '#platform/storage';
import { signaturesOf, verifyWithOpenssl } from './signing-judges.js';
import { emptyDraft, type Signing, startSigning } from './signing-service.js';

let signing: Signing;
beforeAll(async () => {
  signing = await startSigning();
});
afterAll(() => signing.stop());

const ask = async (scanId: string, pdf: Uint8Array, sha256?: string): Promise<void> => {
  const stored = await signing.get(ObjectStore).put(pdf);
  await signing.get(EventPublisher).publish('vn.khoso.scan.signature-requested.v1', {
    scanId,
    documentId: newId(),
    sha256: sha256 ?? stored.sha256,
    officerId: signing.officer.id,
    officerName: signing.officer.name,
    scannedAt: '2026-03-05T16:29:22+07:00',
  });
};

const told = (type: string, scanId: string) =>
  signing.sql('SELECT data FROM platform.outbox WHERE type = $1 AND subject = $2', [type, scanId]);
const jobsOf = (scanId: string) =>
  signing.sql(
    `SELECT state, error FROM queue.job WHERE name = 'signing.sign-scan' AND payload -> 'data' ->> 'scanId' = $1`,
    [scanId],
  );
const settled = (scanId: string, jobs: number) =>
  signing.eventually(
    `SELECT 1 FROM queue.job WHERE name = 'signing.sign-scan' AND payload -> 'data' ->> 'scanId' = $1
     AND state IN ('DONE', 'FAILED') HAVING count(*) = ${jobs}`,
    [scanId],
  );

describe('the signature of the officer who scanned (FR-38, FR-39)', () => {
  it('goes top left on page 1, with name and scan time, and stands up to OpenSSL', async () => {
    const scanId = newId();
    const scan = await readFile('config/samples/trich-luc-ket-hon.pdf');
    await ask(scanId, scan);
    await settled(scanId, 1);
    const [event] = await told('vn.khoso.scan.signed.v1', scanId);
    expect(event?.['data']).toMatchObject({ scanId, signer: 'Lê Thị Hoa', verdict: 'VALID' });
    const { sha256, bytes } = event?.['data'] as { sha256: string; bytes: number };
    const signed = await signing.get(ObjectStore).read(sha256, { maxBytes: 50 * 2 ** 20 });
    expect(signed.length).toBe(bytes);
    expect(signed.subarray(0, scan.length).equals(scan)).toBe(true);
    expect(await verifyWithOpenssl(signed, signing.rootFile)).toBe(1);

    const document = PdfDocument.open(signed);
    const page = document.page(0);
    const widget = readSignatureFields(document)[0]?.widgets[0];
    const box = page.geometry.toDisplay(rectangleOf(document, widget?.dict.get('Rect')) ?? [0, 0, 0, 0]);
    expect(box.x).toBeLessThan(40);
    expect(box.x + box.width).toBeLessThan(page.geometry.width / 2);
    expect(box.y).toBeGreaterThan(page.geometry.height * 0.9);
  });

  it('is made once, however often it is asked for', async () => {
    const scanId = newId();
    await ask(scanId, await emptyDraft());
    await ask(scanId, await emptyDraft());
    await settled(scanId, 2);
    await ask(scanId, await emptyDraft());
    await settled(scanId, 3);
    expect((await jobsOf(scanId)).map(({ state }) => state)).toEqual(['DONE', 'DONE', 'DONE']);
    expect(await told('vn.khoso.scan.signed.v1', scanId)).toHaveLength(1);
    const [row] = await signing.sql('SELECT sha256 FROM signing.signed_scan WHERE scan_id = $1', [scanId]);
    const signed = await signing.get(ObjectStore).read(String(row?.['sha256']), { maxBytes: 50 * 2 ** 20 });
    expect(signaturesOf(signed)).toHaveLength(1);
    const entries = await signing.audit('signing.scan-signed');
    expect(entries.filter(({ detail }) => (detail as { scanId: string }).scanId === scanId)).toHaveLength(1);
  });

  it.each([
    ['a file that is no PDF', Buffer.from('xin chào'), undefined, 'pdf-not-a-pdf'],
    ['bytes that are not in the store', Buffer.from('a'), sha256Hex('nowhere'), 'object-not-found'],
  ])('tells ingestion when it cannot be made: %s', async (_, pdf, sha256, code) => {
    const scanId = newId();
    await ask(scanId, pdf, sha256);
    await settled(scanId, 1);
    expect((await jobsOf(scanId))[0]).toMatchObject({ state: 'FAILED' });
    const [event] = await told('vn.khoso.scan.signature-failed.v1', scanId);
    expect(event?.['data']).toEqual({ scanId, code });
  });
});
