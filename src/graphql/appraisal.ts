/** Appraisals and audits of a village's committee, and what is counted of them below a division. */
import { Args, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import {
  appraisalGroup,
  appraisalMeasures,
  lastGradesOf,
  twiceIncompetent,
  type VillageAppraisalRow,
  villageAppraisals,
} from '../../projections/village-appraisals.ts';
import { AppraisalGrade, AuditKind } from '../domain/appraisal-catalogue.ts';
import { LocalDate, PersonRef } from '../domain/scalars.ts';
import { countiesOf } from './counties.ts';
import { termType } from './derive/types.ts';
import { Division } from './division.ts';
import { Snapshot } from './snapshot.ts';
import { sumsOf, Tally } from './tally.ts';
import { BoardArgs } from './term-board.ts';
import { Village } from './village.ts';

const localDate = termType(LocalDate);
const personRef = termType(PersonRef);
const appraisalGrade = termType(AppraisalGrade);
const auditKind = termType(AuditKind);

type Counts = Readonly<Record<(typeof appraisalMeasures)[number], number>>;

@ObjectType({ description: 'What an appraisal came to for a member.', simpleResolvers: true })
class MemberGrade {
  @Field(personRef, { description: 'The member.' })
  readonly personRef!: string;

  @Field(appraisalGrade, { description: 'The grade of the last appraisal.' })
  readonly grade!: string;

  @Field(() => Boolean, {
    description: 'Whether the last two appraisals both say incompetent, which ends the office (art. 33).',
  })
  readonly twiceIncompetent!: boolean;
}

@ObjectType({ description: 'The accountability audit of a committee that was published last.', simpleResolvers: true })
class PublishedAudit {
  @Field(auditKind, { description: 'Which audit it is.' })
  readonly kind!: string;

  @Field(() => Int, { description: 'Number of the term that was audited.' })
  readonly termNumber!: number;

  @Field(localDate, { description: 'Day of its publication.' })
  readonly publishedOn!: string;
}

@ObjectType({
  description: 'Democratic appraisals (民主评议) and audits of a committee so far.',
  simpleResolvers: true,
})
class Appraisals {
  @Field(() => Int, { description: 'Appraisals held.' })
  readonly held!: number;

  @Field(localDate, { nullable: true, description: 'Day of the last appraisal; null before the first.' })
  readonly lastOn!: string | null;

  @Field(() => Int, { nullable: true, description: 'Year that it appraised.' })
  readonly lastYear!: number | null;

  @Field(() => Int, { description: 'Who took part in it; 0 before the first.' })
  readonly attended!: number;

  @Field(() => Int, { description: 'Who could have taken part; 0 before the first.' })
  readonly eligible!: number;

  @Field(() => [MemberGrade], { description: 'What it came to, in the order of its sheet.' })
  readonly grades!: readonly MemberGrade[];

  @Field(() => Int, { description: 'Accountability audits published.' })
  readonly audits!: number;

  @Field(() => Int, {
    description: 'Of these, audits at the end of office that were published on the day of the next election or later.',
  })
  readonly lateAudits!: number;

  @Field(() => PublishedAudit, { nullable: true, description: 'The audit published last; null before the first.' })
  readonly lastAudit!: PublishedAudit | null;
}

function appraisalsOf(row: VillageAppraisalRow): Appraisals {
  const twice = new Set(twiceIncompetent(row));
  const { last_audit_kind: kind, last_audit_term: termNumber, last_audit_on: publishedOn } = row;
  return {
    held: row.appraisals,
    lastOn: row.last_on,
    lastYear: row.last_year,
    attended: row.attended,
    eligible: row.eligible,
    grades: Object.entries(lastGradesOf(row)).map(([who, grade]) => ({
      personRef: who,
      grade,
      twiceIncompetent: twice.has(who),
    })),
    audits: row.audits,
    lateAudits: row.late_audits,
    lastAudit: kind === null || termNumber === null || publishedOn === null ? null : { kind, termNumber, publishedOn },
  };
}

@Resolver(() => Village)
export class VillageAppraisalsField {
  @FieldResolver(() => Appraisals, {
    nullable: true,
    description: 'Appraisals and audits of its committee; null where neither is recorded.',
  })
  appraisals(@Root() village: Village): Appraisals | null {
    const row = village.scene.one(villageAppraisals, village.id);
    return row && row.appraisals + row.audits > 0 ? appraisalsOf(row) : null;
  }
}

@ObjectType({
  description:
    'Appraisals and audits of the committees of listed villages; grades are those of each one’s last appraisal.',
  simpleResolvers: true,
})
class AppraisalTally {
  @Field(() => Int, { description: 'Villages whose committee was appraised.' })
  readonly appraised!: number;

  @Field(() => Int, { description: 'Members graded excellent (优秀).' })
  readonly excellent!: number;

  @Field(() => Int, { description: 'Members graded competent (称职).' })
  readonly competent!: number;

  @Field(() => Int, { description: 'Members graded basically competent (基本称职).' })
  readonly basicallyCompetent!: number;

  @Field(() => Int, { description: 'Members graded incompetent (不称职).' })
  readonly incompetent!: number;

  @Field(() => Int, { description: 'Members whose last two appraisals both say incompetent.' })
  readonly twiceIncompetent!: number;

  @Field(() => Int, { description: 'Accountability audits published.' })
  readonly audits!: number;

  @Field(() => Int, { description: 'Audits at the end of office that came with the next election or later.' })
  readonly lateAudits!: number;
}

async function appraisalTallyOf(tally: Tally): Promise<AppraisalTally> {
  const sums = await sumsOf(tally, villageAppraisals);
  return Object.fromEntries(appraisalMeasures.map((measure, at) => [measure, sums[at] ?? 0])) as Counts;
}

@Resolver(() => Tally)
export class TallyAppraisalsField {
  @FieldResolver(() => AppraisalTally, { description: 'Democratic appraisals (民主评议) and accountability audits.' })
  appraisals(@Root() tally: Tally): Promise<AppraisalTally> {
    return appraisalTallyOf(tally);
  }
}

@ObjectType({ description: 'A county’s line of the board of a year’s appraisals.', simpleResolvers: true })
class AppraisalBoardLine {
  @Field(() => Division, { description: 'The county; the city where it has none.' })
  readonly division!: Division;

  @Field(() => Int, { description: 'Villages that are listed there at the moment.' })
  readonly villages!: number;

  @Field(() => AppraisalTally, { description: 'Of the villages whose last appraisal is the year’s.' })
  readonly appraisals!: AppraisalTally;
}

@Resolver(() => Snapshot)
export class SnapshotAppraisalField {
  @FieldResolver(() => [AppraisalBoardLine], {
    description:
      'How far a year’s appraisals have come, by county and by code: villages whose last appraisal is of the year. The next year’s takes a village out of it: look at an earlier day for an earlier year. None below a township, or where no division carries `within`.',
  })
  appraisalBoard(
    @Root() { scene }: Snapshot,
    @Args(() => BoardArgs) { within, year }: BoardArgs,
  ): Promise<AppraisalBoardLine[]> {
    return Promise.all(
      countiesOf(scene, within ?? null).map(async (division) => ({
        division,
        villages: (await division.tally().villages()).total,
        appraisals: await appraisalTallyOf(new Tally(scene, [appraisalGroup(division.id, year)])),
      })),
    );
  }
}
