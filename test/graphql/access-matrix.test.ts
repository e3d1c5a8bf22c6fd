import {
  type GraphQLArgument,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { type Principal, type Role, roles } from '../../src/access/principal.ts';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import {
  type MutationNeed,
  mutationNeeds,
  type QueryNeed,
  queryNeeds,
  subscriptionNeeds,
} from '../support/access-expectations.ts';
import { type GuardedApi, guardedApi } from '../support/guarded-api.ts';
import { inputOf } from '../support/mutation-inputs.ts';
import { allRoles, principalOf } from '../support/principals.ts';
import { listProvince } from '../support/small-province.ts';
import { listThingsInTown, thingsInTown, townCode } from '../support/things-in-town.ts';

type Reach = 'inside' | 'outside' | 'everything';
/** 石滩, in which all lies that is acted on; 虎门, in another prefecture. */
const within: Readonly<Record<Reach, string | null>> = { inside: townCode, outside: '441900121', everything: null };
const reaches = Object.keys(within) as Reach[];
const everybody = roles.flatMap((role) => reaches.map((reach) => [role, reach] as const));
const nameOf = (role: Role, reach: Reach): string => `${role}-${reach}`;
const principals = everybody.map(([role, reach]) => principalOf(nameOf(role, reach), [role], within[reach]));

const schema = buildXiangyueSchema();
const fieldsOf = (type: GraphQLObjectType | null | undefined) => Object.values(type?.getFields() ?? {});
const mutations = fieldsOf(schema.getMutationType()).map(({ name }) => name);
const sentAtOnce = 40;

async function open(): Promise<GuardedApi> {
  const guarded = await guardedApi([allRoles, ...principals]);
  await listProvince(guarded.api);
  await listThingsInTown(guarded.api.services.store);
  const { position } = await guarded.api.services.store.head();
  await guarded.api.services.waitFor(position);
  return guarded;
}

/** What each of the mutations was answered with: the code of its error, or OK. */
async function send(
  guarded: GuardedApi,
  by: Principal | null,
  names: readonly string[],
): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for (let at = 0; at < names.length; at += sentAtOnce) {
    const sent = names.slice(at, at + sentAtOnce);
    const types = sent.map((name) => `$${name}: ${String(schema.getMutationType()?.getFields()[name]?.args[0]?.type)}`);
    const fields = sent.map((name) => `${name}(input: $${name}) { __typename }`);
    const variables = Object.fromEntries(sent.map((name) => [name, inputOf(name)]));
    const { text } = await guarded.ask(by, `mutation(${types.join(', ')}) { ${fields.join(' ')} }`, variables);
    const { errors = [] } = JSON.parse(text) as { errors?: { path?: string[]; extensions: { code: string } }[] };
    for (const name of sent) {
      const error = errors.find(({ path }) => path === undefined || path[0] === name);
      outcomes[name] = error?.extensions.code ?? 'OK';
    }
  }
  return outcomes;
}

const refused: readonly string[] = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'E_FOUR_EYES',
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
];
/** Let in: what the domain says of it then is its own matter. */
const outcomeOf = (code: string): string => (refused.includes(code) ? code : 'let in');

function mutationOutcome(need: MutationNeed, role: Role, reach: Reach): string {
  const has = (wanted: Role) => role === wanted && reach !== 'outside';
  const letIn = (isLetIn: boolean, otherwise = 'FORBIDDEN') => (isLetIn ? 'let in' : otherwise);
  switch (need) {
    case 'twoPersons':
      return 'E_FOUR_EYES';
    case 'record':
      return letIn(has('clerk'));
    case 'approve':
      return letIn(has('approver'));
    // Outside of one's places a person is as if missing, which is no refusal of access.
    case 'personRecord':
      return letIn(role === 'clerk');
    case 'personRead':
      return letIn(role === 'personal-data-reader');
    case 'administerAny':
      return letIn(role === 'administrator');
    case 'administerAll':
      return letIn(role === 'administrator' && reach === 'everything');
  }
}

