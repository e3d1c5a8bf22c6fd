/** Operations that this server knows by the SHA-256 of their text: a client sends the hash instead of the text. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { CodedError } from '../es/errors.ts';

const documentId = /^sha256:([0-9a-f]{64})$/;

export class PersistedDocuments {
  private readonly byHash: ReadonlyMap<string, string>;

  /** Only these: no request adds another one. */
  constructor(texts: readonly string[]) {
    this.byHash = new Map(texts.map((text) => [sha256(text), text]));
  }

  /** The text of a document id (`sha256:` and 64 hexadecimal digits). Errors: `PERSISTED_QUERY_NOT_FOUND`. */
  textOf(id: string): string {
    const text = this.byHash.get(documentId.exec(id)?.[1] ?? '');
    // The words that clients of automatic persisted queries look for.
    if (text === undefined) throw new CodedError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    return text;
  }

  /** Opens `/graphql/documents`, the list of what is known. */
  open(app: FastifyInstance): void {
    const documents = [...this.byHash].map(([hash, query]) => ({ documentId: `sha256:${hash}`, query }));
    app.get('/graphql/documents', (_, reply) => reply.header('cache-control', 'no-cache').send({ documents }));
  }
}

/** In hexadecimal, lower case. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
