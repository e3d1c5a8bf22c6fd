/** What charters refuse, and how a vote on one counts. */
import type { DecisionContext } from '../es/aggregate.ts';
import { rosterDay } from './act.ts';
import { refusals } from './refusals.ts';
import { ruleOn } from './rule-set.ts';
import type { World } from './world.ts';

const law = '村民委员会组织法';

export const refuseCharter = refusals('charter', {
  ALREADY_OPEN: {
    code: 'E_ALREADY_EXISTS',
    when: 'A revision is open already.',
    source: '民发〔2018〕144号',
    remedy: 'Finish it, or void what opened it.',
  },
  NONE_OPEN: {
    code: 'E_STEP_ORDER',
    when: 'No revision is open.',
    source: '民发〔2018〕144号',
    remedy: 'Send openCharterRevision first.',
  },
  STEP_ORDER: {
    code: 'E_STEP_ORDER',
    when: 'The step is not the next one: opinions, draft, review, vote, filing, publication.',
    source: '民发〔2018〕144号',
    remedy: 'Record the steps before it first, each on its day.',
  },
  KIND: {
    code: 'E_KIND_MISMATCH',
    when: 'A villagers’ committee has village rules, a residents’ committee a residents’ pact.',
    source: `${law} art. 27; 城市居民委员会组织法 art. 15`,
  },
  PERIOD: { code: 'E_STEP_ORDER', when: 'The period begins after its end.', source: 'calendar' },
  OTHER_TEXT: {
    code: 'E_TEXT_CHANGED',
    when: 'The text that was reviewed is not the one that was put before the township.',
    source: '民发〔2018〕144号',
  },
  TEXT_CHANGED: {
    code: 'E_TEXT_CHANGED',
    when: 'The text that is filed is not the one that the assembly voted on.',
    source: `${law} art. 27`,
  },
  ASSEMBLY_TYPE: {
    code: 'E_ASSEMBLY_TYPE',
    when: 'Village rules are adopted by the villagers’ assembly, not by representatives.',
    source: `${law} art. 27`,
    remedy: 'Record the assembly’s vote by adults or by households.',
  },
  QUORUM: {
    code: 'E_QUORUM',
    when: 'Too few were there: more than half of the adults, or two thirds of the households or representatives.',
    source: `${law} art. 22, 26`,
  },
  NOT_MAJORITY: {
    code: 'E_NOT_MAJORITY',
    when: 'Not more than half of those who were there voted for it.',
    source: `${law} art. 22`,
  },
  NO_WOMEN: {
    code: 'E_QUORUM',
    when: 'No woman took part; a certain share of women takes part in the vote.',
    source: '民发〔2018〕144号',
  },
  FILED_ELSEWHERE: {
    code: 'E_NOT_AUTHORIZED',
    when: 'Village rules are filed with the township’s government.',
    source: `${law} art. 27`,
  },
  IN_FORCE_EARLY: {
    code: 'E_STEP_ORDER',
    when: 'A charter is in force from its publication or later, never before.',
    source: '民发〔2018〕144号',
  },
  NONE_IN_FORCE: { code: 'E_NOT_FOUND', when: 'No charter is in force on that day.', source: 'log' },
  NOTHING_ORDERED: {
    code: 'E_STEP_ORDER',
    when: 'No correction of the charter in force was ordered.',
    source: `${law} art. 27`,
    remedy: 'Record the order first, or open a revision.',
  },
});

interface Vote {
  readonly assembly: 'ADULTS' | 'HOUSEHOLDS' | 'REPRESENTATIVES';
  readonly eligible: number;
  readonly attended: number;
  readonly women: number;
  readonly inFavour: number;
}

/** Quorum, majority and the part of women, by the rules in force on the day. Errors: `E_ASSEMBLY_TYPE`, `E_QUORUM`, `E_NOT_MAJORITY`. */
export function checkVote(vote: Vote, context: DecisionContext<World>): void {
  const { world, self, effectiveOn } = context;
  const { assembly, eligible, attended, women, inFavour } = vote;
  const rule = (name: Parameters<typeof ruleOn>[1]) => ruleOn(world.rules, name, effectiveOn)?.value ?? 0;
  const ofVillagers = world.village(self, rosterDay(context))?.kind === 'VILLAGERS_COMMITTEE';
  if (ofVillagers && assembly === 'REPRESENTATIVES' && rule('CHARTER_BY_REPRESENTATIVES') !== 1) {
    refuseCharter.ASSEMBLY_TYPE();
  }
  const shareBp = eligible === 0 ? 0 : (attended * 10_000) / eligible;
  const enough = {
    ADULTS: shareBp > rule('ASSEMBLY_ADULTS_MIN_BP'),
    HOUSEHOLDS: atLeastThirds(attended, eligible, rule('ASSEMBLY_HOUSEHOLDS_MIN_BP')),
    REPRESENTATIVES: atLeastThirds(attended, eligible, rule('REPRESENTATIVES_PRESENT_MIN_BP')),
  };
  if (!enough[assembly]) refuseCharter.QUORUM(`${attended} of ${eligible} were there.`, { attended, eligible });
  if (inFavour * 2 <= attended) refuseCharter.NOT_MAJORITY(`${inFavour} of ${attended} voted for it.`);
  if (women === 0) refuseCharter.NO_WOMEN();
}

/** Two thirds are 6667 basis points of it, rounded up: 2 of 3 are enough. */
const atLeastThirds = (part: number, whole: number, minBp: number): boolean =>
  whole > 0 && Math.round((part * 10_000) / whole) >= minBp;
