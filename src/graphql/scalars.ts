/** The scalars of the envelope: places in the log, and instants. */
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import type { Instant, Position } from '../es/event.ts';

const refuse = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** Parses a literal as a variable's value is parsed: strings and, where `numbers`, whole numbers. */
const literal =
  <T>(parse: (value: unknown) => T, numbers = false) =>
  (node: ValueNode): T =>
    parse(node.kind === Kind.STRING || (numbers && node.kind === Kind.INT) ? node.value : null);

function parsePosition(value: unknown): Position {
  const position = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (Number.isSafeInteger(position) && (position as number) >= 0) return position as number;
  throw refuse('Position is not a whole number from 0, as a string of digits.');
}

/** Place in the log: a number inside, a string outside. */
export const PositionScalar = new GraphQLScalarType<Position, string>({
  name: 'Position',
  description:
    'A place in the log, as a string of digits. Opaque and ordered, never assumed dense; 0 stands before all.',
  serialize: String,
  parseValue: parsePosition,
  parseLiteral: literal(parsePosition, true),
});

// 24:00 and the second 60 are other names of the next day's first second: an instant has one.
const instant = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Date.parse() takes the 30th of February for the 2nd of March. */
const isRealDay = (day: string): boolean => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
};

function parseInstant(value: unknown): Instant {
  const day = typeof value === 'string' ? instant.exec(value)?.[1] : undefined;
  const at = day !== undefined && isRealDay(day) ? Date.parse(value as string) : Number.NaN;
  if (Number.isNaN(at)) throw refuse('DateTime is not an instant written like 2024-03-01T08:00:00+08:00.');
  return at;
}

/** An instant: milliseconds since the epoch inside, RFC 3339 outside. */
export const DateTimeScalar = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description: 'An instant by RFC 3339, with its offset from UTC, such as 2024-03-01T08:00:00+08:00; given in UTC.',
  serialize: (value) => new Date(value as Instant).toISOString(),
  parseValue: parseInstant,
  parseLiteral: literal(parseInstant),
});
