import { sendObject } from '#platform/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReadableContent } from './readable-content.js';

/** Streams the content with digest, ETag and the receipt of its audit entry; the entry is committed before the first byte. */
export const serveContent = (request: FastifyRequest, reply: FastifyReply, content: ReadableContent): Promise<void> => {
  let receipt = '';
  return sendObject(request, reply, {
    sha256: content.sha256,
    bytes: content.bytes,
    mediaType: content.mediaType,
    fileName: content.fileName,
    open: (range) => content.open(range),
    beforeSending: async (access) => {
      receipt = await content.record(access);
    },
    headers: () => ({
      'x-access-receipt': receipt,
      // RFC 5829: the successor, for whoever may see it.
      ...(content.successorId && {
        link: `</api/reuse/v1/documents/${content.successorId}/chain>; rel="successor-version"`,
      }),
    }),
  });
};
