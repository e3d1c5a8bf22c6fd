/** Supervision committees (村务监督委员会, 居务监督委员会): what can happen to one, and who sits on it. The aggregate: supervision.ts. */
import { z } from 'zod';
import type { Aggregate } from '../es/aggregate.ts';
import { type RecordedEvent, streamOf } from '../es/event.ts';
import { evolve } from '../es/evolve.ts';
import { KinPair, Supervisor } from './committee-seat.ts';
import { corrections } from './corrections.ts';
import { PersonRef, VillageId } from './scalars.ts';
import { codes, event } from './vocabulary.ts';

export const SupervisionFlag = codes('SupervisionFlag', 'What is recorded as it happened, though it ought not to be.', {
  HEAD_IS_PARTY_SECRETARY: 'The head is the party secretary, which in principle is not to be.',
  NO_FINANCE_KNOWLEDGE: 'No member knows finance and accounts.',
});

const village = VillageId.describe('The village whose supervision committee it is.');
const named = { subjects: (data: { village: string }) => [streamOf('village', data.village)] };
const flags = z.array(SupervisionFlag).max(3).describe('What a rule would have had otherwise; recorded all the same.');
const kin = z.array(KinPair).max(30).describe('Kin among its members and the village’s committee, as declared.');

/** What a clerk says of a new supervision committee. */
export const supervisionFormed = {
  members: z.array(Supervisor).min(1).max(15).describe('Its members.'),
  headRef: PersonRef.describe('The member who heads it.'),
  kin,
};
/** What a clerk says of a change of one member. */
export const supervisorReplaced = {
  leftRef: PersonRef.describe('The member who left.'),
  joined: Supervisor.describe('The member who came in place.'),
  headRef: PersonRef.describe('The member who heads it from then on.'),
  kin,
};

export const supervisionEvents = {
  ...corrections,
  SupervisionCommitteeFormed: event(
    'A supervision committee was formed, in place of the one before.',
    { village, ...supervisionFormed, flags },
    { zh: '村（居）务监督委员会产生', ...named },
  ),
  SupervisionMemberReplaced: event(
    'A member of the supervision committee was replaced.',
    { village, ...supervisorReplaced, flags },
    { zh: '监督委员会成员更替', ...named },
  ),
};

export interface SupervisionState {
  readonly members: readonly Supervisor[];
  readonly head: string | null;
}

export const supervisionFold: Pick<
  Aggregate<typeof supervisionEvents, SupervisionState, never>,
  'name' | 'events' | 'initial' | 'evolve'
> = {
  name: 'supervision',
  events: supervisionEvents,
  initial: { members: [], head: null },
  evolve: {
    EventVoided: (state) => state,
    SupervisionCommitteeFormed: (_, { members, headRef }) => ({ members, head: headRef }),
    SupervisionMemberReplaced: ({ members }, { leftRef, joined, headRef }) => ({
      members: [...members.filter(({ personRef }) => personRef !== leftRef), joined],
      head: headRef,
    }),
  },
};

/** Who supervises a village on a day, by the events of its supervision committee. */
export const supervisorsOn = (events: readonly RecordedEvent[], village: string, day: string): readonly Supervisor[] =>
  events
    .filter(({ effectiveOn }) => effectiveOn <= day)
    .reduce((state, each) => evolve(supervisionFold, state, each, village) as SupervisionState, supervisionFold.initial)
    .members;
