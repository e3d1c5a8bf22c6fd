/** An act that was proposed: what waits for another person, and what became of it. */
import { Arg, Field, ID, ObjectType } from 'type-graphql';
import { type ProposalRow, proposals } from '../../projections/proposals.ts';
import { LocalDate } from '../domain/scalars.ts';
import { codes } from '../domain/vocabulary.ts';
import { streamOf } from '../es/event.ts';
import { termType } from './derive/types.ts';
import { languages } from './language.ts';
import { Node } from './node.ts';
import { labelOf } from './proposal-summaries.ts';
import { ReadField } from './read-field.ts';
import { Rights } from './rights.ts';
import type { Scene } from './scene.ts';
import type { Language } from './summary.ts';

/** How a proposal stands. */
export const statusType = termType(
  codes('ProposalStatus', 'How a proposal stands.', {
    PENDING: 'It waits for another person.',
    EXPIRED: 'Nobody decided it by its last day.',
    APPROVED: 'It is approved, and about to take effect.',
    REJECTED: 'It was rejected, or withdrawn by who proposed it.',
    CARRIED_OUT: 'It was approved and has taken effect.',
    FAILED: 'It was approved, and refused when it was to take effect: nothing of it holds.',
  }),
);
export type ProposalStatus = ProposalRow['status'] | 'EXPIRED';

const localDate = termType(LocalDate);

@ObjectType({ description: 'Why an approved act was refused.', simpleResolvers: true })
class ProposalFailure {
  @Field(() => String, { description: 'Code of the refusal.' })
  readonly code!: string;

  @Field(() => String, { description: 'Why.' })
  readonly message!: string;
}

@ObjectType('Proposal', {
  implements: Node,
  simpleResolvers: true,
  description:
    'An act that takes effect only when another person than its proposer approves it (四眼原则). Not public; every look is recorded.',
})
export class Proposal implements Node {
  @Field(() => ID, { description: 'Its id.' })
  readonly id: string;

  constructor(
    readonly scene: Scene,
    id: string,
    readonly row: ProposalRow,
  ) {
    this.id = id;
  }

  get __typename() {
    return 'Proposal' as const;
  }

  @ReadField(statusType, { description: 'How it stands at the moment.' })
  get status(): ProposalStatus {
    const { status, expires_on } = this.row;
    return status === 'PENDING' && this.scene.at.effectiveOn > expires_on ? 'EXPIRED' : status;
  }

  @ReadField(() => String, { description: 'Name of the command that was proposed.' })
  get command(): string {
    return this.row.command;
  }

  @Field(() => String, { description: 'What the command does.' })
  commandLabel(
    @Arg('lang', () => languages, { defaultValue: 'EN', description: 'Language of the label.' }) lang: Language,
  ): string {
    return labelOf(this.row.command, lang);
  }

  @ReadField(() => String, {
    description: 'What the command takes, as proposed: canonical JSON of its input, without the commandId.',
  })
  get input(): string {
    return this.row.input;
  }

  @ReadField(() => String, { description: 'Who proposed it.' })
  get proposedBy(): string {
    return this.row.proposed_by;
  }

  @ReadField(localDate, { description: 'Day on which it was proposed.' })
  get proposedOn(): string {
    return this.row.proposed_on;
  }

  @ReadField(localDate, { description: 'Last day on which it can be approved.' })
  get expiresOn(): string {
    return this.row.expires_on;
  }

  @ReadField(() => String, { nullable: true, description: 'Who approved it; null where nobody did.' })
  get approvedBy(): string | null {
    return this.row.status === 'REJECTED' ? null : this.row.decided_by;
  }

  @ReadField(() => String, { nullable: true, description: 'Who rejected or withdrew it; null where nobody did.' })
  get rejectedBy(): string | null {
    return this.row.status === 'REJECTED' ? this.row.decided_by : null;
  }

  @ReadField(localDate, { nullable: true, description: 'Day on which it was approved or rejected; null before.' })
  get decidedOn(): string | null {
    return this.row.decided_on;
  }

  @ReadField(() => String, { nullable: true, description: 'Why it was rejected; null where it was not.' })
  get reason(): string | null {
    return this.row.reason;
  }

  @ReadField(() => String, { nullable: true, description: 'Remark of who approved it; null where there is none.' })
  get note(): string | null {
    return this.row.note;
  }

  @Field(() => ProposalFailure, { nullable: true, description: 'Why the approved act was refused; null else.' })
  failure(): ProposalFailure | null {
    const { failure_code: code, failure_message: message } = this.row;
    return code === null ? null : { code, message: message ?? '' };
  }
}

/** The proposal of an id in a picture; null where there is none, and outside one's rights. */
export function proposalById(scene: Scene, id: string): Proposal | null {
  const row = scene.one(proposals, id);
  const rights = Rights.of(scene.context);
  const stream = streamOf('proposal', id);
  // Of what is missing too: whether it may be cached must not tell the two apart.
  return rights.covers(stream) && row && rights.sees(stream) ? new Proposal(scene, id, row) : null;
}
