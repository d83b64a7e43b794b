import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { TestDomain } from './records-domain.js';

let domain: TestDomain;
beforeAll(async () => {
  domain = await TestDomain.start();
});
afterAll(() => domain.stop());

const outbox = async (subject: string): Promise<{ id: string; type: string; source: string; data: object }[]> =>
  (await domain.admin.query('SELECT id, type, source, data FROM platform.outbox WHERE subject = $1', [subject])).rows;

const jobs = async (key: string): Promise<{ name: string; queue: string; payload: object }[]> =>
  (await domain.admin.query('SELECT name, queue, payload FROM queue.job WHERE key = $1', [key])).rows;

describe('telling an event', () => {
  it('writes the CloudEvent and one job for each subscriber, under the id of the event', async () => {
    const documentId = newId();
    await domain.events.publish('vn.khoso.document.revoked.v1', { documentId });
    const [event] = await outbox(documentId);
    expect(event).toMatchObject({
      type: 'vn.khoso.document.revoked.v1',
      source: '/khoso/document',
      data: { documentId },
    });
    expect(await jobs(event?.id ?? '')).toEqual([
      {
        name: 'reuse.tell-dossiers',
        queue: 'reuse',
        payload: { id: event?.id, type: 'vn.khoso.document.revoked.v1', data: { documentId } },
      },
    ]);
  });

  it('is written for readers outside even when nobody inside acts on it', async () => {
    const documentId = newId();
    await domain.events.publish('vn.khoso.document.confirmed.v1', { documentId });
    const [event] = await outbox(documentId);
    expect(event?.type).toBe('vn.khoso.document.confirmed.v1');
    expect(await jobs(event?.id ?? '')).toEqual([]);
  });

  it('is about the scan or the dossier where there is one', async () => {
    const [scanId, dossierId] = [newId(), newId()];
    await domain.events.publish('vn.khoso.scan.signature-failed.v1', { scanId, code: 'signing-key-locked' });
    await domain.events.publish('vn.khoso.dossier.closed.v1', {
      dossierId,
      dossierCode: 'H27.05.12-261123-0001',
      status: 'DECIDED',
    });
    expect(await outbox(scanId)).toMatchObject([{ source: '/khoso/scan' }]);
    expect(await outbox(dossierId)).toMatchObject([{ source: '/khoso/dossier' }]);
  });

  it('did not happen when what it tells of did not', async () => {
    const documentId = newId();
    const failing = domain.transactions.run(async () => {
      await domain.events.publish('vn.khoso.document.revoked.v1', { documentId });
      expect(
        await domain.transactions.manager.query('SELECT FROM platform.outbox WHERE subject = $1', [documentId]),
      ).toHaveLength(1);
      throw new Error('the use case fails after all');
    });
    await expect(failing).rejects.toThrow('after all');
    expect(await outbox(documentId)).toEqual([]);
    const { rows } = await domain.admin.query(`SELECT FROM queue.job WHERE payload->'data'->>'documentId' = $1`, [
      documentId,
    ]);
    expect(rows).toEqual([]);
  });
});
