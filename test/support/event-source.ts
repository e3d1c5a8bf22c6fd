/** A reader of Server-Sent Events, as a browser's EventSource reads them. */
import { onTestFinished, vi } from 'vitest';

export interface StreamEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
}

export class StreamReader {
  readonly events: StreamEvent[] = [];
  isEnded = false;
  private rest = '';

  constructor(
    readonly response: Response,
    readonly leave: () => void,
  ) {
    void this.read();
    onTestFinished(leave);
  }

  /** Resolves with all events when there are so many. */
  async has(count: number): Promise<StreamEvent[]> {
    await vi.waitFor(
      () => {
        if (this.events.length < count) throw new Error(`Only ${JSON.stringify(this.events)}`);
      },
      { timeout: 60_000, interval: 2 },
    );
    return this.events;
  }

  async ends(): Promise<StreamEvent[]> {
    await vi.waitFor(() => this.isEnded || Promise.reject(new Error('It goes on.')), { timeout: 60_000, interval: 2 });
    return this.events;
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.response.body ?? []) this.take(decoder.decode(chunk, { stream: true }));
    } catch {
      // It was left, or cut off: its end is all there is to tell.
    }
    this.isEnded = true;
  }

  private take(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      );
      const event = fields.get('event');
      if (event !== undefined) this.events.push({ event, data: fields.get('data') ?? '', id: fields.get('id') });
    }
  }
}

/** Posts an operation to the stream. */
export const postStream = (url: string, body: object, headers: Record<string, string> = {}): Promise<StreamReader> =>
  open(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify(body),
  });

/** Opens the stream as an EventSource does. */
export function getStream(
  url: string,
  { query, variables = {} }: { readonly query: string; readonly variables?: object },
  headers: Record<string, string> = {},
): Promise<StreamReader> {
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  return open(`${url}/graphql/stream?${search}`, { headers: { accept: 'text/event-stream', ...headers } });
}

async function open(address: string, init: RequestInit): Promise<StreamReader> {
  const leaving = new AbortController();
  const response = await fetch(address, { ...init, signal: leaving.signal });
  return new StreamReader(response, () => leaving.abort());
}
