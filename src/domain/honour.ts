/** Honours (荣誉): a title conferred on a village, a town, a district or a project. Stream `honour-<honourId>`, one a holder,
 *  title and batch. Mutations: graphql/derive/commands.ts. */
import type { Aggregate, DecisionContext, Fact } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { nameKey } from '../es/name-key.ts';
import { actGuard, actingVillage, checkAuthority, rosterDay } from './act.ts';
import { AuthorityLevel } from './authority.ts';
import { corrections } from './corrections.ts';
import { isBelow } from './level-rank.ts';
import { refusals } from './refusals.ts';
import { DivisionId, VillageId } from './scalars.ts';
import { codes, command, count, event, text } from './vocabulary.ts';
import type { DivisionView, World } from './world.ts';

export const HonourHolder = codes('HonourHolder', 'Who holds an honour.', {
  VILLAGE: 'A village or community.',
  TOWNSHIP: 'A town, township or street.',
  DISTRICT: 'A county, a district or a city.',
  PROJECT: 'A project of a division.',
});

const holder = {
  village: VillageId.optional().describe('The village that holds it.'),
  division: DivisionId.optional().describe('The town, district or city that holds it; of a project, whose it is.'),
  project: text(120).optional().describe('Name of the project that holds it.'),
};
const conferred = {
  holderType: HonourHolder,
  ...holder,
  title: text(120).describe('The title conferred, such as 全国和谐社区建设示范社区.'),
  level: AuthorityLevel.describe('Level of the title.'),
  batch: count().optional().describe('Number of the batch (批次), where it has one.'),
};
interface Holder {
  readonly village?: string;
  readonly division?: string;
}
const streamsOf = ({ village, division }: Holder): string[] => [
  ...(village === undefined ? [] : [streamOf('village', village)]),
  ...(division === undefined ? [] : [streamOf('division', division)]),
];

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  ...corrections,
  HonourConferred: event(
    'An honour was conferred.',
    {
      ...conferred,
      conferredBy: text(120).describe('Organ that conferred it.'),
      documentNumber: text(120).optional().describe('Number of the document that names the holder.'),
    },
    { zh: '授予荣誉', subjects: streamsOf },
  ),
  HonourRevoked: event(
    'An honour was revoked: its past stays.',
    { ...holder, reason: text(500).describe('Why it was revoked.') },
    { zh: '撤销荣誉', subjects: streamsOf },
  ),
};

const commands = {
  conferHonour: command(
    'Record an honour: the organ in decidedBy confers it, by the document of the basis. A village, a division, or a project with its division holds it.',
    conferred,
    {
      zh: '登记荣誉',
      creates: true,
      rule: ({ holderType, village, division, project }) => {
        if ((village !== undefined) !== (holderType === 'VILLAGE')) {
          return { path: 'village', message: 'is named where a village holds it, and only there' };
        }
        if ((division !== undefined) === (holderType === 'VILLAGE')) {
          return { path: 'division', message: 'is named where no village holds it, and only there' };
        }
        return (project !== undefined) !== (holderType === 'PROJECT')
          ? { path: 'project', message: 'is named where a project holds it, and only there' }
          : undefined;
      },
    },
  ),
  revokeHonour: command(
    'Record that an honour was revoked.',
    { reason: events.HonourRevoked.shape.reason },
    {
      zh: '登记撤销荣誉',
    },
  ),
};

const no = refusals('honour', {
  EXISTS: {
    code: 'E_ALREADY_EXISTS',
    when: 'The honour is recorded with other words.',
    source: 'one stream, one honour',
  },
  TWICE: {
    code: 'E_ALREADY_EXISTS',
    when: 'The holder has this title of this batch already.',
    source: 'one title a batch',
    remedy: 'Check title and batch.',
  },
  HOLDER_UNKNOWN: {
    code: 'E_DIVISION_UNKNOWN',
    when: 'The division that is to hold it is not there on that day, or is of another level.',
    source: 'roster',
  },
  BODY_BELOW: {
    code: 'E_NOT_AUTHORIZED',
    when: 'The body stands below the level of the title.',
    source: 'authority matrix: own titles',
    remedy: 'Name in `decidedBy` the body whose title it is.',
  },
  UNKNOWN: { code: 'E_NOT_FOUND', when: 'There is no such honour on that day.', source: 'one stream, one honour' },
});

