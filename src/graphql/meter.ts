/** The one place where requests are counted, whatever road they come by: of a principal by its credential, of all others by
 *  their address. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Authenticator } from '../access/authenticator.ts';
import type { Principal } from '../access/principal.ts';
import { CodedError } from '../es/errors.ts';
import { clientKey } from './address-key.ts';
import type { Limits } from './limits.ts';
import { type Allowance, MemoryRateLimiter, type RateLimiter } from './rate-limit.ts';

/** Doors that a machine watches the server by: to refuse it would hide that all is well. */
const free: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics']);

export class Meter {
  private readonly limiter: RateLimiter | null;

  constructor(
    private readonly limits: Limits,
    /** Where counts are shared between nodes; left out, they are this process's own. */
    limiter?: RateLimiter,
  ) {
    const { requestsPerSecond: perSecond, requestsBurst: burst } = limits;
    this.limiter = perSecond > 0 ? (limiter ?? new MemoryRateLimiter({ perSecond, burst })) : null;
  }

  /** Counts one operation and says what is left; null where nothing is limited. HTTP requests of every address were counted when
   *  their handlers run: operations within a socket come here. `principal` undefined: a credential that nobody has looked at yet,
   *  which counts against its address. Errors: `RATE_LIMITED` with `retryAfterMs`, thrown or as a rejection. */
  count(principal: Principal | undefined, address: string): Allowance | null | Promise<Allowance> {
    if (!this.limiter) return null;
    const taken = this.limiter.take(clientKey(principal, address));
    return taken instanceof Promise ? taken.then(passed) : passed(taken);
  }

  /** Counts each HTTP request before its body is read, and states what is left in its answer's headers. */
  countRequests(app: FastifyInstance, authenticator: Authenticator): void {
    if (!this.limiter) return;
    app.addHook('onRequest', (request, reply, done) => {
      if (free.has(request.routeOptions.url)) return done();
      let taken: Allowance | null | Promise<Allowance>;
      try {
        taken = this.count(authenticator.known(request.headers.authorization), request.ip);
      } catch (error) {
        return this.refuse(reply, error, done);
      }
      if (!(taken instanceof Promise)) return this.pass(reply, taken, done);
      taken.then(
        (allowance) => this.pass(reply, allowance, done),
        (error: unknown) => this.refuse(reply, error, done),
      );
    });
  }

  private pass(reply: FastifyReply, allowance: Allowance | null, done: () => void): void {
    if (allowance) this.state(reply, allowance.remaining, allowance.resetMs);
    done();
  }

  private refuse(reply: FastifyReply, error: unknown, done: (error: Error) => void): void {
    if (error instanceof CodedError) this.state(reply, 0, Number(error.details.resetMs));
    done(error as Error);
  }

  /** The names of the IETF's draft "RateLimit header fields for HTTP", versions 0 to 6. */
  private state(reply: FastifyReply, remaining: number, resetMs: number): void {
    reply.raw.setHeader('ratelimit-limit', this.limits.requestsBurst);
    reply.raw.setHeader('ratelimit-remaining', remaining);
    reply.raw.setHeader('ratelimit-reset', Math.ceil(resetMs / 1_000));
  }
}

function passed(allowance: Allowance): Allowance {
  if (allowance.ok) return allowance;
  const { retryAfterMs, resetMs } = allowance;
  throw new CodedError('RATE_LIMITED', 'This client has sent more requests than it may.', { retryAfterMs, resetMs });
}
