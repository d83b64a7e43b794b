import { randomBytes } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { PDFDocument } from '@cantoo/pdf-lib';
import { Dossiers } from '#domain/dossiers';
import { Owners } from '#domain/records';
import { vietnamDate } from '#kernel';
import { Accounts } from '#platform/auth';
import { partsOf, runService } from '#platform/runtime';
import { FileSystemObjectStore } from '#platform/storage';
import sharp from 'sharp';
import { ingestionService } from '../../../apps/ingestion/src/ingestion.module.js';
import type { Bench } from '../bench.js';
import { inTurn, secondsOf } from '../measuring/rounds.js';
import { median } from '../measuring/statistics.js';
import type { Figure } from '../report/figure.js';
import type { Workshop } from '../workshop.js';

const mebibyte = 2 ** 20;
const agencyCode = 'H27.05.12';
const login = { username: 'canbo-bench', password: 'Kho-So-2026!' };

type Keep = (bytes: Buffer) => Promise<void>;

/** The same bytes never twice: a known object is not written again. */
const fresh = (bytes: Buffer): Buffer => {
  randomBytes(16).copy(bytes, bytes.length - 16);
  return bytes;
};

/** The floor: the bytes in one file, on the disk. */
const plainWrite = async (path: string, bytes: Buffer): Promise<void> => {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Posts one file as a form, the fields first. @throws Error with the answer unless it is 201 */
const post = (
  agent: Agent,
  url: string,
  token: string,
  fields: Readonly<Record<string, string>>,
  file: Buffer,
): Promise<void> => {
  const boundary = 'khoso-bench-boundary';
  const part = (name: string, rest: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${rest}`;
  const head = Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => part(name, `\r\n\r\n${value}\r\n`))
      .join('') + part('file', '; filename="scan.pdf"\r\nContent-Type: application/pdf\r\n\r\n'),
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': head.length + file.length + tail.length,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          if (response.statusCode === 201) resolve();
          else
            reject(
              new Error(`${url} answered ${response.statusCode}: ${Buffer.concat(chunks).toString().slice(0, 400)}`),
            );
        });
      },
    );
    call.on('error', reject);
    call.write(head);
    call.write(file);
    call.end(tail);
  });
};

/** A scan of about 10 MB as a desk scanner makes it: a committed sample's page, several times, at high quality. */
const scanOf = async (pages: number): Promise<Buffer> => {
  const jpeg = await sharp('config/samples/giay-khai-sinh.jpg')
    .withMetadata()
    .jpeg({ quality: 97, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const document = await PDFDocument.create();
  for (let page = 0; page < pages; page += 1) {
    const image = await document.embedJpg(jpeg);
    document.addPage([595, 842]).drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
  }
  return Buffer.concat([await document.save({ useObjectStreams: false }), Buffer.from(`\n% ${'-'.repeat(16)}`)]);
};

/** An officer who may upload, and a dossier to upload to. */
const openDossier = async (env: NodeJS.ProcessEnv): Promise<string> => {
  const { app, stop } = await runService([ingestionService], { env: { ...env, PORT: '0', ROLE: 'api' } });
  try {
    const get = <T>(token: abstract new (...dependencies: never[]) => T): T => app.get(token, { strict: false });
    await get(Accounts).create({
      ...login,
      name: 'Lê Thị Hoa',
      agencyCode,
      roles: ['officer'],
      mustChangePassword: false,
    });
    const owner = await get(Owners).resolve({ kind: 'PERSON_PIN', value: '042090000123' }, { name: 'Nguyễn Văn An' });
    const receivedOn = vietnamDate(new Date());
    const dossier = await get(Dossiers).open({
      procedureCode: '1.004222',
      ownerId: owner.id,
      agencyCode,
      officerId: 'a-1',
      receivedOn,
    });
    return dossier.id;
  } finally {
    await stop();
  }
};

const signIn = async (url: string): Promise<string> => {
  const response = await fetch(`${url}/api/auth/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(login),
  });
  const { accessToken } = (await response.json()) as { accessToken?: string };
  if (accessToken === undefined) throw new Error(`No session: ${response.status}`);
  return accessToken;
};

