/** The law as dated data: the numbers in force, and who may decide what. */
import { Arg, Field, FieldResolver, Int, ObjectType, Resolver, Root, registerEnumType } from 'type-graphql';
import { AuthorityLevel, acts, authorityMatrix } from '../domain/authority.ts';
import { type RuleName, ruleNames, ruleSet } from '../domain/rule-set.ts';
import { LocalDate } from '../domain/scalars.ts';
import { termType } from './derive/types.ts';
import { Snapshot } from './snapshot.ts';

const localDate = termType(LocalDate);
const authorityLevel = termType(AuthorityLevel);

function enumOf(name: string, description: string, values: Readonly<Record<string, string>>): object {
  const members = Object.fromEntries(Object.keys(values).map((value) => [value, value]));
  const valuesConfig = Object.fromEntries(
    Object.entries(values).map(([value, means]) => [value, { description: means }]),
  );
  registerEnumType(members, { name, description, valuesConfig });
  return members;
}
const RuleNameEnum = enumOf('RuleName', 'A number of the law that decisions read.', ruleNames);
const ActEnum = enumOf('Act', 'An act that some body decides.', acts);

@ObjectType({ description: 'A number of the law with the days on which it holds.', simpleResolvers: true })
class LegalRule {
  @Field(() => RuleNameEnum, { description: 'Its name, which says the unit.' })
  readonly name!: string;

  @Field(() => Int, { description: 'Its value, in the unit that the name says.' })
  readonly value!: number;

  @Field(localDate, { description: 'First day on which it holds.' })
  readonly from!: string;

  @Field(localDate, { nullable: true, description: 'First day on which it no longer holds; null while none is known.' })
  readonly to!: string | null;

  @Field(() => String, { description: 'The law, with its article.' })
  readonly source!: string;

  @Field(() => Boolean, { description: 'True where the value is invented for want of a source.' })
  readonly isIllustrative!: boolean;
}

@ObjectType({ description: 'Which levels may decide an act, and by what.', simpleResolvers: true })
class AuthorityRule {
  @Field(() => ActEnum, { description: 'The act.' })
  readonly act!: string;

  @Field(() => [authorityLevel()], { description: 'Levels whose organs may decide it, each for its own territory.' })
  readonly levels!: readonly string[];

  @Field(() => String, {
    description: 'The law or circular behind it; where it is a proposal of this ledger, it says so.',
  })
  readonly source!: string;
}

const holds = ({ from, to }: { from: string; to?: string }, day: string) =>
  from <= day && (to === undefined || day < to);

@Resolver(() => Snapshot)
export class SnapshotLawFields {
  @FieldResolver(() => [LegalRule], {
    description:
      'Numbers of the law in force on the day; decisions dated on it read these. Where all is true, every row that is known.',
  })
  rules(
    @Root() { scene }: Snapshot,
    @Arg('name', () => RuleNameEnum, { nullable: true, description: 'One rule only.' }) name?: RuleName | null,
    @Arg('all', () => Boolean, { defaultValue: false, description: 'Rows of other days too.' }) all?: boolean,
  ): LegalRule[] {
    return ruleSet
      .filter((rule) => (name == null || rule.name === name) && (all || holds(rule, scene.at.effectiveOn)))
      .map(({ to = null, illustrative = false, ...rule }) => ({ ...rule, to, isIllustrative: illustrative }));
  }

  @FieldResolver(() => [AuthorityRule], { description: 'Who may decide what on the day: the authority matrix.' })
  authority(@Root() { scene }: Snapshot): AuthorityRule[] {
    return authorityMatrix
      .filter((row) => holds(row, scene.at.effectiveOn))
      .map(({ act, levels, source }) => ({ act, levels, source }));
  }
}