type Conferred = Extract<Fact<typeof events>, { type: 'HonourConferred' }>['data'];
type HonourState = { readonly status: 'NONE' } | { readonly status: 'HELD' | 'REVOKED'; readonly honour: Conferred };
type Context = DecisionContext<World>;

export const honour: Aggregate<typeof events, HonourState, typeof commands, World> = {
  name: 'honour',
  events,
  commands,
  initial: { status: 'NONE' },
  guard: actGuard<keyof typeof commands>({
    conferHonour: { act: 'HONOUR_CONFER' },
    revokeHonour: { act: 'HONOUR_CONFER' },
  }),
  reads: { conferHonour: streamsOf },

  evolve: {
    EventVoided: (state) => state,
    HonourConferred: (_, data) => ({ status: 'HELD', honour: data }),
    HonourRevoked: (state) => (state.status === 'NONE' ? state : { ...state, status: 'REVOKED' }),
  },

  decide: {
    conferHonour: (data, state, context) => {
      if (state.status !== 'NONE') return no.EXISTS();
      checkLevel(data, data.level, context);
      if (isHeld(data, context)) return no.TWICE();
      const conferredBy = context.decidedBy?.organ ?? '';
      const documentNumber = context.basis.find((each) => each.documentNumber !== undefined)?.documentNumber;
      return [{ type: 'HonourConferred', data: { ...data, conferredBy, documentNumber } }];
    },
    revokeHonour: ({ reason }, state, context) => {
      if (state.status === 'NONE') return no.UNKNOWN();
      if (state.status === 'REVOKED') return [];
      const { village, division, project, level } = state.honour;
      checkLevel(state.honour, level, context);
      return [{ type: 'HonourRevoked', data: { village, division, project, reason } }];
    },
  },
};

/** Whether the body may confer a title of the level on the holder. Errors: `E_NOT_AUTHORIZED`, `E_DIVISION_UNKNOWN`, those of the village. */
function checkLevel(data: Pick<Conferred, 'holderType'> & Holder, level: AuthorityLevel, context: Context): void {
  const over =
    data.village === undefined
      ? divisionHolding(data, context).code
      : actingVillage(data.village, { alsoAfterEnd: true }, context);
  if (isBelow(checkAuthority('HONOUR_CONFER', context, over), level)) no.BODY_BELOW();
}

const levelsOf: Readonly<Record<string, readonly DivisionView['level'][]>> = {
  TOWNSHIP: ['TOWNSHIP'],
  DISTRICT: ['COUNTY', 'PREFECTURE'],
  PROJECT: ['TOWNSHIP', 'COUNTY', 'PREFECTURE', 'PROVINCE'],
};

function divisionHolding(
  { holderType, division = '' }: Pick<Conferred, 'holderType'> & Holder,
  context: Context,
): DivisionView {
  const found = context.world.division(division, rosterDay(context));
  return found && levelsOf[holderType]?.includes(found.level) ? found : no.HOLDER_UNKNOWN();
}

/** Whether the holder has the title of the batch already, under another id, and it was not revoked. */
function isHeld(data: Omit<Conferred, 'conferredBy'>, { related, self }: Context): boolean {
  const held = new Set<string>();
  for (const { type, stream, data: told } of streamsOf(data).flatMap(related)) {
    const other = told as Conferred;
    const isSame = titleKey(other) === titleKey(data);
    if (type === 'HonourConferred' && isSame && other.holderType === data.holderType) held.add(stream);
    if (type === 'HonourRevoked') held.delete(stream);
  }
  held.delete(streamOf('honour', self));
  return held.size > 0;
}

const titleKey = ({ title, batch, project = '' }: Pick<Conferred, 'title' | 'batch' | 'project'>): string =>
  JSON.stringify([nameKey(title), batch, nameKey(project)]);
