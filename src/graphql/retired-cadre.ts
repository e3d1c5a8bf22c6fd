/** A record of a retired cadre by its id: what a clerk acts on. No name: the person is a reference into the vault. */
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { type RetiredCadreRow, retiredCadres } from '../../projections/retired-cadres.ts';
import { AllowanceStopCause, RetiredRefusalGround, RetiredStatus } from '../domain/retired-catalogue.ts';
import { Fen, LocalDate, PersonRef, YearMonth } from '../domain/scalars.ts';
import { Per, StandardId } from '../domain/standard-terms.ts';
import { streamOf } from '../es/event.ts';
import { termType } from './derive/types.ts';
import { Node } from './node.ts';
import { guarded, ReadField } from './read-field.ts';
import { Rights } from './rights.ts';
import type { Scene } from './scene.ts';
import { Village, villageById } from './village.ts';

const status = termType(RetiredStatus);
const personRef = termType(PersonRef);
const localDate = termType(LocalDate);
const yearMonth = termType(YearMonth);
const fen = termType(Fen);
const per = termType(Per);
const standardId = termType(StandardId);
const cause = termType(AllowanceStopCause);
const ground = termType(RetiredRefusalGround);

@ObjectType({ description: 'What is paid to a retired cadre, as approved.', simpleResolvers: true })
class RetirementAllowance {
  @Field(fen, { description: 'Amount in fen.' })
  readonly amountFen!: string;

  @Field(per, { description: 'What the amount is paid for: each month, or once.' })
  readonly per!: string;

  @Field(() => Int, { description: 'Whole years served that its step asks for, at least.' })
  readonly minYears!: number;

  @Field(() => Int, { nullable: true, description: 'Fewer years than this; null in the highest step.' })
  readonly maxYearsExclusive!: number | null;

  @Field(yearMonth, { description: 'First month for which the amount is due.' })
  readonly from!: string;

  @Field(standardId, { nullable: true, description: 'Standard that the step is of; null where the log has none.' })
  readonly standard!: string | null;
}

@ObjectType('RetiredCadre', {
  implements: Node,
  simpleResolvers: true,
  description: 'The record of a retired cadre (正常离任村干部) in one village. The person’s data lie in the vault.',
})
export class RetiredCadre implements Node {
  @Field(() => ID, { description: 'Its id.' })
  readonly id: string;

  #village: Village | null | undefined;

  constructor(
    private readonly scene: Scene,
    id: string,
    private readonly row: RetiredCadreRow,
  ) {
    this.id = id;
  }

  get __typename() {
    return 'RetiredCadre' as const;
  }

  @ReadField(() => Village, { nullable: true, description: 'The village that was served; null where it is not there.' })
  get village(): Village | null {
    if (this.#village === undefined) this.#village = guarded(() => villageById(this.scene, this.row.village));
    return this.#village;
  }

  @ReadField(personRef, { description: 'The person: opaque, and the key of the vault.' })
  get personRef(): string {
    return this.row.person_ref;
  }

  @ReadField(status, { description: 'How far it has come.' })
  get status(): string {
    return this.row.status;
  }

  @ReadField(localDate, { description: 'Last day in office.' })
  get leftOn(): string {
    return this.row.left_on;
  }

  @ReadField(() => Int, { nullable: true, description: 'Months of service that count; null before they are verified.' })
  get countedMonths(): number | null {
    return this.row.counted_months;
  }

  @Field(() => RetirementAllowance, { nullable: true, description: 'The allowance; null before it is approved.' })
  allowance(): RetirementAllowance | null {
    const { amount_fen: amountFen, per: paidPer, due_from: from, tier_min_years: minYears, ...row } = this.row;
    if (amountFen === null || paidPer === null || from === null) return null;
    const { tier_max_years: maxYearsExclusive, standard } = row;
    return { amountFen, per: paidPer, minYears: minYears ?? 0, maxYearsExclusive, from, standard };
  }

  @ReadField(cause, { nullable: true, description: 'Why the allowance is suspended or has ended; else null.' })
  get cause(): string | null {
    return this.row.cause;
  }

  @ReadField(yearMonth, { nullable: true, description: 'First month for which nothing is due; null while it runs.' })
  get stoppedFrom(): string | null {
    return this.row.stopped_from;
  }

  @ReadField(ground, { nullable: true, description: 'Why the allowance was refused; else null.' })
  get ground(): string | null {
    return this.row.ground;
  }
}

/** The record of an id; null where there is none, and outside one's rights. */
export function retiredCadreById(scene: Scene, id: string): RetiredCadre | null {
  const row = scene.one(retiredCadres, id);
  // Of what is missing too: whether it may be cached must not tell the two apart.
  const isCovered = Rights.of(scene.context).covers(streamOf('retired', id));
  return isCovered && row && isSeen(scene, id) ? new RetiredCadre(scene, id, row) : null;
}

const isSeen = (scene: Scene, id: string): boolean => Rights.of(scene.context).sees(streamOf('retired', id));

const recordsMax = 1_000;

/** Records of a village, by id; none outside one's rights. */
export const retiredCadresOf = (scene: Scene, village: string): RetiredCadre[] =>
  scene
    .select(retiredCadres, { where: 'v.village = ?', params: [village], limit: recordsMax })
    .filter(({ id }) => isSeen(scene, id))
    .map(({ id, row }) => new RetiredCadre(scene, id, row));
