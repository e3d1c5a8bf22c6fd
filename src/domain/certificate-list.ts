/** Lists of certificates (证明事项清单): what committees should not certify, and what they do, from the centre down to the county.
 *  Stream `certlist-<listId>`: one list of one body, with its amendments. Events and commands: certificate-list-catalogue.ts.
 *  Mutations: graphql/derive/commands.ts. */
import type { Aggregate, AnyAggregate, DataOf, DecisionContext } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import { evolve } from '../es/evolve.ts';
import { actGuard, checkAuthority, rosterDay } from './act.ts';
import type { AuthorityLevel } from './authority.ts';
import { certificateListCommands, certificateListEvents } from './certificate-list-catalogue.ts';
import type { CertificateListItemView, CertificateListView } from './certificate-rule.ts';
import { refuseList as no } from './certificate-rules.ts';
import { isBelow } from './level-rank.ts';
import type { World } from './world.ts';

interface PublishedList extends Pick<CertificateListView, 'kind' | 'level' | 'items'> {
  readonly division?: string;
  readonly itemsTotal: number;
}
type ListState = PublishedList | null;
type Context = DecisionContext<World>;
type Publish = DataOf<typeof certificateListCommands.publishCertificateList>;
type Amend = DataOf<typeof certificateListCommands.amendCertificateList>;

export const certificateList: Aggregate<
  typeof certificateListEvents,
  ListState,
  typeof certificateListCommands,
  World
> = {
  name: 'certlist',
  events: certificateListEvents,
  commands: certificateListCommands,
  initial: null,
  guard: actGuard<keyof typeof certificateListCommands>({
    publishCertificateList: { mayLieAhead: true },
    amendCertificateList: { mayLieAhead: true },
  }),
  reads: { publishCertificateList: ({ copies }) => (copies ? [streamOf('certlist', copies)] : []) },

  evolve: {
    EventVoided: (state) => state,
    CertificateListPublished: (_, { kind, level, division, items, itemsTotal }) => ({
      kind,
      level,
      division,
      items,
      itemsTotal,
    }),
    CertificateListAmended: (state, { add, remove, itemsTotal }) =>
      state && { ...state, itemsTotal, items: itemsAfter(state.items, add, remove) },
  },

  decide: {
    publishCertificateList: (data, state, context) => {
      if (state) return no.ALREADY_PUBLISHED();
      checkBody(data, context);
      const { division } = data;
      const found = division === undefined ? null : context.world.divisionByCode(division, rosterDay(context));
      checkItems(data, data.items, context, found?.id ?? null);
      checkCopied(data, context);
      return [{ type: 'CertificateListPublished', data: { ...data, divisionId: found?.id } }];
    },
    amendCertificateList: (data, state, context) => {
      if (!state) return no.NOT_PUBLISHED();
      checkBody(state, context);
      const { division } = state;
      const found = division === undefined ? null : context.world.divisionByCode(division, rosterDay(context));
      checkItems(state, data.add, context, found?.id ?? null);
      checkRemoved(state, data, context, found?.id ?? null);
      const items = itemsAfter(state.items, data.add, data.remove);
      const itemsTotal = data.itemsTotal ?? state.itemsTotal + data.add.length - data.remove.length;
      if (itemsTotal < items.length) return no.ITEMS_TOTAL();
      return [{ type: 'CertificateListAmended', data: { ...data, itemsTotal } }];
    },
  },
};

/** Items of a list once some came to it and others left it. */
export function itemsAfter(
  items: readonly CertificateListItemView[],
  add: readonly CertificateListItemView[],
  remove: readonly string[],
): readonly CertificateListItemView[] {
  const added = add.map(({ itemCode }) => itemCode);
  return [...items.filter(({ itemCode }) => !remove.includes(itemCode) && !added.includes(itemCode)), ...add];
}

function checkBody({ level, division }: { level: AuthorityLevel; division?: string }, context: Context): void {
  const decided = checkAuthority('CERTIFICATE_LIST', context, division ?? null);
  if (decided !== level) no.OTHER_LEVEL(`${decided} does not decide a list of ${level}.`, { decided, level });
}

/** What may come to a list: no permitted item without its law, none that a list above prohibits, none of the other list. */
function checkItems(
  { kind, level }: Pick<PublishedList, 'kind' | 'level'>,
  items: readonly CertificateListItemView[],
  { world, effectiveOn, self }: Context,
  division: string | null,
): void {
  const lists = world.certificateLists(division, effectiveOn).filter(({ id }) => id !== self);
  for (const { itemCode, name, legalBasis } of items) {
    if (kind === 'PERMITTED' && legalBasis === undefined)
      no.NO_LEGAL_BASIS(`${name} has no legal basis.`, { itemCode });
    const others = lists.filter((list) => list.kind !== kind && list.items.some((item) => item.itemCode === itemCode));
    if (others.some((list) => list.level === level)) {
      no.IN_BOTH_LISTS(`The other list of the level has ${name}.`, { itemCode });
    }
    const above = kind === 'PERMITTED' ? others.find((list) => isBelow(level, list.level)) : undefined;
    if (above) no.DROPS_UPPER(`A list of a level above prohibits ${name}.`, { itemCode, list: above.id });
  }
}

/** A list that takes over one of a level above has all its items. */
function checkCopied({ copies, kind, level, items }: Publish, context: Context): void {
  if (copies === undefined) return;
  const upper = listOn(copies, context);
  if (upper?.kind !== kind || !isBelow(level, upper.level)) no.UPPER_UNKNOWN();
  const own = new Set(items.map(({ itemCode }) => itemCode));
  const dropped = upper?.items.find(({ itemCode }) => !own.has(itemCode));
  if (dropped) no.DROPS_UPPER(`The list above has ${dropped.name}.`, { itemCode: dropped.itemCode, list: copies });
}

/** Another list as it stands on the command's day. */
function listOn(id: string, { related, effectiveOn }: Context): ListState {
  const stream = streamOf(certificateList.name, id);
  return related(stream)
    .filter((event) => event.stream === stream && event.effectiveOn <= effectiveOn)
    .reduce<ListState>((state, event) => evolve(certificateList as AnyAggregate, state, event, id) as ListState, null);
}

function checkRemoved(
  { kind, level, items }: PublishedList,
  { add, remove }: Amend,
  { world, effectiveOn }: Context,
  division: string | null,
): void {
  const known = new Set(items.map(({ itemCode }) => itemCode));
  const double = add.find(({ itemCode }) => known.has(itemCode));
  if (double) no.ITEM_KNOWN(`The list has ${double.name} already.`, { itemCode: double.itemCode });
  const absent = remove.find((itemCode) => !known.has(itemCode));
  if (absent) no.ITEM_UNKNOWN(`The list has no ${absent}.`, { itemCode: absent });
  if (kind === 'PERMITTED') return;
  const above = world
    .certificateLists(division, effectiveOn)
    .filter((list) => list.kind === kind && isBelow(level, list.level));
  for (const list of above) {
    const dropped = list.items.find(({ itemCode }) => remove.includes(itemCode));
    if (dropped) no.DROPS_UPPER(`The list above has ${dropped.name}.`, { itemCode: dropped.itemCode, list: list.id });
  }
}
