/** The readers of bench/crowd.ts, in a process of their own: half by WebSocket, half by Server-Sent Events. */
import { get } from 'node:http';
import { WebSocket } from 'ws';

/** What the readers have heard since the last report. */
export interface Heard {
  readonly deliveries: number;
  /** Deliveries of each reader. */
  readonly counts: readonly number[];
  /** Messages whose position was not above the one before. */
  readonly outOfOrder: number;
  readonly delayMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const query = (after: string) =>
  `subscription { events${after} { __typename ... on EventRecorded { position event { id type recordedAt summary(lang: ZH) } } ... on CaughtUp { position } } }`;
const atATime = 50;

/** Opens the readers and tells the parent; a negative number of readers asks for the whole log and reads nothing of it. */
export async function openReaders(url: string, count: number): Promise<void> {
  const isStalled = count < 0;
  const all = Math.abs(count);
  let counts = new Array<number>(all).fill(0);
  const positions = new Array<number>(all).fill(0);
  let delays: number[] = [];
  let outOfOrder = 0;
  const hear = (reader: number, text: string) => {
    const recordedAt = /"recordedAt":"([^"]+)"/.exec(text)?.[1];
    if (recordedAt === undefined) return;
    const position = Number(/"position":"(\d+)"/.exec(text)?.[1]);
    if (position <= (positions[reader] as number)) outOfOrder += 1;
    positions[reader] = position;
    counts[reader] = (counts[reader] as number) + 1;
    delays.push(Date.now() - Date.parse(recordedAt));
  };
  process.on('message', () => {
    const sorted = delays.sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    const delayMs = { p50: at(0.5), p99: at(0.99), max: at(1) };
    process.send?.({ deliveries: sorted.length, counts, outOfOrder, delayMs } satisfies Heard);
    counts = new Array<number>(all).fill(0);
    delays = [];
    outOfOrder = 0;
  });
  process.on('disconnect', () => process.exit());
  const operation = query(isStalled ? '(after: "0")' : '');
  const open = (reader: number) =>
    reader % 2 === 0
      ? bySocket(url, operation, isStalled, reader, hear)
      : byStream(url, operation, isStalled, reader, hear);
  for (let reader = 0; reader < all; reader += atATime) {
    await Promise.all(Array.from({ length: Math.min(atATime, all - reader) }, (_, at) => open(reader + at)));
  }
  process.send?.('ready');
}

type Hear = (reader: number, text: string) => void;

function bySocket(url: string, operation: string, isStalled: boolean, reader: number, hear: Hear): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('error', isStalled ? () => undefined : reject);
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.once('message', () => {
      socket.send(JSON.stringify({ id: String(reader), type: 'subscribe', payload: { query: operation } }));
      if (isStalled) {
        socket.pause();
        resolve();
        return;
      }
      socket.on('message', (text) => hear(reader, String(text)));
      // Its first message says that it is at the head.
      socket.once('message', () => resolve());
    });
  });
}

function byStream(url: string, operation: string, isStalled: boolean, reader: number, hear: Hear): Promise<void> {
  return new Promise((resolve, reject) => {
    const address = `${url}/graphql/stream?query=${encodeURIComponent(operation)}`;
    const request = get(address, { agent: false, headers: { accept: 'text/event-stream' } }, (response) => {
      response.on('error', () => undefined);
      if (isStalled) {
        response.pause();
        resolve();
        return;
      }
      let rest = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        const events = (rest + text).split('\n\n');
        rest = events.pop() ?? '';
        for (const event of events) hear(reader, event);
        resolve();
      });
    });
    request.on('error', isStalled ? () => undefined : reject);
  });
}
