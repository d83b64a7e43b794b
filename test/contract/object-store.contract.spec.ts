import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createObjectStore, type ObjectStore, S3ObjectStore } from '#platform/storage';
import { startS3 } from '#testing';

const s3 = await startS3('the ObjectStore contract on S3');
const stores = s3 ? (['filesystem', 's3'] as const) : (['filesystem'] as const);
const unlimited = { maxBytes: Number.MAX_SAFE_INTEGER };
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const streamOf = (bytes: Buffer): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += 65536) yield bytes.subarray(at, at + 65536);
    })(),
  );

const collect = async (stream: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

afterAll(() => s3?.stop());

describe.each(stores)('the object store on %s', (kind) => {
  let dataDir: string;
  let store: ObjectStore;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'khoso-objects-'));
    store = createObjectStore({
      objectStore: kind,
      dataDir,
      s3: s3 && {
        endpoint: s3.url,
        region: s3.region,
        bucket: `khoso-${randomBytes(6).toString('hex')}`,
        accessKey: s3.accessKey,
        secretKey: s3.secretKey,
      },
    });
  });

  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  const scratchFiles = (): Promise<string[]> => readdir(join(dataDir, 'incoming'));

  it('can be used', async () => {
    await expect(store.ping()).resolves.toBeUndefined();
  });

  it('keeps a received file under its hash, once, and leaves no scratch file', async () => {
    const bytes = randomBytes(300_000);
    for (let times = 0; times < 2; times += 1) {
      const file = await store.receive(streamOf(bytes), unlimited);
      expect(file).toMatchObject({ sha256: hashOf(bytes), bytes: 300_000 });
      await expect(store.accept(file)).resolves.toEqual({ sha256: hashOf(bytes), bytes: 300_000 });
    }
    expect(await scratchFiles()).toEqual([]);
    expect(await collect(await store.open(hashOf(bytes)))).toEqual(bytes);
    expect(await store.stat(hashOf(bytes))).toEqual({ sha256: hashOf(bytes), bytes: 300_000 });
  });

  it('is not told of a file that is discarded', async () => {
    const file = await store.receive(streamOf(Buffer.from('discarded')), unlimited);
    await file.discard();
    expect(await store.stat(file.sha256)).toBeUndefined();
    expect(await scratchFiles()).toEqual([]);
  });

  it('keeps an object larger than one part of a multipart upload', async () => {
    const bytes = randomBytes(20 * 1024 * 1024 + 17);
    const { sha256 } = await store.accept(await store.receive(streamOf(bytes), unlimited));
    expect((await collect(await store.open(sha256))).equals(bytes)).toBe(true);
  });

  it('keeps bytes of our own, concurrently the same', async () => {
    const bytes = randomBytes(5000);
    const stored = await Promise.all([1, 2, 3, 4].map(() => store.put(bytes)));
    expect(new Set(stored.map((object) => object.sha256))).toEqual(new Set([hashOf(bytes)]));
    expect(await store.read(hashOf(bytes), { maxBytes: 5000 })).toEqual(bytes);
  });

  it('refuses an upload past its limit, an empty one and a broken one, and keeps nothing of them', async () => {
    await expect(store.receive(streamOf(Buffer.alloc(11)), { maxBytes: 10 })).rejects.toMatchObject({
      code: 'upload-too-large',
    });
    await expect(store.receive(streamOf(Buffer.alloc(0)), unlimited)).rejects.toMatchObject({ code: 'upload-empty' });
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half of ');
        throw new Error('connection reset');
      })(),
    );
    await expect(store.receive(broken, unlimited)).rejects.toMatchObject({ code: 'upload-incomplete' });
    expect(await scratchFiles()).toEqual([]);
  });

  it('opens a range, both ends included', async () => {
    const { sha256 } = await store.put(Buffer.from('0123456789'));
    expect(String(await collect(await store.open(sha256, { start: 2, end: 5 })))).toBe('2345');
    expect(String(await collect(await store.open(sha256, { start: 9, end: 9 })))).toBe('9');
  });

  it('says that an unknown object is unknown', async () => {
    const unknown = hashOf(Buffer.from('never stored'));
    await expect(store.open(unknown)).rejects.toMatchObject({ code: 'object-not-found' });
    await expect(store.read(unknown, unlimited)).rejects.toMatchObject({ code: 'object-not-found' });
    await expect(store.checkOut(unknown)).rejects.toMatchObject({ code: 'object-not-found' });
    expect(await store.stat(unknown)).toBeUndefined();
  });

  it('does not read into memory what is larger than the reader allows', async () => {
    const { sha256 } = await store.put(Buffer.alloc(1000, 1));
    await expect(store.read(sha256, { maxBytes: 999 })).rejects.toMatchObject({ code: 'object-too-large' });
  });

  it('gives a verified local copy, which the caller discards', async () => {
    const bytes = randomBytes(100_000);
    const { sha256 } = await store.put(bytes);
    const copy = await store.checkOut(sha256);
    expect(copy).toMatchObject({ sha256, bytes: bytes.length });
    expect(await readFile(copy.path)).toEqual(bytes);
    await copy.discard();
    await expect(access(copy.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses an address that is not a hash, so that none can lead out of the store', async () => {
    await expect(store.open('../../secrets/postgres.json')).rejects.toThrow('64 lower-case hexadecimal');
  });

  it('presigns an address that needs no token, where the store can', async () => {
    if (!(store instanceof S3ObjectStore)) {
      expect(kind).toBe('filesystem');
      return;
    }
    const { sha256 } = await store.put(Buffer.from('for the viewer'));
    const address = await store.presign(sha256, 60, 'application/pdf');
    const response = await fetch(address);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('for the viewer');
    await expect(store.presign(hashOf(Buffer.from('none')), 60, 'application/pdf')).rejects.toMatchObject({
      code: 'object-not-found',
    });
  });
});
