/** Events as clients read them: the envelope, common to all types. The types themselves: derive/events.ts. */
import 'reflect-metadata';
import { Field, ID, Int, InterfaceType } from 'type-graphql';
import { aggregateNamed } from '../domain/index.ts';
import { LocalDate } from '../domain/scalars.ts';
import { invariant } from '../es/errors.ts';
import { aggregateOf, type Instant, type Position, type RecordedEvent } from '../es/event.ts';
import { Authority, Evidence, LegalBasis } from './derive/header.ts';
import { partType, termType } from './derive/types.ts';
import { Node } from './node.ts';
import { Rights } from './rights.ts';
import { DateTimeScalar, PositionScalar } from './scalars.ts';
import type { Scene } from './scene.ts';

const authority = partType(Authority);
const legalBasis = partType(LegalBasis);
const evidenceFile = partType(Evidence);
const localDate = termType(LocalDate);

/** Under these keys a view keeps what it was made from; they are no fields. */
export const sceneOf = Symbol('scene');
export const recordedOf = Symbol('recorded');

@InterfaceType('Event', {
  implements: Node,
  description:
    'A fact in the log, with what every fact carries. Never changed: a later event may take it back (voidedBy).',
})
export abstract class Event extends Node {
  @Field(() => PositionScalar, { description: 'Place in the log; the cursor of events().' })
  readonly position!: Position;

  @Field(() => String, { description: 'Stream of the thing whose fact it is, such as village-v_….' })
  readonly stream!: string;

  @Field(() => Int, { description: 'Place in the stream, from 0, gapless.' })
  readonly revision!: number;

  @Field(() => String, { description: 'Name of the type: __typename, but for types that this server does not know.' })
  readonly type!: string;

  @Field(localDate, { description: 'Day from which it holds in the world, in Asia/Shanghai.' })
  readonly effectiveOn!: string;

  @Field(() => DateTimeScalar, { description: 'When the log took it, by the server’s clock.' })
  readonly recordedAt!: Instant;

  @Field(() => String, { description: 'Who sent the command: a person’s reference or a program.' })
  readonly recordedBy!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who proposed it, where it took two persons: recordedBy approved it then; null for most.',
  })
  readonly proposedBy!: string | null;

  @Field(() => authority, { nullable: true, description: 'The body that decided; null where it was not stated.' })
  readonly decidedBy!: object | null;

  @Field(() => [legalBasis], { description: 'Documents and laws on which it rests; empty where none was stated.' })
  readonly basis!: readonly object[];

  @Field(() => [evidenceFile], { description: 'Files that show it, by their hash; empty where none was named.' })
  readonly evidence!: readonly object[];

  @Field(() => ID, { description: 'The command that wrote it, as its client named it.' })
  readonly commandId!: string;

  @Field(() => ID, { description: 'What it belongs to: the import, or the command itself.' })
  readonly correlationId!: string;

  @Field(() => ID, { nullable: true, description: 'What caused it; null where nothing but its command did.' })
  readonly causationId!: string | null;

  @Field(() => String, { nullable: true, description: 'A remark of the writer.' })
  readonly note!: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the event that this one takes back or replaces; null for most.',
  })
  readonly voids!: string | null;
}

/** A flat plain object of the envelope's and the payload's fields, the payload in today's version. */
export interface EventView {
  readonly __typename: string;
  readonly id: string;
  readonly position: Position;
  readonly stream: string;
  readonly type: string;
  readonly [sceneOf]: Scene;
  readonly [recordedOf]: RecordedEvent;
}

/** The event as seen in a picture of the world. An unknown type or version becomes an `UnknownEvent` with its payload as text.
 *  Whoever shows events has left out what the one who asks may not see; this notes what is shown. */
export function eventView(scene: Scene, event: RecordedEvent): EventView {
  invariant(Rights.of(scene.context).sees(event.stream), 'only what may be seen is shown');
  const payload = aggregateNamed(aggregateOf(event.stream))?.events[event.type];
  const { id, position, stream, revision, type, effectiveOn, recordedAt, recordedBy, basis, commandId } = event;
  const {
    proposedBy = null,
    decidedBy = null,
    evidence = [],
    correlationId,
    causationId = null,
    note = null,
    voids = null,
  } = event;
  const known = payload !== undefined && event.schemaVersion <= payload.version;
  const own = known ? payload.decode(event.data, event.schemaVersion) : { data: JSON.stringify(event.data) };
  return {
    ...(own as object),
    __typename: known ? type : 'UnknownEvent',
    id,
    position,
    stream,
    revision,
    type,
    effectiveOn,
    recordedAt,
    recordedBy,
    proposedBy,
    decidedBy,
    basis,
    evidence,
    commandId,
    correlationId,
    causationId,
    note,
    voids,
    [sceneOf]: scene,
    [recordedOf]: event,
  } as EventView;
}
