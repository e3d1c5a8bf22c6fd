/** Government service points (一门式一网式): halls and counters in five tiers, from the province to the village. Stream
 *  `servicepoint-<pointId>`, one a point. Mutations: graphql/derive/commands.ts. */
import { z } from 'zod';
import type { Aggregate, DecisionContext, Fact } from '../es/aggregate.ts';
import { type RecordedEvent, streamOf } from '../es/event.ts';
import { nameKey } from '../es/name-key.ts';
import { actGuard, actingVillage, checkAuthority, rosterDay } from './act.ts';
import { corrections } from './corrections.ts';
import { refusals } from './refusals.ts';
import { Qualifier } from './reported-figure.ts';
import { DivisionId, Fen, VillageId, YearMonth } from './scalars.ts';
import { codes, command, count, event, scalar, text } from './vocabulary.ts';
import type { VillageView, World } from './world.ts';

export const ServiceTier = codes('ServiceTier', 'Tier of government service (五级政务服务体系).', {
  VILLAGE: 'Village or community (村).',
  TOWNSHIP: 'Town, township or street (镇).',
  COUNTY: 'County or district (县).',
  PREFECTURE: 'Prefecture-level city (市).',
  PROVINCE: 'Province (省).',
});
type ServiceTier = z.output<typeof ServiceTier>;

const ServicePointId = scalar(
  'ServicePointId',
  'A service point’s id: opaque.',
  z.string().regex(/^[a-z]{1,3}_[A-Za-z0-9]{8,40}$/, 'is not an id'),
);

