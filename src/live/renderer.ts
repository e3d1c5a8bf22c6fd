/** Makes messages: each in a context of its own, executed once and written once for all who are told it. */
import { CodedError } from '../es/errors.ts';
import type { Moment } from '../es/projection.ts';
import { newContext, type RequestContext, type Services } from '../graphql/context.ts';
import { clientError } from '../graphql/errors.ts';
import type { Executor } from '../graphql/executor.ts';
import type { LiveView } from '../graphql/live-messages.ts';
import type { Telemetry } from '../graphql/telemetry.ts';
import { wait } from './pace.ts';
import type { EventsQuestion, TallyQuestion } from './question.ts';

export interface RendererOptions {
  readonly services: Services;
  readonly executor: Pick<Executor, 'run'>;
  readonly telemetry: Pick<Telemetry, 'log'>;
}

/** A result as JSON, and the streams of restricted history that it shows. */
export interface Rendered {
  readonly json: string;
  readonly disclosed: ReadonlySet<string>;
}

type Question = EventsQuestion | TallyQuestion;

const triesMax = 120;
const retryMs = 500;

export class Renderer {
  constructor(private readonly options: RendererOptions) {}

  /** A context for one message or for one look at the log; never kept. */
  contextAt({ principal, requestId }: Question, basis: Moment): RequestContext {
    return newContext(this.options.services, principal, requestId, basis);
  }

  /** Today, and the newest position that the read model has. */
  now(): Moment {
    const { today, readModel } = this.options.services;
    return { effectiveOn: today(), position: readModel.position };
  }

  /** The result of the operation for the message that `view` makes; null where it makes none. What fails is part of the result;
   *  while the read model cannot be read it waits for it. */
  async render(
    question: Question,
    at: Moment,
    view: (context: RequestContext) => LiveView | null,
    stopped: AbortSignal,
  ): Promise<Rendered | null> {
    for (let tries = 1; ; tries++) {
      const rendered = await this.once(question, at, view);
      if (!rendered?.isUnavailable || tries >= triesMax || stopped.aborted) return rendered;
      await wait(retryMs, stopped);
    }
  }

  private async once(
    question: Question,
    at: Moment,
    view: (context: RequestContext) => LiveView | null,
  ): Promise<(Rendered & { readonly isUnavailable: boolean }) | null> {
    const { document, operation, variables } = question.admitted;
    const context = this.contextAt(question, at);
    try {
      const message = view(context);
      if (message === null) return null;
      const result = await this.options.executor.run({ document, operation, variables, context, root: { message } });
      const { data = null, errors } = result;
      if (!errors) return { json: JSON.stringify({ data }), disclosed: context.disclosed, isUnavailable: false };
      return this.failed(question, context, data, errors);
    } catch (error) {
      return this.failed(question, context, null, [error]);
    }
  }

  private failed({ requestId }: Question, { disclosed }: RequestContext, data: unknown, errors: readonly unknown[]) {
    const told = errors.map((error) => clientError(error, { requestId, log: this.options.telemetry.log }));
    const isUnavailable = told.some(({ extensions }) => extensions?.code === 'E_UNAVAILABLE');
    return { json: JSON.stringify({ data, errors: told }), disclosed, isUnavailable };
  }
}

/** Whether waiting helps. */
const isUnavailable = (error: unknown): boolean => error instanceof CodedError && error.code === 'E_UNAVAILABLE';

/** Does work again and again while the log or the read model cannot be reached. Errors: all others. */
export async function untilAvailable<T>(work: () => Promise<T>, stopped: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error) || stopped.aborted) throw error;
      await wait(retryMs, stopped);
    }
  }
}
