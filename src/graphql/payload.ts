/** What a mutation gives back. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { Receipt } from '../es/command.ts';
import { CodedError } from '../es/errors.ts';
import type { Position } from '../es/event.ts';
import type { RequestContext } from './context.ts';
import { Division } from './division.ts';
import { Event, type EventView, eventView } from './event.ts';
import { IdentityReview } from './identity-review.ts';
import { Node } from './node.ts';
import { ReportedFigure } from './reported-figure.ts';
import { Rights } from './rights.ts';
import { PositionScalar } from './scalars.ts';
import { Scene } from './scene.ts';
import { type NodeView, subjectOf } from './subject.ts';
import { Village } from './village.ts';

@ObjectType({ description: 'What every mutation gives back.', simpleResolvers: true })
export abstract class Receipted {
  @Field(() => PositionScalar, {
    description:
      'Position of the last event it wrote; of the thing’s last event where it was already so. at(position) shows the world right after it.',
  })
  readonly position!: Position;

  @Field(() => Int, { description: 'Last revision of the stream after it: the expectedRevision of the next command.' })
  readonly revision!: number;

  @Field(() => [Event], {
    description: 'The events that it wrote, now or when it first came; none where it was already so.',
  })
  readonly events!: readonly EventView[];
}

const standing = 'as it stands today, right after the command; null where it is not there today.';

@ObjectType({ description: 'What a command on a village gives back.', simpleResolvers: true })
export class VillagePayload extends Receipted {
  @Field(() => Village, { nullable: true, description: `The village ${standing}` })
  readonly village!: Village | null;
}

@ObjectType({ description: 'What a command on a division gives back.', simpleResolvers: true })
export class DivisionPayload extends Receipted {
  @Field(() => Division, { nullable: true, description: `The division ${standing}` })
  readonly division!: Division | null;
}

@ObjectType({ description: 'What a command on a case of identity gives back.', simpleResolvers: true })
export class IdentityReviewPayload extends Receipted {
  @Field(() => IdentityReview, { nullable: true, description: `The case ${standing}` })
  readonly review!: IdentityReview | null;
}

@ObjectType({ description: 'What a command on a reported figure gives back.', simpleResolvers: true })
export class FigurePayload extends Receipted {
  @Field(() => ReportedFigure, { nullable: true, description: `The figure ${standing}` })
  readonly figure!: ReportedFigure | null;
}

@ObjectType({ description: 'What voidEvent gives back.', simpleResolvers: true })
export class VoidEventPayload extends Receipted {
  @Field(() => Node, { nullable: true, description: `The thing whose event was taken back, ${standing}` })
  readonly subject!: NodeView | null;
}

export type Payload = Readonly<Record<string, unknown>>;

/** The payload once the read model has come as far as the command. Errors: `E_BEHIND`; the command stands nevertheless. */
export async function payloadOf(
  context: RequestContext,
  stream: string,
  field: string,
  { events, position, revision }: Receipt,
): Promise<Payload> {
  if (context.services.readModel.position < position) await context.services.waitFor(position);
  const scene = Scene.at(context, { effectiveOn: context.basis.effectiveOn, position });
  const rights = Rights.of(context);
  // What is not public is looked at only where it is asked for.
  const view = once(() => events.filter((event) => rights.covers(event.stream)).map((each) => eventView(scene, each)));
  const thing = once(() => subjectOf(scene, stream));
  return {
    position,
    revision,
    get events() {
      return view();
    },
    get [field]() {
      return thing().__typename === 'AbsentNode' ? null : thing();
    },
  };
}

/** What `make` gives, made when it is first read. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Refuses where no commands are taken. Errors: `FORBIDDEN` with the reason. */
export function checkWritable({ services }: RequestContext): void {
  if (services.readOnlyBecause === null) return;
  throw new CodedError('FORBIDDEN', services.readOnlyBecause);
}
