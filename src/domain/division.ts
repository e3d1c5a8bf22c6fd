/** Divisions (行政区划) above the village: province, prefecture, county, township. Code and name are dated; the id is not.
 *  Stream `division-<divisionId>`. Mutations: graphql/derive/commands.ts. */
import { z } from 'zod';
import type { Aggregate, DecisionContext, Fact } from '../es/aggregate.ts';
import { nameKey } from '../es/name-key.ts';
import { plainGuard } from './act.ts';
import { corrections } from './corrections.ts';
import { checkCodeFree, checkDivision, isOfEdition } from './division-rules.ts';
import { DivisionTransferred } from './division-transferred.ts';
import { refuse } from './refuse.ts';
import { DivisionCode, DivisionId, DivisionLevel, IdentityRule, newName, officialName } from './scalars.ts';
import { command, event, text } from './vocabulary.ts';
import type { World } from './world.ts';

const edition = () => z.int().min(2009).max(2999).optional().describe('Year of the edition that says so.');
const rule = () => IdentityRule.optional().describe('The rule by which an import recognised the division.');
const record = {
  code: DivisionCode.describe('Code of 2, 4, 6 or 9 digits.'),
  name: officialName().describe('Name as published.'),
  level: DivisionLevel,
  parent: DivisionId.optional().describe('Id of the division above; none for the province.'),
};

// Names and shapes are the stored format: add, never rename; a changed meaning is a new name.
const events = {
  ...corrections,
  DivisionListed: event(
    'A division stands in an edition of the roster with this record.',
    {
      ...record,
      edition: edition(),
      rule: rule(),
    },
    { zh: '区划列入名录' },
  ),
  DivisionRenamed: event(
    'A division got another name.',
    {
      oldName: officialName().describe('Name before.'),
      newName: officialName().describe('Name from then on.'),
      edition: edition(),
      rule: rule(),
    },
    { zh: '区划更名' },
  ),
  DivisionCodeChanged: event(
    'A division got another code.',
    {
      oldCode: DivisionCode.describe('Code before.'),
      newCode: DivisionCode.describe('Code from then on.'),
      edition: edition(),
      rule: rule(),
    },
    { zh: '区划代码变更' },
  ),
  DivisionTransferred,
  DivisionDelisted: event(
    'A division no longer stands in the roster.',
    {
      reason: text(500).optional().describe('Why, where it is known.'),
      edition: edition(),
      rule: rule(),
    },
    { zh: '区划退出名录' },
  ),
};

const commands = {
  listDivision: command(
    'Enter a division as an edition of the roster states it.',
    { ...record, edition: edition(), rule: rule() },
    { zh: '录入区划', creates: true },
  ),
  renameDivision: command(
    'Record that a division got another name.',
    {
      name: newName().describe('The new name.'),
    },
    { zh: '登记区划更名' },
  ),
  changeDivisionCode: command(
    'Record another code of a division.',
    { code: DivisionCode.describe('The new code.') },
    { zh: '登记区划代码变更' },
  ),
  transferDivision: command(
    'Record that a township passed to another county or prefecture, with all its villages.',
    {
      parent: DivisionId.describe('Id of the division above it from then on.'),
    },
    { zh: '登记区划隶属变更' },
  ),
  delistDivision: command(
    'Record that a division no longer stands in the roster.',
    {
      reason: text(500).optional().describe('Why, where it is known.'),
      edition: edition(),
      rule: rule(),
    },
    { zh: '登记区划退出名录' },
  ),
};

type DivisionRecord = Pick<Extract<DivisionFact, { type: 'DivisionListed' }>['data'], keyof typeof record>;
type DivisionState =
  | { readonly status: 'NONE' }
  | { readonly status: 'LISTED' | 'ENDED'; readonly record: DivisionRecord };
type DivisionFact = Fact<typeof events>;
type Context = DecisionContext<World>;

function listed(state: DivisionState, { effectiveOn }: Context): DivisionRecord {
  if (state.status === 'LISTED') return state.record;
  return refuse('E_DIVISION_UNKNOWN', `There is no such division on ${effectiveOn}.`);
}