describe('every mutation', () => {
  it('is in the table of what it asks, and nothing else is', () => {
    expect(Object.keys(mutationNeeds).sort()).toEqual([...mutations].sort());
  });

  const check = async (guarded: GuardedApi, role: Role, reach: Reach) => {
    const sent = await send(guarded, principalOf(nameOf(role, reach), [role], within[reach]), mutations);
    const expected = mutations.map((name) => [name, mutationOutcome(mutationNeeds[name] as MutationNeed, role, reach)]);
    const outcomes = Object.fromEntries(mutations.map((name) => [name, outcomeOf(sent[name] as string)]));
    expect({ role, reach, ...outcomes }).toEqual({ role, reach, ...Object.fromEntries(expected) });
    for (const name of ['storePersonalData', 'readPersonalData', 'erasePerson']) {
      if (outcomes[name] === 'let in' && reach === 'outside') expect(sent[name]).toBe('E_NOT_FOUND');
    }
  };
  const changing = everybody.filter(([role, reach]) => role === 'clerk' && reach !== 'outside');

  it.each(changing)('lets the %s in as the table says: %s', async (role, reach) => {
    await check(await open(), role, reach);
  });

  it('lets everybody else in as the table says', async () => {
    const guarded = await open();
    for (const each of everybody.filter((one) => !changing.includes(one))) await check(guarded, ...each);
  });

  it('is refused to the anonymous at the door', async () => {
    const sent = await send(await open(), null, mutations);
    expect(new Set(Object.values(sent))).toEqual(new Set(['UNAUTHENTICATED']));
  });
});

/** Values of the arguments that a field cannot do without, by type. */
const values: Readonly<Record<string, string>> = {
  ID: '"v_xiawei0001"',
  DivisionCode: `"${townCode}"`,
  PersonRef: `"${thingsInTown.person}"`,
  Int: '2021',
  CertificateItemCode: '"KINSHIP"',
  Quarter: '"2021-Q1"',
  YearMonth: '"2021-05"',
  String: '"x"',
  Boolean: 'true',
  Moment: '{ effectiveOn: "2021-05-06" }',
};
/** Of fields that show what is not public: a question that finds it. */
const questions: Readonly<Record<string, string>> = {
  accessLog: `accessLog(person: "${thingsInTown.person}") { nodes { event } }`,
  event: `event(id: "retired-${thingsInTown.retired}.0") { id }`,
  node: `node(id: "${thingsInTown.retired}") { id }`,
  nodes: `nodes(ids: ["${thingsInTown.person}", "${thingsInTown.proposal}"]) { id }`,
  person: `person(ref: "${thingsInTown.person}") { id }`,
  proposals: 'proposals { nodes { id } }',
  events: 'events(first: 200) { nodes { stream } }',
  village: 'village(id: "v_xiawei0001") { retiredCadres { id } }',
  villages: 'villages { nodes { retiredCadres { id } } }',
  division: `division(code: "${townCode}") { villages { nodes { retiredCadres { id } } } }`,
  divisions: 'divisions(level: TOWNSHIP) { villages(first: 5) { nodes { retiredCadres { id } } } }',
  arrearsDue: 'arrearsDue(kind: BASIC_PAY, positionBefore: "1") { __typename }',
  disclosureBoard: 'disclosureBoard(quarter: "2024-Q1", within: "440118") { __typename }',
  at: 'at { proposals { nodes { id } } }',
};

function questionOf(name: string): string {
  if (questions[name]) return questions[name];
  const field = schema.getQueryType()?.getFields()[name];
  const required = field?.args.filter(({ type }) => isNonNullType(type)) ?? [];
  const args = required.map((argument) => `${argument.name}: ${sampleFor(argument)}`).join(', ');
  return `${name}${args && `(${args})`}${isCompositeType(getNamedType(field?.type)) ? ' { __typename }' : ''}`;
}

