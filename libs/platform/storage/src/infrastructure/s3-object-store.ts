import { Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Client } from 'minio';
import { DomainError } from '#kernel';
import type { ByteRange, ReceivedFile, StoredObject } from '../object-store.port.js';
import { objectName } from './object-name.js';
import { ScratchFolder } from './scratch-folder.js';
import { ScratchObjectStore } from './scratch-object-store.js';

export interface S3Options {
  /** e.g. `https://s3.example.vn:9000`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

// What is held in memory per upload; larger objects go up in parts of this size (S3 wants at least 5 MiB).
const partBytes = 8 * 1024 * 1024;
const maxLinkSeconds = 300;
const headers = { 'Content-Type': 'application/octet-stream' };

/**
 * Objects in a bucket of any S3-compatible store. A bucket we make has object lock and versioning where the server knows
 * them; on one that exists versioning is switched on if we may.
 */
export class S3ObjectStore extends ScratchObjectStore {
  private readonly logger = new Logger(S3ObjectStore.name);
  private readonly client: Client;
  private readonly bucket: string;
  private readonly region: string;
  private ready?: Promise<void>;

  constructor(options: S3Options, scratchRoot: string) {
    super(new ScratchFolder(join(scratchRoot, 'incoming')));
    const endpoint = new URL(options.endpoint);
    const useSSL = endpoint.protocol === 'https:';
    this.client = new Client({
      endPoint: endpoint.hostname,
      port: endpoint.port ? Number(endpoint.port) : useSSL ? 443 : 80,
      useSSL,
      accessKey: options.accessKey,
      secretKey: options.secretKey,
      region: options.region,
      pathStyle: true,
    });
    this.bucket = options.bucket;
    this.region = options.region;
  }

  override async accept(file: ReceivedFile): Promise<StoredObject> {
    const { sha256, bytes } = file;
    const known = await this.stat(sha256);
    if (known?.bytes !== bytes)
      await this.upload(sha256, createReadStream(file.path, { highWaterMark: partBytes }), bytes);
    await file.discard();
    return { sha256, bytes };
  }

  override async put(bytes: Uint8Array): Promise<StoredObject> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const known = await this.stat(sha256);
    if (known?.bytes !== bytes.length) {
      await this.upload(sha256, partsOf(bytes), bytes.length);
    }
    return { sha256, bytes: bytes.length };
  }

  override async stat(sha256: string): Promise<StoredObject | undefined> {
    await this.ensureBucket();
    const found = await this.client
      .statObject(this.bucket, objectName(sha256))
      .catch((error: unknown) => (isMissing(error) ? undefined : refuse(error)));
    return found && { sha256, bytes: found.size };
  }

  override async ping(): Promise<void> {
    if (!(await this.client.bucketExists(this.bucket).catch(refuse))) await this.ensureBucket();
  }

  /**
   * An address from which anyone who has it can fetch the object directly from the store until it expires.
   * @param seconds at most 300
   * @throws DomainError `object-not-found`
   */
  async presign(sha256: string, seconds: number, mediaType: string): Promise<string> {
    if (!(await this.stat(sha256))) throw new DomainError('object-not-found');
    return this.client
      .presignedGetObject(this.bucket, objectName(sha256), Math.min(seconds, maxLinkSeconds), {
        'response-content-type': mediaType,
      })
      .catch(refuse);
  }

  protected override async openUnverified(sha256: string, range?: ByteRange): Promise<Readable> {
    await this.ensureBucket();
    const name = objectName(sha256);
    const opened = range
      ? this.client.getPartialObject(this.bucket, name, range.start, range.end - range.start + 1)
      : this.client.getObject(this.bucket, name);
    return opened.catch((error: unknown) => {
      if (isMissing(error)) throw new DomainError('object-not-found');
      return refuse(error);
    });
  }

  private async upload(sha256: string, parts: AsyncIterable<Buffer>, bytes: number): Promise<void> {
    const name = objectName(sha256);
    await (bytes <= partBytes ? this.uploadWhole(name, parts) : this.uploadInParts(name, parts)).catch(refuse);
    const stored = await this.stat(sha256);
    if (stored?.bytes === bytes) return;
    throw new DomainError(
      'storage-unavailable',
      {},
      { cause: new Error('The store acknowledged what it does not have') },
    );
  }

  private async uploadWhole(name: string, parts: AsyncIterable<Buffer>): Promise<void> {
    for await (const part of parts) await this.client.putObject(this.bucket, name, part, part.length, headers);
  }

  // By hand: the client's own multipart upload resumes whatever unfinished upload it finds under the name, and two
  // replicas that store the same object at once would mix their parts.
  private async uploadInParts(name: string, parts: AsyncIterable<Buffer>): Promise<void> {
    const uploadID = await this.client.initiateNewMultipartUpload(this.bucket, name, headers);
    try {
      const done: { part: number; etag: string }[] = [];
      for await (const part of parts) {
        const partNumber = done.length + 1;
        const md5 = createHash('md5').update(part).digest('base64');
        const partConfig = {
          bucketName: this.bucket,
          objectName: name,
          uploadID,
          partNumber,
          headers: { 'Content-MD5': md5 },
        };
        const { etag } = await this.client.uploadPart(partConfig, part);
        done.push({ part: partNumber, etag });
      }
      await this.client.completeMultipartUpload(this.bucket, name, uploadID, done);
    } catch (error) {
      await this.client.abortMultipartUpload(this.bucket, name, uploadID).catch(() => undefined);
      throw error;
    }
  }

  private ensureBucket(): Promise<void> {
    this.ready ??= this.prepareBucket().catch((error: unknown) => {
      this.ready = undefined;
      return refuse(error);
    });
    return this.ready;
  }

  private async prepareBucket(): Promise<void> {
    if (!(await this.client.bucketExists(this.bucket))) {
      await this.client.makeBucket(this.bucket, this.region, { ObjectLocking: true }).catch((error: unknown) => {
        // Another replica was quicker.
        if (!['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'].includes(codeOf(error))) throw error;
      });
    }
    try {
      const { Status } = (await this.client.getBucketVersioning(this.bucket)) ?? {};
      if (Status !== 'Enabled') await this.client.setBucketVersioning(this.bucket, { Status: 'Enabled' });
    } catch (error) {
      this.logger.warn(
        `Bucket ${this.bucket} keeps no versions (${codeOf(error)}); switch versioning on where the server allows it`,
      );
    }
  }
}

async function* partsOf(bytes: Uint8Array): AsyncIterable<Buffer> {
  for (let at = 0; at === 0 || at < bytes.length; at += partBytes)
    yield Buffer.from(bytes.subarray(at, at + partBytes));
}

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);

const isMissing = (error: unknown): boolean => ['NoSuchKey', 'NotFound'].includes(codeOf(error));

const refuse = (cause: unknown): never => {
  throw cause instanceof DomainError ? cause : new DomainError('storage-unavailable', {}, { cause });
};
