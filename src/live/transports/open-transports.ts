/** The roads of subscriptions: `/graphql` over WebSocket, `/graphql/stream` as Server-Sent Events. */
import { randomBytes } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import proxyAddr from '@fastify/proxy-addr';
import { handleProtocols } from 'graphql-ws';
import { Gauge } from 'prom-client';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Authenticator } from '../../access/authenticator.ts';
import type { GraphQLServer } from '../../graphql/server.ts';
import type { Live } from '../live.ts';
import { Connection } from './connection.ts';
import { EventStreams } from './event-stream.ts';
import type { OperationDeps } from './operations.ts';
import { Places } from './places.ts';
import { protocolOf, speak } from './websocket.ts';

export interface TransportOptions extends Omit<OperationDeps, 'server'> {
  readonly live: Live;
  readonly authenticator: Authenticator;
  /** Origins of pages that may open sockets, beside the server's own; `*` for all. */
  readonly origins: readonly string[];
  /** Proxies whose word on the client's address is taken. */
  readonly trustProxy: readonly string[];
}

const closedMsMax = 2_000;

/** Opens the roads on a server that does not listen yet; they close with it. */
export function openTransports(server: GraphQLServer, options: TransportOptions): void {
  const { limits, telemetry, live } = options;
  const subscriptions = new Places(limits.subscriptionsMax, 'subscriptions');
  const sockets = new Places(limits.socketsMax, 'sockets');
  const deps = { ...options, server, subscriptions, sockets };
  const streams = new EventStreams(deps);
  server.app.route({ method: ['GET', 'POST'], url: '/graphql/stream', handler: streams.handle });
  const webSockets = new WebSockets(deps);
  server.app.server.on('upgrade', webSockets.upgrade);
  // First of all, before requests are refused: whoever is up to date is told where the log stands.
  server.app.addHook('preClose', async () => {
    await live.close();
    streams.goAway();
    await webSockets.goAway();
  });
  watch(telemetry.registry, 'xiangyue_sockets', 'Open sockets and event streams.', sockets);
  watch(telemetry.registry, 'xiangyue_subscriptions', 'Open subscriptions.', subscriptions);
}

function watch(registry: TransportOptions['telemetry']['registry'], name: string, help: string, places: Places): void {
  const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(places.total) });
}

interface WebSocketsDeps extends TransportOptions {
  readonly server: GraphQLServer;
  readonly subscriptions: Places;
  readonly sockets: Places;
}

class WebSockets {
  private readonly accepting: WebSocketServer;
  private readonly protocol: ReturnType<typeof protocolOf>;
  private readonly connections = new Set<Connection>();
  private readonly addressOf: (request: IncomingMessage) => string;
  private readonly prefix = randomBytes(6).toString('hex');
  private requests = 0;
  private isClosing = false;

  constructor(private readonly deps: WebSocketsDeps) {
    this.accepting = new WebSocketServer({
      noServer: true,
      maxPayload: deps.limits.frameBytesMax,
      perMessageDeflate: false,
      // One message a turn: an operation that its client has completed is over before its id comes again.
      allowSynchronousEvents: false,
      // Pings of ours are answered, and theirs.
      autoPong: true,
      handleProtocols,
    });
    this.protocol = protocolOf(deps);
    const isTrusted = deps.trustProxy.length > 0 ? proxyAddr.compile([...deps.trustProxy]) : () => false;
    this.addressOf = (request) => proxyAddr(request, isTrusted);
  }

  /** Takes a connection over, or says over HTTP why not. */
  readonly upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    // Until the socket is open, nobody else hears of its failures.
    const onError = () => stream.destroy();
    stream.on('error', onError);
    const address = this.addressOf(request);
    let giveBack: () => void;
    try {
      if (this.isClosing) return refuse(stream, 503);
      if ((request.url ?? '').split('?')[0] !== '/graphql') return refuse(stream, 404);
      if (!this.isOriginAllowed(request)) return refuse(stream, 403);
      giveBack = this.deps.sockets.take(undefined, address);
    } catch {
      return refuse(stream, 429);
    }
    stream.once('close', giveBack);
    this.accepting.handleUpgrade(request, stream, head, (socket) => {
      stream.off('error', onError);
      this.opened(socket, request, stream, address);
    });
  };

  /** Finishes what runs on the sockets, then closes them. */
  async goAway(): Promise<void> {
    this.isClosing = true;
    await Promise.all([...this.connections].map((connection) => connection.goAway()));
    const ended = [...this.accepting.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    const deadline = new AbortController();
    const late = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, closedMsMax);
      deadline.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    await Promise.race([Promise.all(ended), late]);
    deadline.abort();
    for (const socket of this.accepting.clients) socket.terminate();
  }

  private opened(socket: WebSocket, request: IncomingMessage, stream: Duplex, address: string): void {
    const { authenticator, limits, telemetry, services } = this.deps;
    const connection = new Connection({
      socket,
      stream,
      address,
      authorization: request.headers.authorization,
      authenticator,
      limits,
      telemetry,
      now: services.now,
      newRequestId: () => `${this.prefix}-w${(this.requests++).toString(36)}`,
    });
    this.connections.add(connection);
    socket.once('close', () => this.connections.delete(connection));
    speak(this.protocol, socket, connection, limits);
  }

  /** Programs send no Origin; a page's must be the server's own or be allowed. */
  private isOriginAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    const { origins } = this.deps;
    if (origin === undefined || origins.includes('*') || origins.includes(origin)) return true;
    return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
  }
}

/** Answers over HTTP and closes. */
function refuse(stream: Duplex, status: number): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n`;
  stream.end(`${head}${status === 429 || status === 503 ? 'retry-after: 1\r\n' : ''}\r\n`, () => stream.destroy());
}
