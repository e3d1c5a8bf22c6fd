/** What is not public: the streams of these aggregates speak of single people, of what is not decided yet, or of who looked. */
import { aggregateOf } from '../es/event.ts';
import type { Right } from './may.ts';

const rights: Readonly<Record<string, Right>> = {
  person: 'seeRestricted',
  retired: 'seeRestricted',
  proposal: 'seeRestricted',
  access: 'seeAccessLog',
};

/** The right that it takes to see a stream; null for what is public. */
export const rightToSee = (stream: string): Right | null => rights[aggregateOf(stream)] ?? null;
