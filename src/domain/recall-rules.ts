/** Recalls (罢免): who may ask for one, and what carries it. */
import type { DecisionContext, Fact } from '../es/aggregate.ts';
import { ruleValue } from './ballot-rules.ts';
import type { termCommands } from './term-catalogue.ts';
import type { allTermEvents, TermState } from './term-fold.ts';
import { refuseTerm as no } from './term-rules.ts';
import type { World } from './world.ts';

type Data<Name extends keyof typeof termCommands> = (typeof termCommands)[Name]['_output'];
type Decided = Fact<typeof allTermEvents>[];

/** Errors: `E_NOT_FOUND`, `E_QUORUM`. */
export function decideRecallPetition(
  data: Data<'petitionRecall'>,
  { members }: TermState,
  context: DecisionContext<World>,
): Decided {
  const { personRef, by, petitioners, entitled } = data;
  if (!members.some((each) => each.personRef === personRef)) return no.NOT_A_MEMBER();
  const leastBp = ruleValue(`RECALL_${by}_MIN_BP`, context);
  if (petitioners === 0 || petitioners * 10_000 < entitled * leastBp) {
    return no.PETITION_TOO_FEW(`${petitioners} of ${entitled} asked for it.`);
  }
  return [{ type: 'RecallPetitioned', data: { village: context.self, ...data } }];
}

/** Errors: `E_NOT_FOUND`, `E_STEP_ORDER`, `E_TURNOUT`, `E_NOT_MAJORITY`, `E_VOTES`. */
export function decideRecallVote(
  { recalled, ...vote }: Data<'recordRecallVote'>,
  { members, petitioned }: TermState,
  { self }: DecisionContext<World>,
): Decided {
  const { personRef, registered, votesCast, inFavour, defenceHeard } = vote;
  if (!members.some((each) => each.personRef === personRef)) return no.NOT_A_MEMBER();
  if (!petitioned.includes(personRef)) return no.NOT_PETITIONED();
  if (!defenceHeard) return no.DEFENCE_NOT_HEARD();
  const enoughVoted = votesCast * 2 > registered;
  const enoughInFavour = inFavour * 2 > votesCast;
  const data = { village: self, ...vote };
  if (!recalled) return enoughVoted && enoughInFavour ? no.RECALL_CARRIED() : [{ type: 'RecallRejected', data }];
  if (!enoughVoted) return no.RECALL_TURNOUT(`${votesCast} of ${registered} voted.`);
  if (!enoughInFavour) return no.RECALL_NOT_MAJORITY(`${inFavour} of ${votesCast} voted for it.`);
  return [{ type: 'MemberRecalled', data }];
}
