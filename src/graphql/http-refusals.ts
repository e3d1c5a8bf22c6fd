/** What HTTP itself refuses, in our words: a code of the catalogue, and nothing of how the server is built. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { CodedError } from '../es/errors.ts';
import { challengeFor, clientError, refusalStatus, refusalType, retryAfter } from './errors.ts';
import { type Limits, overLimit } from './limits.ts';
import type { Telemetry } from './telemetry.ts';

type HttpError = Error & { readonly statusCode?: number; readonly code?: string };

const json = 'application/json; charset=utf-8';
const statusOfUnreadable: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

export class HttpRefusals {
  constructor(
    private readonly limits: Limits,
    private readonly telemetry: Telemetry,
  ) {}

  /** What the router refuses before any handler, such as an address that cannot be decoded. */
  readonly beforeHandlers = (error: HttpError, request: FastifyRequest, reply: unknown): void => {
    const told = this.told(this.inOurWords(error), request.id);
    const plain = reply as FastifyReply;
    plain.code(error.statusCode ?? 400).header('content-type', json);
    plain.send(bodyOf(told));
  };

  /** What a handler or a hook throws. */
  readonly failed = (error: HttpError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const told = this.told(this.inOurWords(error), request.id);
    const seconds = retryAfter([told]);
    if (seconds !== null) reply.header('retry-after', seconds);
    const status = isRequestsFault(error) ? error.statusCode : refusalStatus([told]);
    if (status === 401) reply.header('www-authenticate', challengeFor(request.headers.authorization));
    return reply.code(status).header('content-type', refusalType(request.headers.accept)).send(bodyOf(told));
  };

  readonly notFound = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const error = new CodedError('E_NOT_FOUND', 'There is nothing at this address.');
    return reply
      .code(404)
      .header('content-type', json)
      .send(bodyOf(this.told(error, request.id)));
  };

  /** What is not HTTP, or not in time: there is no request yet, so the connection is answered and closed. */
  readonly notHttp = (error: HttpError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    const status = statusOfUnreadable[error.code ?? ''] ?? 400;
    const { headerBytesMax } = this.limits;
    const body = bodyOf(
      this.told(
        status === 431
          ? overLimit('headerBytesMax', headerBytesMax, `above ${headerBytesMax}`, 'The size of the headers is')
          : badRequest,
        'none',
      ),
    );
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${json}\r\n`;
    socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
  };

  private told(error: unknown, requestId: string): GraphQLFormattedError {
    const told = clientError(error, { requestId, log: this.telemetry.log });
    this.telemetry.refusals.inc({ code: String(told.extensions?.code) });
    return told;
  }

  private inOurWords(error: HttpError): unknown {
    if (error instanceof CodedError || error instanceof GraphQLError) return error;
    const { bodyBytesMax } = this.limits;
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      return overLimit('bodyBytesMax', bodyBytesMax, `above ${bodyBytesMax}`, 'The size of the body is');
    }
    return isRequestsFault(error) ? badRequest : error;
  }
}

const isRequestsFault = (error: HttpError): error is HttpError & { readonly statusCode: number } =>
  error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
const badRequest = new CodedError('BAD_REQUEST', 'The HTTP request cannot be read.');
const bodyOf = (error: GraphQLFormattedError): string => JSON.stringify({ errors: [error] });
