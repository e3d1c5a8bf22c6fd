/** The committee of a village and who supervises it. Below a division: term-tally.ts. */
import { Field, FieldResolver, Int, ObjectType, Resolver, Root, registerEnumType } from 'type-graphql';
import {
  type Elected,
  electedOf,
  membersOf,
  supervisorsOf,
  type VillageTermRow,
  villageTerms,
} from '../../projections/village-terms.ts';
import { CommitteePost, OtherPost, Supervisor } from '../domain/committee-seat.ts';
import { BasisPoints, LocalDate, PersonRef } from '../domain/scalars.ts';
import { shareBp } from '../domain/share.ts';
import { SupervisionFlag } from '../domain/supervision-fold.ts';
import { partType, termType } from './derive/types.ts';
import { Village } from './village.ts';

const localDate = termType(LocalDate);
const basisPoints = termType(BasisPoints);
const personRef = termType(PersonRef);
const committeePost = termType(CommitteePost);
const otherPost = termType(OtherPost);
const supervisionFlag = termType(SupervisionFlag);
const supervisor = partType(Supervisor);

const standings = {
  NONE: 'No term has begun.',
  IN_OFFICE: 'The committee is in office.',
  HOLDING_OVER: 'The planned end has come and no new term has begun: the committee holds over.',
};
const TermStanding = Object.fromEntries(Object.keys(standings).map((standing) => [standing, standing]));
registerEnumType(TermStanding, {
  name: 'TermStanding',
  description: 'How the term of a committee stands at the moment.',
  valuesConfig: Object.fromEntries(Object.entries(standings).map(([name, description]) => [name, { description }])),
});

@ObjectType({ description: 'Somebody on a committee, by an opaque reference.', simpleResolvers: true })
class CommitteeMember {
  @Field(personRef, { description: 'Who it is; names are not in the log.' })
  readonly personRef!: string;

  @Field(committeePost, { description: 'Post on the committee.' })
  readonly post!: string;

  @Field(() => Boolean, { description: 'Whether the member is a woman.' })
  readonly woman!: boolean;

  @Field(() => Boolean, { description: 'Whether the member’s household is registered elsewhere (非户籍).' })
  readonly isNonHukou!: boolean;

  @Field(() => [otherPost()], { description: 'Posts held beside it, as the ballot’s sheet said.' })
  readonly otherPosts!: readonly string[];
}

@ObjectType({ description: 'A committee that is elected and not in office yet.', simpleResolvers: true })
class ElectedCommittee {
  @Field(() => Int, { description: 'Number of its term (届).' })
  readonly termNumber!: number;

  @Field(localDate, { description: 'Day of its first ballot.' })
  readonly electedOn!: string;

  @Field(() => Int, { description: 'Registered voters of the first ballot.' })
  readonly registered!: number;

  @Field(() => Int, { description: 'Votes cast in the first ballot.' })
  readonly votesCast!: number;

  @Field(() => [CommitteeMember], { description: 'Who is elected so far, in the order of the ballots.' })
  readonly members!: readonly CommitteeMember[];

  @Field(localDate, { nullable: true, description: 'Day of the handover to it; null while none is recorded.' })
  readonly handoverOn!: string | null;
}

@ObjectType({
  description: 'The term (届) of a village’s committee at the moment, and the election that comes next.',
  simpleResolvers: true,
})
class CommitteeTerm {
  @Field(() => Int, { description: 'Number of the term; 0 before the first that the log knows.' })
  readonly termNumber!: number;

  @Field(() => TermStanding, { description: 'How it stands at the moment.' })
  readonly standing!: string;

  @Field(localDate, { nullable: true, description: 'Day of the first ballot that elected the committee.' })
  readonly electedOn!: string | null;

  @Field(localDate, { nullable: true, description: 'First day of the term.' })
  readonly startedOn!: string | null;

  @Field(localDate, {
    nullable: true,
    description: 'Day on which it ends by the law of its first day, or as the county approved since.',
  })
  readonly plannedEndsOn!: string | null;

