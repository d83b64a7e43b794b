import { DomainError } from '#kernel';
import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';

export interface MultipartLimits {
  /** Of the file. */
  readonly maxBytes: number;
  /** Of one text field; default 64 KiB. */
  readonly maxFieldBytes?: number;
  /** Default 32. */
  readonly maxFields?: number;
}

/** A form with its text fields read and its file about to be: the fields come first on the wire, the file last. */
export interface MultipartUpload {
  /** By name; of a name given twice, the last. */
  readonly fields: Readonly<Record<string, string>>;
  readonly file: {
    readonly fieldName: string;
    /** As the caller says; for display, never for a path. */
    readonly fileName: string;
    /** As the caller says; judge by content. */
    readonly declaredMediaType: string;
    /** Ends one byte past `maxBytes` at most, so `ObjectStore.receive` with the same limit sees what is too large. */
    readonly stream: Readable;
  };
  /** Call when the stream has been read to its end. @throws DomainError `multipart-invalid` when anything follows the file */
  finish(): Promise<void>;
}

// Headers and boundaries of the parts around the file.
const envelopeBytes = 1024 * 1024;

const invalid = (reason: string) => new DomainError('multipart-invalid', { reason });

/**
 * Reads a `multipart/form-data` request as a stream: nothing but the text fields is held in memory.
 * @throws DomainError `multipart-invalid`, `media-type-unsupported`, and `upload-too-large` at once when the announced length is past the limit
 */
export const receiveMultipart = async (request: FastifyRequest, limits: MultipartLimits): Promise<MultipartUpload> => {
  if (!request.isMultipart()) throw new DomainError('media-type-unsupported');
  const { maxBytes, maxFieldBytes = 64 * 1024, maxFields = 32 } = limits;
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + envelopeBytes) {
    throw new DomainError('upload-too-large', { maxBytes });
  }

  const parts = request.parts({
    limits: { fileSize: maxBytes + 1, files: 2, fields: maxFields, fieldSize: maxFieldBytes },
  });
  const fields: Record<string, string> = {};
  for (let next = await parts.next(); !next.done; next = await parts.next()) {
    const part = next.value;
    if (part.type === 'file') {
      return {
        fields,
        file: {
          fieldName: part.fieldname,
          fileName: part.filename,
          declaredMediaType: part.mimetype,
          stream: part.file,
        },
        finish: async () => {
          const after = await parts.next();
          if (after.done) return;
          if (after.value.type === 'file') after.value.file.resume();
          throw invalid(after.value.type === 'file' ? 'second-file' : 'field-after-file');
        },
      };
    }
    if (part.valueTruncated || part.fieldnameTruncated) throw invalid('field-too-long');
    fields[part.fieldname] = typeof part.value === 'string' ? part.value : JSON.stringify(part.value);
  }
  throw invalid('no-file');
};