function sampleFor({ name, type }: GraphQLArgument): string {
  const named = getNamedType(type);
  const value = isEnumType(named) ? named.getValues()[0]?.name : values[named.name];
  if (value === undefined) throw new Error(`${name}: ${String(type)} has no sample`);
  return isListType(isNonNullType(type) ? type.ofType : type) ? `[${value}]` : value;
}

const restrictedIds = ['person', 'retired', 'proposal'].map((aggregate) => thingsInTown[aggregate] as string);
const seeing: readonly Role[] = ['clerk', 'approver', 'auditor', 'personal-data-reader'];
const sees = (role: Role, reach: Reach): boolean => seeing.includes(role) && reach !== 'outside';
const queries = fieldsOf(schema.getQueryType()).map(({ name }) => name);

function queryOutcome(need: QueryNeed, role: Role, reach: Reach): string {
  if (need === 'seeAccessLog') return role === 'auditor' && reach !== 'outside' ? 'let in' : 'FORBIDDEN';
  if (need === 'administerAny') return role === 'administrator' ? 'let in' : 'FORBIDDEN';
  if (need === 'administerAll') return role === 'administrator' && reach === 'everything' ? 'let in' : 'FORBIDDEN';
  return 'let in';
}

describe('every query', () => {
  it('is in the table of what it asks, and nothing else is', () => {
    expect(Object.keys(queryNeeds).sort()).toEqual([...queries].sort());
    const subscriptions = fieldsOf(schema.getSubscriptionType()).map(({ name }) => name);
    expect(Object.keys(subscriptionNeeds).sort()).toEqual(subscriptions.sort());
  });

  /** Of each query what it was answered with, and whether it showed something that is not public. */
  const ask = async (guarded: GuardedApi, by: Principal | null) => {
    const outcomes: Record<string, readonly [string, boolean]> = {};
    for (const name of queries) {
      const { codes, text } = await guarded.ask(by, `{ ${questionOf(name)} }`);
      outcomes[name] = [outcomeOf(codes[0] ?? 'OK'), restrictedIds.some((id) => text.includes(id))];
    }
    return outcomes;
  };
  const expected = (outcome: (need: QueryNeed) => string, isSeen: boolean) =>
    Object.fromEntries(
      queries.map((name) => {
        const need = queryNeeds[name] as QueryNeed;
        return [name, [outcome(need), isSeen && need === 'partly' && questions[name] !== undefined]];
      }),
    );

  it('shows everybody what the table says', async () => {
    const guarded = await open();
    for (const [role, reach] of everybody) {
      const by = principalOf(nameOf(role, reach), [role], within[reach]);
      const told = expected((need) => queryOutcome(need, role, reach), sees(role, reach));
      expect({ role, reach, ...(await ask(guarded, by)) }).toEqual({ role, reach, ...told });
    }
  });

  it('shows the anonymous what is public, and nothing else', async () => {
    const isOpen = (need: QueryNeed) => need === 'public' || need === 'partly';
    const told = expected((need) => (isOpen(need) ? 'let in' : 'UNAUTHENTICATED'), false);
    expect(await ask(await open(), null)).toEqual(told);
  });
});

describe('every export', () => {
  const files = ['villages', 'divisions', 'events'].flatMap((table) => [`${table}.csv`, `${table}.ndjson`]);
  const shownIn = async (guarded: GuardedApi, by: Principal | null, file: string) => {
    const { status, text } = await guarded.get(by, `/export/${file}`);
    expect(status).toBe(200);
    return restrictedIds.some((id) => text.includes(id));
  };

  it('is open to all, and tells each what lies within their rights', async () => {
    const guarded = await open();
    for (const file of files) {
      expect(await shownIn(guarded, null, file)).toBe(false);
      for (const [role, reach] of everybody) {
        const by = principalOf(nameOf(role, reach), [role], within[reach]);
        const shown = await shownIn(guarded, by, file);
        expect([file, role, reach, shown]).toEqual([file, role, reach, file.startsWith('events') && sees(role, reach)]);
      }
    }
  });
});
