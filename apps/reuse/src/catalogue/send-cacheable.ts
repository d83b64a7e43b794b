import { canonicalJson, sha256Hex } from '#kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Answers with public catalogue data that the caller may keep for five minutes; 304 when it has the same already. */
export const sendCacheable = async (request: FastifyRequest, reply: FastifyReply, body: object): Promise<void> => {
  const json = canonicalJson(JSON.parse(JSON.stringify(body)));
  const etag = `"${sha256Hex(json)}"`;
  reply.headers({ etag, 'cache-control': 'private, max-age=300' });
  const known = request.headers['if-none-match']?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  if (known) await reply.code(304).send();
  else await reply.type('application/json; charset=utf-8').send(json);
};
