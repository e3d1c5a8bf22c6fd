/** The subscriptions of the schema: their types, made by hand, since what resolves them is a message that src/live has made. */
import {
  GraphQLEnumType,
  type GraphQLFieldConfigArgumentMap,
  GraphQLID,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLUnionType,
  isInputType,
  isOutputType,
} from 'graphql';
import type { LiveRoot } from './live-messages.ts';

/** Divisions of one message, for the estimate of what an operation costs: the prefectures and counties of a province. */
const listNodes = 150;

const reason = new GraphQLEnumType({
  name: 'MustRefetchReason',
  description: 'Why a subscription cannot go on from where its reader stands.',
  values: {
    POSITION_UNKNOWN: {
      description: 'The position lies after the head of this log: it is another log, or one restored from a backup.',
    },
    LOG_REBUILT: { description: 'The log is not the one of the id that was given.' },
    FILTER_NOT_ALLOWED: {
      description: 'The filter names what is not public and what the one who asks may not see, or no longer.',
    },
  },
});

/** The schema with its type Subscription. Throws where a type that it stands on is not there. */
export function withSubscriptions(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  const types = new LiveTypes(schema);
  return new GraphQLSchema({ ...config, subscription: types.subscription() });
}

class LiveTypes {
  private readonly position = this.output('Position');
  private readonly caughtUp = new GraphQLObjectType({
    name: 'CaughtUp',
    description:
      'All up to the head of the log has been told; what follows is told as it happens. Sent once, and once more by a server that stops.',
    fields: {
      position: {
        type: this.position,
        description:
          'The head that was reached: the `after` with which one goes on, also where nothing matched of late.',
      },
    },
  });
  private readonly mustRefetch = new GraphQLObjectType({
    name: 'MustRefetch',
    description: 'What the reader has kept must be fetched anew. The subscription ends with this message.',
    fields: {
      position: {
        type: this.position,
        description: 'The head of this log: where one who has fetched all up to it goes on.',
      },
      reason: { type: new GraphQLNonNull(reason), description: 'Why.' },
    },
  });

  constructor(private readonly schema: GraphQLSchema) {}

  subscription(): GraphQLObjectType {
    return new GraphQLObjectType({
      name: 'Subscription',
      description:
        'What happens, in the order of the log. Each message carries the position with which its reader goes on.',
      fields: {
        events: {
          type: new GraphQLNonNull(this.eventMessage()),
          description:
            'Every event after a position, once, in order: first what has been recorded since, then what is recorded. What the one who asks may not see is left out as if it were not there.',
          args: this.eventArguments(),
          resolve: ({ message }: LiveRoot) => message,
        },
        tally: {
          type: new GraphQLNonNull(this.tallyMessage()),
          description:
            'The counts of divisions as they change, by an event or by a new day: first of all that are asked for, or of those that have changed since a position, then of each that changes. Changes that follow close upon each other are told as one.',
          args: this.tallyArguments(),
          resolve: ({ message }: LiveRoot) => message,
        },
      },
    });
  }

  private eventMessage(): GraphQLUnionType {
    const recorded = new GraphQLObjectType({
      name: 'EventRecorded',
      description: 'An event of the log.',
      fields: {
        position: { type: this.position, description: 'Its place in the log.' },
        event: {
          type: this.output('Event'),
          description:
            'The event, in the picture of its own position: what it names is shown as it was known then, today.',
        },
      },
    });
    return this.union('EventMessage', 'A message of the subscription events.', recorded);
  }

  private tallyMessage(): GraphQLUnionType {
    const divisions = new GraphQLNonNull(new GraphQLList(this.output('Division')));
    const changed = new GraphQLObjectType({
      name: 'TallyChanged',
      description: 'Divisions whose counts are others than those told last.',
      fields: {
        position: { type: this.position, description: 'The last event that is taken into account.' },
        effectiveOn: {
          type: this.output('LocalDate'),
          description: 'The day of which the counts are, in Asia/Shanghai.',
        },
        divisions: {
          type: divisions,
          description:
            'These divisions, by code; all that are asked for in the first message of a reader without a position. One that is listed no longer comes once more, last.',
          extensions: { listNodes },
        },
      },
    });
    return this.union('TallyMessage', 'A message of the subscription tally.', changed);
  }

  private union(name: string, description: string, own: GraphQLObjectType): GraphQLUnionType {
    const types = [own, this.caughtUp, this.mustRefetch];
    return new GraphQLUnionType({ name, description, types, resolveType: ({ __typename }) => __typename });
  }

  private eventArguments(): GraphQLFieldConfigArgumentMap {
    return {
      after: {
        ...this.input('Position'),
        description: 'Go on after this position; 0 tells the whole log. Left out: only what is recorded from now on.',
      },
      log: {
        type: GraphQLID,
        description:
          'Id of the log that the position is of, as `log { id }` gives it: MustRefetch where it is another.',
      },
      filter: { ...this.input('EventFilter'), description: 'Conditions on the events; all where it is left out.' },
    };
  }

  private tallyArguments(): GraphQLFieldConfigArgumentMap {
    const { type } = this.input('DivisionLevel');
    return {
      level: { type: new GraphQLNonNull(type), description: 'Level of the divisions.' },
      within: {
        ...this.input('DivisionCode'),
        description: 'Below the listed division with this code, itself included; all where it is left out.',
      },
      after: {
        ...this.input('Position'),
        description: 'Tell first what differs from the counts at this position. Left out: all counts.',
      },
    };
  }

  /** A type of the schema, not null. */
  private output(name: string) {
    const type = this.named(name);
    if (!isOutputType(type)) throw new Error(`${name} is no type of a field`);
    return new GraphQLNonNull(type);
  }

  private input(name: string) {
    const type = this.named(name);
    if (!isInputType(type)) throw new Error(`${name} is no type of an argument`);
    return { type };
  }

  private named(name: string): GraphQLNamedType {
    const type = this.schema.getType(name);
    if (!type) throw new Error(`The schema has no ${name}`);
    return type;
  }
}
