/** One try of a delivery over HTTP: a POST to a checked address, with an end, whatever the receiver does. */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { CodedError } from '../es/errors.ts';
import { checkedLookup, type Resolve, targetUrl } from './address.ts';
import type { WebhookSettings } from './settings.ts';

export interface PosterOptions {
  readonly settings: Pick<WebhookSettings, 'tryMsMax' | 'connectMsMax' | 'answerBytesMax'>;
  readonly resolve: Resolve;
  readonly isPrivateAllowed: boolean;
}

/** What came back: a status, or why none did, in words without anything that the receiver said. */
export type Answer = { readonly status: number; readonly retryAfter?: string } | { readonly failure: string };

const idleSocketsMax = 4;
const agentOptions = { keepAlive: true, maxFreeSockets: idleSocketsMax };

export class Poster {
  private readonly agents = { 'http:': new HttpAgent(agentOptions), 'https:': new HttpsAgent(agentOptions) };

  constructor(private readonly options: PosterOptions) {}

  /** Sends once; redirects are not followed. Never rejects. An aborted signal ends it at once. */
  async post(
    address: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<Answer> {
    try {
      const url = targetUrl(address, this.options.isPrivateAllowed);
      const answer = await this.try(url, headers, body, signal);
      // A connection that was kept open may have been closed just when it was used again: that is no failure of the receiver.
      return answer === 'stale'
        ? ended(await this.try(url, { ...headers, connection: 'close' }, body, signal))
        : answer;
    } catch (error) {
      return { failure: reasonOf(error) };
    }
  }

  /** Closes the connections that are kept open. */
  close(): void {
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  private try(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<Answer | 'stale'> {
    const { settings, resolve, isPrivateAllowed } = this.options;
    const options: RequestOptions = {
      method: 'POST',
      headers,
      signal,
      lookup: checkedLookup(resolve, isPrivateAllowed),
      agent: this.agents[url.protocol as 'http:' | 'https:'],
    };
    return new Promise((settle) => {
      const request = url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
      const overdue = setTimeout(() => request.destroy(new Error('no answer in time')), settings.tryMsMax);
      let answer: Answer | undefined;
      request.on('socket', (socket) => endConnecting(socket, url, settings.connectMsMax));
      request.on('response', (response) => {
        answer = { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
        drain(response, settings.answerBytesMax);
      });
      let failure: unknown = new Error('connection closed');
      request.on('error', (error) => {
        failure = error;
      });
      request.on('close', () => {
        clearTimeout(overdue);
        if (answer) settle(answer);
        else settle(request.reusedSocket && isReset(failure) ? 'stale' : { failure: reasonOf(failure) });
      });
      request.end(body);
    });
  }
}

/** Takes what comes up to a bound, so that the connection can be used again; what goes beyond closes it. */
function drain(response: IncomingMessage, bytesMax: number): void {
  let left = bytesMax;
  response.on('data', (piece: Buffer) => {
    left -= piece.length;
    if (left < 0) response.destroy();
  });
  // The status has come: what becomes of the rest does not matter.
  response.on('error', () => undefined);
}

function endConnecting(socket: Socket, { protocol }: URL, connectMsMax: number): void {
  if (!socket.connecting) return;
  const overdue = setTimeout(() => socket.destroy(new Error('no connection in time')), connectMsMax);
  const clear = () => clearTimeout(overdue);
  socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', clear).once('close', clear);
}

const ended = (answer: Answer | 'stale'): Answer => (answer === 'stale' ? { failure: 'connection closed' } : answer);

const isReset = (error: unknown): boolean => ['ECONNRESET', 'EPIPE'].includes((error as { code?: string }).code ?? '');

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection closed',
  EPIPE: 'connection closed',
  ETIMEDOUT: 'no connection in time',
  EHOSTUNREACH: 'no way to the host',
  ENETUNREACH: 'no way to the host',
  ABORT_ERR: 'cut short',
};

function reasonOf(error: unknown): string {
  if (error instanceof CodedError) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  // A code is one of ours or Node's; a message may repeat what the receiver sent.
  if (code !== undefined) return words[code] ?? `failed with ${code}`;
  return error instanceof Error ? message : 'failed';
}
