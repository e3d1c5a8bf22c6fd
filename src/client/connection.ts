/** One connection's share of a subscription: over one WebSocket, until it ends for whatever reason. */
import { type Client, type ClientOptions, createClient } from 'graphql-ws';
import { RefusedError } from './messages.ts';

export interface ConnectionOptions {
  readonly url: string;
  readonly token?: string | (() => string | Promise<string>);
  readonly webSocketImpl?: unknown;
  /** How often the other end is asked whether it is there, and how long it may take to say so. */
  readonly pingMs: number;
}

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Messages that wait for the consumer; when there are more, the connection is given up and begun again later from its place. */
const waitingMax = 10_000;

/** A client for one connection: it is never reconnected, since whoever reconnects must ask from another position. */
async function clientOf({ url, token, webSocketImpl, pingMs }: ConnectionOptions): Promise<Client> {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let socket: { close(code: number, reason: string): void } | undefined;
  return createClient({
    url,
    webSocketImpl: webSocketImpl ?? globalThis.WebSocket ?? (await import('ws')).WebSocket,
    connectionParams: async () => {
      const given = typeof token === 'function' ? await token() : token;
      return given === undefined ? {} : { authorization: `Bearer ${given}` };
    },
    retryAttempts: 0,
    keepAlive: pingMs,
    on: {
      connected: (opened) => {
        socket = opened as typeof socket;
      },
      ping: (isReceived) => {
        if (!isReceived) waiting = setTimeout(() => socket?.close(4408, 'No pong came'), pingMs);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(waiting);
      },
      closed: () => clearTimeout(waiting),
    },
  } satisfies ClientOptions);
}

/** The results of an operation, until the server completes it or the connection ends. Throws `RefusedError` where trying again
 *  would not help, and whatever ended the connection else. */
export async function* resultsOf<Data>(
  options: ConnectionOptions,
  operation: Operation,
  signal: AbortSignal,
): AsyncGenerator<Data> {
  const client = await clientOf(options);
  const waiting: Data[] = [];
  let wake: () => void = () => undefined;
  let end: { readonly error: unknown } | null = null;
  const finish = (error: unknown) => {
    end ??= { error };
    wake();
  };
  const stop = client.subscribe<Data>(
    { query: operation.query, variables: operation.variables },
    {
      next({ data, errors }) {
        if (errors?.length) return finish(errorOf(errors));
        if (data) waiting.push(data);
        // What has come is used; the rest is asked for anew when it is wanted.
        if (waiting.length >= waitingMax) finish(null);
        else wake();
      },
      error: (error) => finish(errorOf(error)),
      complete: () => finish(null),
    },
  );
  const abort = () => finish(null);
  signal.addEventListener('abort', abort);
  try {
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else if (end !== null) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    const { error = null } = (end ?? {}) as { error?: unknown };
    if (error !== null && !signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    stop();
    await client.dispose();
  }
}

/** Close codes of graphql-transport-ws after which the same request fails again. */
const finalCodes: readonly number[] = [4400, 4406, 4409, 4429];

function errorOf(error: unknown): unknown {
  if (Array.isArray(error)) {
    const [{ message = 'The operation was refused.', extensions } = {} as Told] = error as Told[];
    const told = extensions?.retryable === true ? Error : null;
    return told ? new told(message) : new RefusedError(message, extensions?.code ?? null);
  }
  const { code, reason } = (error ?? {}) as { code?: number; reason?: string };
  if (code !== undefined && finalCodes.includes(code)) return new RefusedError(`${code} ${reason ?? ''}`.trim(), null);
  return error ?? new Error('The connection ended.');
}

interface Told {
  readonly message?: string;
  readonly extensions?: { readonly code?: string; readonly retryable?: boolean };
}
