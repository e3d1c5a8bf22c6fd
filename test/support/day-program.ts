/** Run as a program of its own, for the time zone that it is started in: what the day is at an instant, and how that reads. */
import { dayInShanghai } from '../../src/cli/clock.ts';
import { DateTimeScalar } from '../../src/graphql/scalars.ts';

export const instants = [
  '2021-02-03T15:59:59.999Z',
  '2021-02-03T16:00:00Z',
  '2021-02-04T00:00:00+08:00',
  '2021-03-14T02:30:00-05:00',
  '2020-02-28T23:00:00-12:00',
  '2024-12-31T16:00:00Z',
] as const;

if (process.argv[1]?.endsWith('day-program.ts')) {
  const days = instants.map((text) => {
    const instant = DateTimeScalar.parseValue(text);
    return [text, dayInShanghai(instant), DateTimeScalar.serialize(instant)];
  });
  process.stdout.write(`${JSON.stringify({ zone: process.env.TZ, days })}\n`);
}