const place = {
  village: VillageId.optional().describe('The village that it serves; of the tier VILLAGE only.'),
  division: DivisionId.optional().describe('The division that it serves; of every other tier.'),
};
const opened = {
  tier: ServiceTier,
  ...place,
  name: text(120).describe('Its name, which tells two points of one place apart.'),
  parent: ServicePointId.optional().describe(
    'The point of the tier above to which it belongs; none for the province’s.',
  ),
  itemsOffered: count().describe('Items of service that it offers.'),
  online: z.boolean().describe('Whether they are offered over the net too (一网式).'),
};
interface Place {
  readonly village?: string;
  readonly division?: string;
}
const placeOf = ({ village, division }: Place): string[] => [
  ...(village === undefined ? [] : [streamOf('village', village)]),
  ...(division === undefined ? [] : [streamOf('division', division)]),
];
const invested = {
  amountFen: Fen.describe('Public money put into it.'),
  qualifier: Qualifier,
  from: YearMonth.describe('First month of the period.'),
  to: YearMonth.describe('Last month of the period.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  ...corrections,
  ServicePointOpened: event('A service point opened.', opened, { zh: '政务服务站点开办', subjects: placeOf }),
  ServicePointClosed: event(
    'A service point closed.',
    { ...place, reason: text(500).optional().describe('Why, where it is said.') },
    { zh: '政务服务站点撤销', subjects: placeOf },
  ),
  ServiceInvestmentRecorded: event(
    'Public money was put into a service point.',
    { ...place, ...invested },
    { zh: '政务服务投入', subjects: placeOf },
  ),
};

const commands = {
  openServicePoint: command(
    'Record that a service point opened: of a village in the tier VILLAGE, of a division in every other.',
    opened,
    {
      zh: '登记开办站点',
      creates: true,
      rule: ({ tier, village, division }) => {
        if ((village !== undefined) !== (tier === 'VILLAGE')) {
          return { path: 'village', message: 'is named in the tier VILLAGE, and only there' };
        }
        return (division !== undefined) === (tier === 'VILLAGE')
          ? { path: 'division', message: 'is named in every tier but VILLAGE, and only there' }
          : undefined;
      },
    },
  ),
  closeServicePoint: command(
    'Record that a service point closed.',
    { reason: events.ServicePointClosed.shape.reason },
    {
      zh: '登记撤销站点',
    },
  ),
  recordServiceInvestment: command('Record public money put into a service point.', invested, {
    zh: '登记投入',
    rule: ({ from, to }) => (from > to ? { path: 'to', message: 'is before the first month' } : undefined),
  }),
};

const no = refusals('servicepoint', {
  EXISTS: {
    code: 'E_ALREADY_EXISTS',
    when: 'The point is recorded with other words.',
    source: 'one stream, one point',
  },
  TWICE: {
    code: 'E_ALREADY_EXISTS',
    when: 'An open point of this tier and name is there already.',
    source: 'two open points have no one identity',
    remedy: 'Close the other one first, or check the name.',
  },
  PLACE_UNKNOWN: {
    code: 'E_DIVISION_UNKNOWN',
    when: 'The division that it serves is not there on that day, or is not of the tier.',
    source: 'roster',
  },
  NO_PARENT: {
    code: 'E_NOT_FOUND',
    when: 'There is no open point of the tier above for it.',
    source: '省市县镇村五级政务服务体系',
    remedy: 'Open the point of the tier above first, and name it in `parent`.',
  },
  UNKNOWN: { code: 'E_NOT_FOUND', when: 'There is no such point on that day.', source: 'one stream, one point' },
});

type Opened = Extract<Fact<typeof events>, { type: 'ServicePointOpened' }>['data'];
type PointState = { readonly status: 'NONE' } | { readonly status: 'OPEN' | 'CLOSED'; readonly point: Opened };
type Context = DecisionContext<World>;

export const servicePoint: Aggregate<typeof events, PointState, typeof commands, World> = {
  name: 'servicepoint',
  events,
  commands,
  initial: { status: 'NONE' },
  guard: actGuard<keyof typeof commands>({
    openServicePoint: { act: 'SERVICE_POINT' },
    closeServicePoint: { act: 'SERVICE_POINT' },
    recordServiceInvestment: { act: 'SERVICE_POINT' },
  }),
  reads: {
    openServicePoint: (data) => [
      ...placeOf(data),
      ...(data.parent === undefined ? [] : [streamOf('servicepoint', data.parent)]),
    ],
  },

  evolve: {
    EventVoided: (state) => state,
    ServicePointOpened: (_, data) => ({ status: 'OPEN', point: data }),
    ServicePointClosed: (state) => (state.status === 'NONE' ? state : { ...state, status: 'CLOSED' }),
    ServiceInvestmentRecorded: (state) => state,
  },

  decide: {
    openServicePoint: (data, state, context) => {
      if (state.status !== 'NONE') return no.EXISTS();
      const path = checkPlace(data, context);
      if (isTwice(data, context)) return no.TWICE();
      if (data.tier !== 'PROVINCE') checkParent(data, path, context);
      return [{ type: 'ServicePointOpened', data }];
    },
    closeServicePoint: ({ reason }, state, context) => {
      if (state.status === 'NONE') return no.UNKNOWN();
      if (state.status === 'CLOSED') return [];
      const { village, division } = state.point;
      checkPlace(state.point, context);
      return [{ type: 'ServicePointClosed', data: { village, division, reason } }];
    },
    recordServiceInvestment: (data, state, context) => {
      if (state.status === 'NONE') return no.UNKNOWN();
      const { village, division } = state.point;
      checkPlace(state.point, context);
      return [{ type: 'ServiceInvestmentRecorded', data: { village, division, ...data } }];
    },
  },
};

/** Whether the place is there and the body may decide for it. Returns the divisions above it, the nearest first. */
function checkPlace({ tier, village, division }: Pick<Opened, 'tier'> & Place, context: Context): readonly string[] {
  const day = rosterDay(context);
  const at: VillageView | string =
    village === undefined ? (division ?? '') : actingVillage(village, { alsoAfterEnd: true }, context);
  if (typeof at !== 'string') {
    checkAuthority('SERVICE_POINT', context, at);
    return pathFrom(at.township, day, context);
  }
  const served = context.world.division(at, day);
  if (!served || served.level !== tier) return no.PLACE_UNKNOWN();
  checkAuthority('SERVICE_POINT', context, served.code);
  return pathFrom(served.parent, day, context);
}

function pathFrom(lowest: string | null, day: string, { world }: Context): readonly string[] {
  const path: string[] = [];
  for (let at = lowest; at && path.length < 5; at = world.division(at, day)?.parent ?? null) path.push(at);
  return path;
}

/** Tiers right above each: a town of 东莞 or 中山, which have no counties, belongs to the city. */
const tiersAbove: Readonly<Record<ServiceTier, readonly ServiceTier[]>> = {
  VILLAGE: ['TOWNSHIP'],
  TOWNSHIP: ['COUNTY', 'PREFECTURE'],
  COUNTY: ['PREFECTURE'],
  PREFECTURE: ['PROVINCE'],
  PROVINCE: [],
};

function checkParent({ tier, parent }: Opened, path: readonly string[], { related, effectiveOn }: Context): void {
  const stream = streamOf('servicepoint', parent ?? '');
  const point = parent === undefined ? undefined : openIn(related(stream), effectiveOn).get(stream);
  const isAbove = point && tiersAbove[tier].includes(point.tier) && path.includes(point.division ?? '');
  if (!isAbove) no.NO_PARENT();
}

/** Whether another point of its tier and name is open on the day or opens later: the new one has no end yet. */
function isTwice(data: Opened, { related, effectiveOn, self }: Context): boolean {
  const others = new Map<string, Opened>();
  for (const { type, stream, data: told, effectiveOn: day } of placeOf(data).flatMap(related)) {
    if (type === 'ServicePointOpened') others.set(stream, told as Opened);
    if (type === 'ServicePointClosed' && day <= effectiveOn) others.delete(stream);
  }
  others.delete(streamOf('servicepoint', self));
  return [...others.values()].some(({ tier, name }) => tier === data.tier && nameKey(name) === nameKey(data.name));
}

/** Points that are open on the day, by their stream. */
function openIn(events: readonly RecordedEvent[], day: string): Map<string, Opened> {
  const open = new Map<string, Opened>();
  for (const { type, stream, data, effectiveOn } of events) {
    if (effectiveOn > day) continue;
    if (type === 'ServicePointOpened') open.set(stream, data as Opened);
    if (type === 'ServicePointClosed') open.delete(stream);
  }
  return open;
}
