/** A person as the log knows one: a reference, what kinds of data are held, and who read them. */
import { Args, Field, ID, Int, ObjectType } from 'type-graphql';
import { type PersonRow, persons } from '../../projections/persons.ts';
import { PersonalField, ProcessingGround, RetentionClass } from '../domain/personal-field.ts';
import { LocalDate } from '../domain/scalars.ts';
import { codes } from '../domain/vocabulary.ts';
import { streamOf } from '../es/event.ts';
import { encodeCursor } from './cursors.ts';
import { termType } from './derive/types.ts';
import { eventView } from './event.ts';
import { EventConnection } from './event-connection.ts';
import { badInput } from './input-error.ts';
import { Node } from './node.ts';
import { cutPage, PageArgs, pageAsked } from './page.ts';
import { pictureOfPage } from './picture.ts';
import { guarded, ReadField } from './read-field.ts';
import { Rights } from './rights.ts';
import type { Scene } from './scene.ts';
import { Village, villageById } from './village.ts';

const localDate = termType(LocalDate);
const statusType = termType(
  codes('PersonStatus', 'How a person’s data stands.', {
    REGISTERED: 'The person has a reference; what is held can be read for a purpose.',
    ERASED: 'The key is destroyed: nothing can be read.',
  }),
);

@ObjectType({ description: 'That a kind of personal data is held; never the data.', simpleResolvers: true })
class HeldField {
  @Field(termType(PersonalField), { description: 'The kind.' })
  readonly field!: string;

  @Field(termType(ProcessingGround), { description: 'Why it may be processed.' })
  readonly processingGround!: string;

  @Field(termType(RetentionClass), { description: 'How long it is kept.' })
  readonly retention!: string;

  @Field(localDate, { description: 'Day on which it was last stored.' })
  readonly storedOn!: string;
}

@ObjectType('Person', {
  implements: Node,
  simpleResolvers: true,
  description: 'A person, without anything of who it is. readPersonalData reads what is held, for a purpose.',
})
export class Person implements Node {
  @Field(() => ID, { description: 'The reference.' })
  readonly id: string;

  #held: readonly HeldField[] | undefined;
  #village: Village | null | undefined;

  constructor(
    private readonly scene: Scene,
    id: string,
    private readonly row: PersonRow,
  ) {
    this.id = id;
  }

  get __typename() {
    return 'Person' as const;
  }

  @ReadField(statusType, { description: 'How it stands at the moment.' })
  get status(): PersonRow['status'] {
    return this.row.status;
  }

  @ReadField(() => Village, {
    nullable: true,
    description:
      'The village whose clerks keep the person’s data; null where none was named, or where it is not there.',
  })
  get village(): Village | null {
    if (this.#village === undefined) {
      const { village } = this.row;
      this.#village = guarded(() => (village === null ? null : villageById(this.scene, village)));
    }
    return this.#village;
  }

  @ReadField(() => [HeldField], { description: 'The kinds of data that are held; none where the person is erased.' })
  get held(): readonly HeldField[] {
    this.#held ??= Object.entries(JSON.parse(this.row.held) as Record<string, Omit<HeldField, 'field'>>).map(
      ([field, why]) => ({ field, ...why }),
    );
    return this.#held;
  }

  @ReadField(() => Int, { description: 'How often data was read.' })
  get accessCount(): number {
    return this.row.accesses;
  }

  @ReadField(localDate, { nullable: true, description: 'Day of the last reading; null where there was none.' })
  get lastAccessedOn(): string | null {
    return this.row.last_accessed_on;
  }

  @ReadField(localDate, { nullable: true, description: 'Day on which the key was destroyed; null before.' })
  get erasedOn(): string | null {
    return this.row.erased_on;
  }

  @Field(() => EventConnection, {
    description:
      'Every reading that the log knew at the moment, by position: who, for what, and which kinds of data. Errors: BAD_USER_INPUT, E_BEHIND.',
  })
  async accesses(@Args(() => PageArgs) args: PageArgs): Promise<EventConnection> {
    const page = pageAsked(args);
    const list = `accesses:${this.id}`;
    const { scene, after, before } = await pictureOfPage(this.scene, args, list);
    const known = await scene.eventsOf(streamOf('person', this.id));
    const all = known.filter(
      ({ type, effectiveOn }) => type === 'PersonalDataAccessed' && effectiveOn <= scene.at.effectiveOn,
    );
    const [from, until] = [after?.place[0] ?? -1, before?.place[0] ?? Number.MAX_SAFE_INTEGER].map(Number);
    if (Number.isNaN(from) || Number.isNaN(until)) throw badInput(['after'], 'The cursor is of no event of this list.');
    const within = all.filter(({ position }) => position > (from as number) && position < (until as number));
    const { limit, fromEnd } = page;
    const read = fromEnd ? within.slice(Math.max(0, within.length - limit - 1)) : within.slice(0, limit + 1);
    const cut = cutPage(read, page, args);
    return new EventConnection(
      { ...cut, items: cut.items.map((event) => eventView(scene, event)) },
      ({ position }) => encodeCursor({ at: scene.at, list, place: [position] }),
      () => all.length,
    );
  }
}

/** The person of a reference in a picture, erased or not; null where there is none, and outside one's rights. */
export function personById(scene: Scene, id: string): Person | null {
  const row = scene.one(persons, id);
  const rights = Rights.of(scene.context);
  const stream = streamOf('person', id);
  // Of what is missing too: whether it may be cached must not tell the two apart.
  return rights.covers(stream) && row && rights.sees(stream) ? new Person(scene, id, row) : null;
}
