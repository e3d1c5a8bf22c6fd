import type { GraphQLObjectType } from 'graphql';
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
import { questionOf, questions } from '../support/query-questions.ts';
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
  const letIn = (isLetIn: boolean) => (isLetIn ? 'let in' : 'FORBIDDEN');
  const toPerson = (isLetIn: boolean) => (isLetIn && reach === 'outside' ? 'E_NOT_FOUND' : letIn(isLetIn));
  switch (need) {
    case 'twoPersons':
      return 'E_FOUR_EYES';
    case 'record':
      return letIn(has('clerk'));
    case 'approve':
      return letIn(has('approver'));
    // Outside of one's places a person is as if missing.
    case 'personRecord':
      return toPerson(role === 'clerk');
    case 'personRead':
      return toPerson(role === 'personal-data-reader');
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

  /** What each mutation was answered with; of people outside of one's places, that they are not there. */
  const answered = async (guarded: GuardedApi, role: Role, reach: Reach) => {
    const sent = await send(guarded, principalOf(nameOf(role, reach), [role], within[reach]), mutations);
    const isMissing = (name: string) => reach === 'outside' && mutationNeeds[name]?.startsWith('person');
    const told = (name: string, code: string) => (isMissing(name) && code === 'E_NOT_FOUND' ? code : outcomeOf(code));
    return { role, reach, ...Object.fromEntries(mutations.map((name) => [name, told(name, sent[name] as string)])) };
  };
  const expected = (role: Role, reach: Reach) => {
    const outcomes = mutations.map((name) => [name, mutationOutcome(mutationNeeds[name] as MutationNeed, role, reach)]);
    return { role, reach, ...Object.fromEntries(outcomes) };
  };
  const changing = everybody.filter(([role, reach]) => role === 'clerk' && reach !== 'outside');

  it.each(changing)('lets the %s in as the table says: %s', async (...each) => {
    expect(await answered(await open(), ...each)).toEqual(expected(...each));
  });

  it('lets everybody else in as the table says', async () => {
    const guarded = await open();
    for (const each of everybody.filter((one) => !changing.includes(one))) {
      expect(await answered(guarded, ...each)).toEqual(expected(...each));
    }
  });

  it('is refused to the anonymous at the door', async () => {
    const sent = await send(await open(), null, mutations);
    expect(new Set(Object.values(sent))).toEqual(new Set(['UNAUTHENTICATED']));
  });
});

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
