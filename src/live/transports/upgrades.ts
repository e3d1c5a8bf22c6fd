/** Requests for a socket go through the same application as all others: its address, its counts, its refusals. */
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** A request whose client asks for a socket, and the connection that it came by. */
export interface Upgrade {
  readonly socket: Duplex;
  /** What the client has sent beyond the request. */
  readonly head: Buffer;
  /** Takes the connection away from the answer: from then on it is the taker's. */
  readonly take: () => void;
}

/** Sends requests for a WebSocket through the application; `of` tells them there. */
export class Upgrades {
  private readonly open = new WeakMap<IncomingMessage, Upgrade>();

  constructor(private readonly app: FastifyInstance) {
    app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (request.headers.upgrade?.toLowerCase() === 'websocket') this.route(request, socket, head);
      else this.serveWithout(request, socket, head);
    });
  }

  of(request: IncomingMessage): Upgrade | undefined {
    return this.open.get(request);
  }

  private route(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const response = new ServerResponse(request);
    const onError = () => socket.destroy();
    socket.on('error', onError);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as never);
    response.once('finish', () => socket.end());
    this.open.set(request, {
      socket,
      head,
      take: () => {
        response.detachSocket(socket as never);
        socket.off('error', onError);
      },
    });
    this.app.routing(request, response);
  }

  /** A client that would rather speak another protocol (`h2c`) is answered in this one, as RFC 9110 lets a server do: its request
   *  is read again without the wish. */
  private serveWithout({ method, url, rawHeaders }: IncomingMessage, socket: Duplex, head: Buffer): void {
    const lines = [`${method} ${url} HTTP/1.1`];
    for (let at = 0; at < rawHeaders.length; at += 2) {
      if (/^(upgrade|connection|http2-settings)$/i.test(rawHeaders[at] ?? '')) continue;
      lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
    }
    socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
    this.app.server.emit('encrypted' in socket ? 'secureConnection' : 'connection', socket);
  }
}
