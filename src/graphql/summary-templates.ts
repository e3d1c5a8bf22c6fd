/** The shape of a sentence's template. */
import type { DataOf, Payloads } from '../es/aggregate.ts';

/** Names on the event's day. */
export interface Names {
  village(id: string): string;
  division(id: string): string;
}

/** A template in each language for each of the events; `self` is the name of the thing whose event it is. */
export type Templates<Events extends Payloads> = {
  readonly [Type in keyof Events]: Readonly<
    Record<'EN' | 'ZH', (data: DataOf<Events[Type]>, self: string, names: Names) => string>
  >;
};
