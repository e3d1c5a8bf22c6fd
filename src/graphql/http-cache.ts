/** What caches between server and reader may do with the answer to a GET. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../access/principal.ts';

const yearSeconds = 31_536_000;
const tagChars = 22;

/** A weak tag: what the answer rests on may move while the data stays the same. */
export const entityTag = (data: string): string =>
  `W/"${createHash('sha256').update(data).digest('base64url').slice(0, tagChars)}"`;

export interface Freshness {
  /** Of the data. */
  readonly tag: string;
  /** True where the answer can never change. */
  readonly isPinned: boolean;
  /** Who asked: what a credential was shown is nobody else's. */
  readonly principal: Principal;
}

/** Sends an answer with its tag, or says that the reader has it already. */
export function sendFresh(
  request: FastifyRequest,
  reply: FastifyReply,
  body: string | Buffer,
  freshness: Freshness,
): FastifyReply {
  return isHeld(request, reply, freshness) ? sendHeld(reply) : reply.send(body);
}

/** Says what caches may do with the answer; true where the reader has it already. */
export function isHeld(request: FastifyRequest, reply: FastifyReply, { tag, isPinned, principal }: Freshness): boolean {
  const whose = principal.kind === 'anonymous' ? 'public' : 'private';
  const policy = isPinned ? `${whose}, max-age=${yearSeconds}, immutable` : `${whose}, no-cache`;
  reply.header('etag', tag).header('cache-control', policy).header('vary', varyWith(reply));
  return holds(request.headers['if-none-match'], tag);
}

/** Says that the reader has it already. */
export const sendHeld = (reply: FastifyReply): FastifyReply => reply.removeHeader('content-type').code(304).send();

const own = 'authorization, accept';

/** What others have said that the answer varies with stays. */
function varyWith(reply: FastifyReply): string {
  const before = reply.getHeader('vary');
  return before === undefined ? own : `${String(before)}, ${own}`;
}

/** Compared weakly, as for reading. */
function holds(asked: string | undefined, tag: string): boolean {
  if (asked === undefined) return false;
  if (asked.trim() === '*') return true;
  return asked.split(',').some((each) => each.trim().replace(/^W\//, '') === tag.slice(2));
}