const patch = (state: DivisionState, change: Partial<DivisionRecord>): DivisionState =>
  state.status === 'NONE' ? state : { ...state, record: { ...state.record, ...change } };

/** What an edition's record changes in what is known. */
function relist(
  state: DivisionState,
  { edition: year, rule: by, ...now }: Extract<DivisionFact, { type: 'DivisionListed' }>['data'],
): DivisionFact[] {
  const from = { edition: year, rule: by };
  const old = state.status === 'LISTED' ? state.record : undefined;
  // What no single change states is stated whole: another level, or a division above where there was none.
  if (!old || old.level !== now.level || !old.parent !== !now.parent)
    return [{ type: 'DivisionListed', data: { ...now, ...from } }];
  const facts: DivisionFact[] = [];
  if (old.parent !== now.parent && old.parent && now.parent) {
    facts.push({
      type: 'DivisionTransferred',
      data: { fromParent: old.parent, toParent: now.parent, villages: [], ...from },
    });
  }
  if (old.code !== now.code)
    facts.push({ type: 'DivisionCodeChanged', data: { oldCode: old.code, newCode: now.code, ...from } });
  if (old.name !== now.name)
    facts.push({ type: 'DivisionRenamed', data: { oldName: old.name, newName: now.name, ...from } });
  return facts;
}

function transfer(parent: string, record: DivisionRecord, context: Context): DivisionFact[] {
  const { world, effectiveOn, self } = context;
  if (record.level !== 'TOWNSHIP')
    refuse('E_DIVISION_UNKNOWN', 'Only a township passes to another county.', { division: self });
  const above = world.division(parent, effectiveOn);
  if (!above || (above.level !== 'COUNTY' && above.level !== 'PREFECTURE')) {
    return refuse('E_DIVISION_UNKNOWN', `There is no such county or prefecture on ${effectiveOn}.`, {
      division: parent,
    });
  }
  if (record.parent === parent) return [];
  if (!record.parent)
    return refuse('E_DIVISION_UNKNOWN', 'It is not known where the township lies.', { division: self });
  const county = above.level === 'COUNTY' ? above.id : undefined;
  const prefecture = above.level === 'COUNTY' ? (above.parent ?? undefined) : above.id;
  const villages = [...world.villagesBelow(self, effectiveOn)].sort();
  return [
    {
      type: 'DivisionTransferred',
      data: { fromParent: record.parent, toParent: parent, county, prefecture, villages },
    },
  ];
}

export const division: Aggregate<typeof events, DivisionState, typeof commands, World> = {
  name: 'division',
  events,
  commands,
  initial: { status: 'NONE' },
  guard: plainGuard,

  evolve: {
    EventVoided: (state) => state,
    DivisionListed: (_, { code, name, level, parent }) => ({ status: 'LISTED', record: { code, name, level, parent } }),
    DivisionRenamed: (state, { newName }) => patch(state, { name: newName }),
    DivisionCodeChanged: (state, { newCode }) => patch(state, { code: newCode }),
    DivisionTransferred: (state, { toParent }) => patch(state, { parent: toParent }),
    DivisionDelisted: (state) => (state.status === 'NONE' ? state : { ...state, status: 'ENDED' }),
  },

  decide: {
    listDivision: (data, state, context) => {
      if (!isOfEdition(data)) checkDivision(data, context);
      return relist(state, data);
    },
    renameDivision: ({ name }, state, context) => {
      const old = listed(state, context);
      return nameKey(old.name) === nameKey(name)
        ? []
        : [{ type: 'DivisionRenamed', data: { oldName: old.name, newName: name } }];
    },
    changeDivisionCode: ({ code }, state, context) => {
      const old = listed(state, context);
      if (old.code === code) return [];
      if (code.length !== old.code.length)
        refuse('E_CODE_BAND', 'The code is of another level.', { divisionCode: code });
      checkCodeFree(code, context);
      return [{ type: 'DivisionCodeChanged', data: { oldCode: old.code, newCode: code } }];
    },
    transferDivision: ({ parent }, state, context) => transfer(parent, listed(state, context), context),
    delistDivision: (data, state, context) => {
      if (state.status === 'ENDED') return [];
      listed(state, context);
      return [{ type: 'DivisionDelisted', data }];
    },
  },
};
