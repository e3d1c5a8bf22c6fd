/** Deliveries a second to the subscribers of one operation over WebSocket, beside a bare `ws` server that sends the same bytes, in
 *  turns: `node dist/bench/live.js [subscribers] [messages] [rounds]`. The cursors are left out: what is measured is the road from a
 *  message to its readers, who are a process of their own. Prints one JSON line. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket, WebSocketServer } from 'ws';
import { projections } from '../projections/index.ts';
import { publicOnly } from '../src/access/authenticator.ts';
import type { Services } from '../src/graphql/context.ts';
import { defaultLimits } from '../src/graphql/limits.ts';
import { buildXiangyueSchema } from '../src/graphql/schema.ts';
import { buildServer } from '../src/graphql/server.ts';
import { createTelemetry } from '../src/graphql/telemetry.ts';
import type { Live, LiveMessage, LiveSink } from '../src/live/live.ts';
import { openTransports } from '../src/live/transports/open-transports.ts';
import { openDatabase } from '../src/readmodel/database.ts';
import { SqliteReadModel } from '../src/readmodel/sqlite-read-model.ts';
import { MemoryStore } from '../src/store/memory.ts';
import { inTurns } from './turns.ts';

const eventChars = 400;
const query = 'subscription { events { __typename ... on EventRecorded { position event { summary } } } }';
const event = { __typename: 'EventRecorded', event: { summary: '村'.repeat(eventChars / 2) } };

if (process.argv[2] === 'readers') readers(process.argv[3] ?? '', Number(process.argv[4]));
else await measure(Number(process.argv[2] ?? 2_000), Number(process.argv[3] ?? 50), Number(process.argv[4] ?? 5));

/** Opens sockets, says when all are there, and how many messages have come when it is asked for as many. */
function readers(url: string, count: number): void {
  let open = 0;
  let heard = 0;
  let wanted = Number.POSITIVE_INFINITY;
  const tell = () => {
    if (heard < wanted) return;
    heard -= wanted;
    wanted = Number.POSITIVE_INFINITY;
    process.send?.('heard');
  };
  process.on('message', (messages: number) => {
    wanted = messages * count;
    tell();
  });
  process.on('disconnect', () => process.exit());
  const isBare = !url.endsWith('/graphql');
  const next = () => {
    if (open === count) return void process.send?.('ready');
    const socket = new WebSocket(url, isBare ? [] : 'graphql-transport-ws');
    const opened = () => {
      open += 1;
      socket.on('message', () => {
        heard += 1;
        tell();
      });
      if (!isBare) socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
      next();
    };
    if (isBare) socket.once('open', opened);
    else {
      socket.once('open', () => socket.send('{"type":"connection_init"}'));
      socket.once('message', opened);
    }
  };
  next();
}

async function measure(subscribers: number, messages: number, rounds: number): Promise<void> {
  const sinks = new Set<LiveSink>();
  const ours = await serve(sinks, subscribers);
  const bare = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(bare, 'listening');
  const { port } = bare.address() as { port: number };
  const ourReaders = await readersOf(`${ours.url.replace('http', 'ws')}/graphql`, subscribers);
  // Acknowledged sockets subscribe after that.
  while (sinks.size < subscribers) await new Promise((resolve) => setTimeout(resolve, 10));
  const bareReaders = await readersOf(`ws://127.0.0.1:${port}`, subscribers);
  let position = 0;
  let refused = 0;
  const toOurs = (json: string) => {
    const message: LiveMessage = { position, json };
    for (const sink of sinks) if (!sink.send(message)) refused += 1;
  };
  const toBare = (json: string) => {
    const bytes = Buffer.from(`{"id":"1","type":"next","payload":${json}}`);
    for (const socket of bare.clients) socket.send(bytes, { binary: false });
  };
  const rate = async (send: (json: string) => void, reader: Awaited<ReturnType<typeof readersOf>>) => {
    const heard = once(reader, 'message');
    const started = performance.now();
    reader.send(messages);
    for (let sent = 0; sent < messages; sent += 1) {
      position += 1;
      send(JSON.stringify({ data: { events: { ...event, position: String(position) } } }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await heard;
    return (subscribers * messages * 1_000) / (performance.now() - started);
  };
  const measured = await inTurns(
    { ours: () => rate(toOurs, ourReaders), bare: () => rate(toBare, bareReaders) },
    rounds,
  );
  const ratio = Number((measured.ours.median / measured.bare.median).toFixed(2));
  process.stdout.write(
    `${JSON.stringify({ subscribers, messages, rounds, deliveriesPerSecond: measured, ratio, behind: refused })}\n`,
  );
  for (const reader of [ourReaders, bareReaders]) reader.kill();
  for (const socket of bare.clients) socket.terminate();
  bare.close();
  await ours.close();
}

async function readersOf(url: string, count: number) {
  const reader = fork(fileURLToPath(import.meta.url), ['readers', url, String(count)]);
  await once(reader, 'message');
  return reader;
}

/** A server with the roads of subscriptions, over cursors that note who subscribes and no more. */
async function serve(sinks: Set<LiveSink>, subscribers: number) {
  const store = new MemoryStore({ now: Date.now, identity: { id: 'bench', kind: 'simulated' } });
  const readModel = SqliteReadModel.create(openDatabase(':memory:'), projections, 'bench');
  const today = () => '2026-11-24';
  const services: Services = {
    store,
    readModel,
    ledger: { store, today, world: null },
    now: Date.now,
    today,
    waitFor: async () => undefined,
    onApplied: () => () => undefined,
    recordLook: async () => undefined,
    readOnlyBecause: null,
  };
  const many = { socketsMax: subscribers, subscriptionsMax: subscribers, requestsPerSecond: 0 };
  const limits = { ...defaultLimits, ...many };
  const telemetry = createTelemetry({ level: 'warn' });
  const schema = buildXiangyueSchema();
  const server = await buildServer({
    schema,
    services,
    projections,
    limits,
    cacheBytesMax: 0,
    telemetry,
    authenticator: publicOnly,
    contract: { 'schema.graphql': '', 'events.schema.json': '{}' },
    graphiql: { examples: [], folder: 'nowhere' },
  });
  const live: Live = {
    subscribe: (_, sink) => {
      sinks.add(sink);
      return { position: 0, stop: () => sinks.delete(sink) };
    },
    close: async () => sinks.clear(),
  };
  openTransports(server, { live, services, authenticator: publicOnly, limits, telemetry, origins: [], trustProxy: [] });
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const close = async () => {
    await server.app.close();
    readModel.close();
  };
  return { url, close };
}
