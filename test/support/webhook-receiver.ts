/** A receiver of webhooks on a free port of this machine, which answers as its test says. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Id of the event. */
  readonly event: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Ids of the events that came, in their order. */
  events(): string[];
  /** Resolves when so many requests have come. */
  has(count: number): Promise<void>;
}

/** Answers a request; `nth` counts from 0. */
export type Answering = (response: ServerResponse, nth: number) => void;

const ok: Answering = (response) => void response.writeHead(204).end();

/** Answers with statuses in turn, the last one for ever. */
export const statuses =
  (...all: readonly number[]): Answering =>
  (response, nth) =>
    void response.writeHead(all[Math.min(nth, all.length - 1)] as number).end();

/** Opens a receiver, closed when the test has finished. */
export async function openReceiver(answer: Answering = ok): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      const { data } = JSON.parse(body) as { data: { id: string } };
      received.push({ path: request.url ?? '', headers: request.headers, body, event: data.id });
      answer(response, received.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    events: () => received.map(({ event }) => event),
    has: (count) => expect.poll(() => received.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count),
  };
}
