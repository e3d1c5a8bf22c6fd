/** Supervision committees (村务监督委员会, 居务监督委员会): three to five people who watch a village's committee. Stream
 *  `supervision-<villageId>`: all committees of one village. Events: supervision-fold.ts. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { villageGuard } from './act.ts';
import { ruleValue } from './ballot-rules.ts';
import type { KinPair, Supervisor } from './committee-seat.ts';
import { refusals } from './refusals.ts';
import { type SupervisionState, supervisionFold, supervisionFormed, supervisorReplaced } from './supervision-fold.ts';
import { committeeOn } from './term-fold.ts';
import { command } from './vocabulary.ts';
import type { World } from './world.ts';

const proposal = 'proposal of this ledger: no article is cited for it';
const opinion = '关于建立健全村务监督委员会的指导意见（2017年）';

const no = refusals('supervision', {
  SIZE: { code: 'E_SEATS', when: 'A supervision committee has 3 to 5 members.', source: opinion },
  TWICE: { code: 'E_VOTES', when: 'A member is named twice.', source: 'log' },
  HEAD_NOT_A_MEMBER: { code: 'E_NOT_FOUND', when: 'The head is none of the members.', source: opinion },
  COMMITTEE_MEMBER: {
    code: 'E_INELIGIBLE',
    when: 'A member of the village’s committee does not supervise it.',
    source: proposal,
  },
  KIN: {
    code: 'E_INELIGIBLE',
    when: 'Close kin of a member of the village’s committee does not supervise it.',
    source: proposal,
  },
  NOT_A_MEMBER: { code: 'E_NOT_FOUND', when: 'Who is to be replaced is no member on that day.', source: 'log' },
});

const commands = {
  formSupervisionCommittee: command(
    'Record a new supervision committee, in place of the one before.',
    supervisionFormed,
    {
      zh: '登记监督委员会',
    },
  ),
  replaceSupervisionMember: command(
    'Record that a member of the supervision committee was replaced.',
    supervisorReplaced,
    {
      zh: '登记监督委员会成员更替',
    },
  ),
};

const committee = (_: unknown, self: string) => [streamOf('term', self)];

export const supervision: Aggregate<typeof supervisionFold.events, SupervisionState, typeof commands, World> = {
  ...supervisionFold,
  commands,
  reads: { formSupervisionCommittee: committee, replaceSupervisionMember: committee },
  guard: villageGuard<keyof typeof commands>({
    formSupervisionCommittee: { act: 'ELECTION_HOLD' },
    replaceSupervisionMember: { act: 'ELECTION_HOLD' },
  }),

  decide: {
    formSupervisionCommittee: (data, _, context) => {
      const flags = check(data.members, data.headRef, data.kin, context);
      return [{ type: 'SupervisionCommitteeFormed', data: { village: context.self, ...data, flags } }];
    },
    replaceSupervisionMember: (data, { members }, context) => {
      if (!members.some(({ personRef }) => personRef === data.leftRef)) return no.NOT_A_MEMBER();
      const now = [...members.filter(({ personRef }) => personRef !== data.leftRef), data.joined];
      const flags = check(now, data.headRef, data.kin, context);
      return [{ type: 'SupervisionMemberReplaced', data: { village: context.self, ...data, flags } }];
    },
  },
};

/** Whether these people may supervise; what is flagged of them. Errors: `E_SEATS`, `E_VOTES`, `E_NOT_FOUND`, `E_INELIGIBLE`. */
function check(
  members: readonly Supervisor[],
  head: string,
  kin: readonly KinPair[],
  context: DecisionContext<World>,
): ('HEAD_IS_PARTY_SECRETARY' | 'NO_FINANCE_KNOWLEDGE')[] {
  const { self, effectiveOn, related } = context;
  const size = members.length;
  if (size < ruleValue('SUPERVISION_MEMBERS_MIN', context) || size > ruleValue('SUPERVISION_MEMBERS_MAX', context)) {
    no.SIZE(`It would have ${size} members.`);
  }
  const refs = members.map(({ personRef }) => personRef);
  if (new Set(refs).size < size) no.TWICE();
  const leading = members.find(({ personRef }) => personRef === head);
  if (!leading) return no.HEAD_NOT_A_MEMBER();
  const watched = committeeOn(related(streamOf('term', self)), self, effectiveOn).map(({ personRef }) => personRef);
  if (refs.some((ref) => watched.includes(ref))) no.COMMITTEE_MEMBER();
  const isKin = ({ first, second }: KinPair) =>
    (refs.includes(first) && watched.includes(second)) || (refs.includes(second) && watched.includes(first));
  if (kin.some(isKin)) no.KIN();
  return [
    ...(leading.otherPosts.includes('PARTY_SECRETARY') ? ['HEAD_IS_PARTY_SECRETARY' as const] : []),
    ...(members.some(({ financeKnowledge }) => financeKnowledge) ? [] : ['NO_FINANCE_KNOWLEDGE' as const]),
  ];
}
