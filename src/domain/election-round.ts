/** Rounds of elections (换届): deployed by the province, held by the villages. Stream `round-<roundId>`. Mutations:
 *  graphql/derive/commands.ts. */
import type { Aggregate } from '../es/aggregate.ts';
import { actGuard, checkAuthority } from './act.ts';
import { corrections } from './corrections.ts';
import { refusals } from './refusals.ts';
import { DivisionCode, LocalDate } from './scalars.ts';
import { command, count, event } from './vocabulary.ts';
import type { World } from './world.ts';

const deployed = {
  division: DivisionCode.describe('Province whose villages elect.'),
  year: count().describe('Year that the round is named after.'),
  from: LocalDate.describe('First day of the round.'),
  to: LocalDate.describe('Day by which it is to be done.'),
};

const events = {
  ...corrections,
  ElectionRoundDeployed: event('The province deployed a round of elections.', deployed, { zh: '部署换届选举' }),
};
const commands = {
  deployElectionRound: command(
    'Record that the province deployed a round of elections; it ends after it begins.',
    deployed,
    {
      zh: '部署换届选举',
      rule: ({ from, to }) => (from > to ? { path: 'to', message: 'is before the round’s first day' } : undefined),
      creates: true,
    },
  ),
};

const no = refusals('round', {
  OTHER_YEAR: {
    code: 'E_STEP_ORDER',
    when: 'A round is named after a year in which it is held.',
    source: 'calendar',
  },
});

interface RoundState {
  readonly isDeployed: boolean;
}

export const electionRound: Aggregate<typeof events, RoundState, typeof commands, World> = {
  name: 'round',
  events,
  commands,
  initial: { isDeployed: false },
  guard: actGuard<keyof typeof commands>({ deployElectionRound: { act: 'ELECTION_DEPLOY', mayLieAhead: true } }),
  evolve: {
    EventVoided: (state) => state,
    ElectionRoundDeployed: () => ({ isDeployed: true }),
  },
  decide: {
    deployElectionRound: (data, { isDeployed }, context) => {
      checkAuthority('ELECTION_DEPLOY', context, data.division);
      const year = String(data.year);
      if (year < data.from.slice(0, 4) || year > data.to.slice(0, 4)) return no.OTHER_YEAR();
      return isDeployed ? [] : [{ type: 'ElectionRoundDeployed', data }];
    },
  },
};
