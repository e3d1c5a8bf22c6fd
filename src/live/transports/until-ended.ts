/** A subscription as graphql-ws takes it: something to iterate that yields nothing, since messages are written past it, and that
 *  ends when the subscription does. */
import type { GraphQLFormattedError } from 'graphql';

/** Ends a subscription with errors that are worded for the client already. */
export class Told extends Error {
  override readonly name = 'Told';
  constructor(readonly errors: readonly GraphQLFormattedError[]) {
    super('The subscription was refused.');
  }
}

export class UntilEnded implements AsyncGenerator<never, void, void> {
  private finish: (errors?: readonly GraphQLFormattedError[]) => void = () => undefined;
  private readonly ended: Promise<IteratorResult<never, void>>;

  /** `onLeave`: the client wants no more. */
  constructor(private readonly onLeave: () => void) {
    this.ended = new Promise((resolve, reject) => {
      this.finish = (errors) => (errors ? reject(new Told(errors)) : resolve({ done: true, value: undefined }));
    });
    // Whoever iterates hears of it; an end before that is no failure of the process.
    this.ended.catch(() => undefined);
  }

  /** The subscription has ended by itself. */
  end(errors?: readonly GraphQLFormattedError[]): void {
    this.finish(errors);
  }

  next(): Promise<IteratorResult<never, void>> {
    return this.ended;
  }

  async return(): Promise<IteratorResult<never, void>> {
    this.onLeave();
    this.finish();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<never, void>> {
    this.onLeave();
    this.finish();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
