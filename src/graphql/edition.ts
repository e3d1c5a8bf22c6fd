/** Editions of the roster. */
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type EditionRow, editions } from '../../projections/editions.ts';
import { LocalDate } from '../domain/scalars.ts';
import { streamOf } from '../es/event.ts';
import { termType } from './derive/types.ts';
import { Node } from './node.ts';
import { ReadField } from './read-field.ts';
import type { Scene } from './scene.ts';

const editionsMax = 1_000;
const localDate = termType(LocalDate);
const statuses = { STARTED: 'STARTED', COMPLETED: 'COMPLETED' };
registerEnumType(statuses, {
  name: 'EditionStatus',
  description: 'How far an edition’s import has come.',
  valuesConfig: {
    STARTED: { description: 'Begun and not finished: its villages may be there in part.' },
    COMPLETED: { description: 'Complete.' },
  },
});

@ObjectType('Edition', {
  implements: Node,
  simpleResolvers: true,
  description: 'An edition of the roster (统计用区划代码) that was imported: villages and divisions as at one day.',
})
export class Edition implements Node {
  @Field(() => ID, { description: 'Its id: the import’s stream.' })
  readonly id: string;

  readonly #row: EditionRow;

  constructor(id: string, row: EditionRow) {
    this.id = streamOf('roster', id);
    this.#row = row;
  }

  get __typename() {
    return 'Edition' as const;
  }

  @ReadField(() => Int, { description: 'Year that names the edition.' })
  get edition(): number {
    return this.#row.edition;
  }

  @ReadField(localDate, { description: 'Day for which it states the roster.' })
  get asAt(): string {
    return this.id.slice(-10);
  }

  @ReadField(() => statuses, { description: 'How far its import has come.' })
  get status(): EditionRow['status'] {
    return this.#row.status;
  }

  @ReadField(() => String, { description: 'Who publishes it: nbs, the National Bureau of Statistics.' })
  get publisher(): string {
    return this.#row.publisher;
  }

  @ReadField(localDate, { description: 'Day of publication.' })
  get publishedOn(): string {
    return this.#row.published_on;
  }

  @ReadField(() => String, { description: 'SHA-256 of the file, uncompressed, in hex.' })
  get fileSha256(): string {
    return this.#row.file_sha256;
  }

  @ReadField(() => Int, { description: 'Rows of the file, header not counted.' })
  get rows(): number {
    return this.#row.rows;
  }

  @ReadField(() => Int, { description: 'Rows of village level.' })
  get villages(): number {
    return this.#row.villages;
  }
}

/** The editions whose day has come, oldest first. */
export function editionsOf(scene: Scene): Edition[] {
  const found = scene.select(editions, { orderBy: [{ column: 'edition' }], limit: editionsMax });
  return found.map(({ id, row }) => new Edition(id, row));
}