const compare = async (
  workshop: Workshop,
  measure: string,
  bytes: Buffer,
  rounds: number,
  keep: Keep,
): Promise<Figure> => {
  const path = join(workshop.folder, 'plain');
  const speed = async (work: Keep): Promise<number> => {
    fresh(bytes);
    return bytes.length / mebibyte / (await secondsOf(() => work(bytes)));
  };
  await keep(fresh(bytes));
  const { product, plain } = await inTurn<'product' | 'plain', number>(rounds, {
    product: () => speed(keep),
    plain: async () => {
      const result = await speed((content) => plainWrite(path, content));
      await rm(path);
      return result;
    },
  });
  return {
    measure: `${measure}, ${Math.round(bytes.length / mebibyte)} MiB`,
    value: median(product),
    unit: 'MiB/s',
    better: 'higher',
    beside: { name: 'plain file write and fsync', value: median(plain) },
    samples: `${rounds} files, one after the other`,
  };
};

export const uploadBench: Bench = {
  name: 'upload',
  about:
    'files into the object store, by the store alone, over HTTP, and as a scan with its inspection, beside a plain write and fsync',
  async run(workshop) {
    const { quick } = workshop;
    const scanRounds = quick ? 3 : 15;
    const largeRounds = quick ? 1 : 5;
    const scanSized = randomBytes(10 * mebibyte);
    const large = randomBytes((quick ? 64 : 256) * mebibyte);
    const maxBytes = 2 ** 30;

    const root = join(workshop.folder, 'store');
    await mkdir(root);
    const store = new FileSystemObjectStore(root);
    const byStore: Keep = async (bytes) => {
      // As a socket gives it.
      const pieces = Readable.from(chunksOf(bytes, 64 * 1024), { objectMode: false });
      await store.accept(await store.receive(pieces, { maxBytes }));
    };

    const database = await workshop.database('bench_upload', partsOf([ingestionService]));
    const env = workshop.environment(database, {
      UPLOAD_MAX_BYTES: String(maxBytes),
      DOSSIER_MAX_BYTES: String(64 * maxBytes),
    });
    const dossierId = await openDossier(env);
    const agent = new Agent({ keepAlive: true });
    const sink = await workshop.serve('test/bench/upload/object-sink.child.js', env);
    const token = await signIn(sink.url);
    const overHttp: Keep = (bytes) => post(agent, `${sink.url}/api/ingestion/v1/objects`, token, {}, bytes);
    const figures = [
      await compare(workshop, 'receive and accept by the store', scanSized, scanRounds, byStore),
      await compare(workshop, 'receive and accept by the store', large, largeRounds, byStore),
      await compare(workshop, 'HTTP upload into the store', scanSized, scanRounds, overHttp),
      await compare(workshop, 'HTTP upload into the store', large, largeRounds, overHttp),
    ];
    await sink.stop();

    const ingestion = await workshop.serve('apps/ingestion/src/main.js', { ...env, ROLE: 'api' });
    const pages = quick ? 2 : 5;
    const scan = await scanOf(pages);
    const url = `${ingestion.url}/api/ingestion/v1/dossiers/${dossierId}/components/TP-01/scans`;
    const fields = { documentTypeCode: 'KQ.G15.000031', submissionForm: 'ORIGINAL', declaredPages: String(pages) };
    const asScan: Keep = (bytes) => post(agent, url, token, fields, bytes);
    figures.push(
      await compare(workshop, `scan of ${pages} pages to its 201, inspection included`, scan, quick ? 1 : 5, asScan),
    );
    await ingestion.stop();
    agent.destroy();
    return figures;
  },
};

const chunksOf = function* (bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};