  @Field(() => Int, { description: 'Seats of the committee that is in office.' })
  readonly seats!: number;

  @Field(() => Int, { description: 'Seats approved last, which the next election fills; 0 where none are.' })
  readonly seatsApproved!: number;

  @Field(() => [CommitteeMember], { description: 'Who sits at the moment.' })
  readonly members!: readonly CommitteeMember[];

  @Field(() => Int, { description: 'Registered voters of the first ballot; 0 where no ballot is recorded.' })
  readonly registered!: number;

  @Field(() => Int, { description: 'Votes cast in the first ballot; 0 where no ballot is recorded.' })
  readonly votesCast!: number;

  @Field(basisPoints, {
    nullable: true,
    description: 'Votes cast of registered voters; null where no ballot is recorded.',
  })
  readonly turnoutBp!: number | null;

  @Field(localDate, { nullable: true, description: 'Day of the handover; null where none is recorded.' })
  readonly handoverOn!: string | null;

  @Field(() => Boolean, { description: 'Whether that came later than the days that the law gives.' })
  readonly lateHandover!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Year of the round in which it is a pilot of elections with residents from elsewhere; null otherwise.',
  })
  readonly pilotYear!: number | null;

  @Field(() => Int, { nullable: true, description: 'Seats that the pilot keeps for them; null where none are said.' })
  readonly reservedSeats!: number | null;

  @Field(() => ElectedCommittee, { nullable: true, description: 'The elected committee that waits for its term.' })
  readonly next!: ElectedCommittee | null;
}

@ObjectType({
  description: 'The supervision committee (村务监督委员会, 居务监督委员会) at the moment.',
  simpleResolvers: true,
})
class Supervision {
  @Field(() => [supervisor], { description: 'Its members.' })
  readonly members!: readonly object[];

  @Field(personRef, { description: 'Who heads it.' })
  readonly headRef!: string;

  @Field(localDate, { description: 'Day on which it was formed.' })
  readonly formedOn!: string;

  @Field(() => [supervisionFlag()], { description: 'What the rules would have otherwise, as of its last change.' })
  readonly flags!: readonly string[];
}

const nextOf = (elected: Elected | null): ElectedCommittee | null => elected && { ...elected };

const termOf = (row: VillageTermRow): CommitteeTerm => ({
  termNumber: row.term_number,
  standing: row.standing,
  electedOn: row.elected_on,
  startedOn: row.started_on,
  plannedEndsOn: row.planned_ends_on,
  seats: row.seats,
  seatsApproved: row.seats_approved,
  members: membersOf(row),
  registered: row.registered,
  votesCast: row.votes_cast,
  turnoutBp: shareBp(row.votes_cast, row.registered),
  handoverOn: row.handover_on,
  lateHandover: row.late_handover === 1,
  pilotYear: row.pilot_year,
  reservedSeats: row.reserved_seats,
  next: nextOf(electedOf(row)),
});

const isKnown = ({ standing, pending, seats_approved, pilot_year }: VillageTermRow): boolean =>
  standing !== 'NONE' || pending !== null || seats_approved > 0 || pilot_year !== null;

@Resolver(() => Village)
export class VillageTermFields {
  @FieldResolver(() => CommitteeTerm, {
    nullable: true,
    description: 'The term of its committee and the next election; null where nothing of either is recorded.',
  })
  term(@Root() village: Village): CommitteeTerm | null {
    const row = village.scene.one(villageTerms, village.id);
    return row && isKnown(row) ? termOf(row) : null;
  }

  @FieldResolver(() => Supervision, {
    nullable: true,
    description: 'Its supervision committee; null where none is recorded.',
  })
  supervision(@Root() village: Village): Supervision | null {
    const row = village.scene.one(villageTerms, village.id);
    if (!row || row.supervision_head === null || row.supervision_formed_on === null) return null;
    return {
      members: supervisorsOf(row),
      headRef: row.supervision_head,
      formedOn: row.supervision_formed_on,
      flags: JSON.parse(row.supervision_flags) as string[],
    };
  }
}
