import { DomainError } from '#kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { contentDisposition } from './content-disposition.js';
import { parseRange } from './parse-range.js';

export interface ObjectToSend {
  /** Lower-case hexadecimal SHA-256 of the whole object. */
  readonly sha256: string;
  /** Length of the whole object. */
  readonly bytes: number;
  readonly mediaType: string;
  readonly fileName: string;
  /** Default `inline`. */
  readonly disposition?: 'inline' | 'attachment';
  /** Opens the bytes, or the part of them; both ends inclusive. */
  readonly open: (range?: { readonly start: number; readonly end: number }) => Promise<Readable>;
  /**
   * Called once the object could be opened and before the first byte leaves; the place for the audit entry. When it
   * throws, nothing is sent. `REVALIDATE`: the caller has the bytes already and is told so (304).
   */
  readonly beforeSending?: (access: 'READ' | 'REVALIDATE') => Promise<void>;
  /** More headers, e.g. `X-Access-Receipt`, `Link`. Read after `beforeSending`. */
  readonly headers?: () => Readonly<Record<string, string>>;
}

const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);

/**
 * Answers a GET with stored bytes: strong ETag, `Repr-Digest` (RFC 9530), one byte range (RFC 9110 s. 14), 304 for
 * `If-None-Match`. Use with `@Res()`; the reply is sent when the promise is fulfilled.
 * @throws DomainError `range-not-satisfiable`; whatever `open` and `beforeSending` throw
 */
export const sendObject = async (request: FastifyRequest, reply: FastifyReply, object: ObjectToSend): Promise<void> => {
  const etag = `"sha256:${object.sha256}"`;
  const common = {
    etag,
    'repr-digest': `sha-256=:${Buffer.from(object.sha256, 'hex').toString('base64')}:`,
    'accept-ranges': 'bytes',
    // A shared cache would hand out bytes that no audit entry knows of.
    'cache-control': 'private, no-store',
    'content-disposition': contentDisposition(object.disposition ?? 'inline', object.fileName),
  };

  if (matches(request.headers['if-none-match'], etag)) {
    await object.beforeSending?.('REVALIDATE');
    await reply
      .code(304)
      .headers({ ...common, ...object.headers?.() })
      .send();
    return;
  }

  // RFC 9110 s. 13.1.5: with another representation in hand, the caller needs the whole of this one.
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? parseRange(request.headers.range, object.bytes) : undefined;
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${object.bytes}`);
    throw new DomainError('range-not-satisfiable', { bytes: object.bytes });
  }

  const stream = await object.open(range);
  try {
    await object.beforeSending?.('READ');
  } catch (refusal) {
    stream.destroy();
    throw refusal;
  }
  reply.headers({ ...common, 'content-type': object.mediaType, ...object.headers?.() });
  if (range) {
    reply.code(206).headers({
      'content-range': `bytes ${range.start}-${range.end}/${object.bytes}`,
      'content-length': range.end - range.start + 1,
    });
  } else {
    reply.code(200).header('content-length', object.bytes);
  }
  await reply.send(stream);
};
