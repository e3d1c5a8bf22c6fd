/** How the server stops: new requests are refused, running ones are finished, and nobody keeps it from ending. */
import type { FastifyInstance } from 'fastify';
import { CodedError } from '../es/errors.ts';

/** Some of the ten seconds are left for what is written to disk at the end. */
const finishMsMax = 8_000;
const idleCheckMs = 50;

/** A connection that is answered while the server closes would stay open until its other end tires of it. */
export function closeInTime(app: FastifyInstance): void {
  let ends: readonly NodeJS.Timeout[] = [];
  app.addHook('preClose', async () => {
    const idle = setInterval(() => app.server.closeIdleConnections(), idleCheckMs);
    ends = [idle, setTimeout(() => app.server.closeAllConnections(), finishMsMax)];
  });
  app.addHook('onClose', async () => {
    for (const end of ends) clearTimeout(end);
  });
}

/** Connections that stay open while the server closes are told so, whatever they ask. */
export function refuseWhileClosing(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onRequest', (_, reply, done) => {
    if (!isClosing) return done();
    reply.raw.setHeader('connection', 'close');
    done(new CodedError('E_UNAVAILABLE', 'The server is stopping.'));
  });
}
