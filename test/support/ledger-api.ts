/** The ledger's API without a server: a log in memory, a real read model, and both executors on every query. */
import { type ExecutionResult, execute as interpret, parse, validate } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { expect, onTestFinished } from 'vitest';
import { projections } from '../../projections/index.ts';
import type { Principal } from '../../src/access/principal.ts';
import { aggregateNamed } from '../../src/domain/index.ts';
import type { Command, Receipt } from '../../src/es/command.ts';
import { aggregateOf } from '../../src/es/event.ts';
import { execute } from '../../src/es/execute.ts';
import { Runner } from '../../src/es/runner.ts';
import type { RequestContext, Services } from '../../src/graphql/context.ts';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { newEffort } from '../../src/graphql/turn.ts';
import { worldOf } from '../../src/graphql/world.ts';
import { openDatabase } from '../../src/readmodel/database.ts';
import { SqliteReadModel } from '../../src/readmodel/sqlite-read-model.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { allRoles } from './principals.ts';

export const today = '2024-06-01';
const firstInstant = Date.UTC(2024, 0, 1);
const stepMs = 60_000;

type Told = Pick<Command, 'name' | 'stream' | 'data' | 'effectiveOn'> & Partial<Command>;
// biome-ignore lint/suspicious/noExplicitAny: an answer's shape is that of its query, which each test states.
type Answer = any;

export interface LedgerApi {
  readonly services: Services;
  readonly readModel: SqliteReadModel;
  /** Contexts of the requests so far, the last one last. */
  readonly contexts: RequestContext[];
  /** Lets another day be today. */
  onDay(day: string): void;
  /** Lets somebody else ask from now on. */
  as(principal: Principal): void;
  /** Executes a command on the log and waits for the read model. */
  tell(command: Told): Promise<Receipt>;
  /** The answer with its errors; a query is asked of both executors, which must agree. */
  reply(query: string, variables?: Record<string, unknown>): Promise<ExecutionResult>;
  /** The data; an error fails the test. */
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The first error's extensions, those of the error that it was made of. */
  refusal(query: string, variables?: Record<string, unknown>): Promise<Readonly<Record<string, unknown>>>;
}

/** An empty ledger, closed when the test has finished. Its clock moves a minute with every look. */
export async function ledgerApi(
  options: Partial<Pick<Services, 'readOnlyBecause' | 'waitFor' | 'keys'>> = {},
): Promise<LedgerApi> {
  let instant = firstInstant;
  const now = () => (instant += stepMs);
  const store = new MemoryStore({ now, identity: { id: 'log-1', kind: 'real' } });
  const readModel = SqliteReadModel.create(openDatabase(':memory:'), projections, 'log-1');
  const runner = Runner.start({
    store,
    sink: readModel,
    onFailure: (error) => Promise.reject(error),
  });
  onTestFinished(async () => {
    await runner.stop();
    readModel.close();
  });
  const services: Services = {
    store,
    readModel,
    ledger: { store, today: () => today, world: worldOf(readModel) },
    now: () => instant,
    today: () => today,
    waitFor: options.waitFor ?? ((position) => runner.waitFor(position, AbortSignal.timeout(30_000))),
    onApplied: (ring) => runner.onApplied(ring),
    recordLook: async () => undefined,
    readOnlyBecause: options.readOnlyBecause ?? null,
    keys: options.keys,
  };
  return apiOver(services, readModel);
}

function apiOver(services: Services, readModel: SqliteReadModel): LedgerApi {
  let told = 0;
  let day = today;
  let principal = allRoles;
  const contexts: RequestContext[] = [];
  const reply = async (query: string, variables: Record<string, unknown> = {}) => {
    const document = parse(query);
    const errors = validate(buildXiangyueSchema(), document);
    if (errors.length > 0) return { errors };
    const request = () => {
      const context = contextOf(services, day, principal);
      contexts.push(context);
      return { schema: buildXiangyueSchema(), document, variableValues: variables, contextValue: context };
    };
    const interpreted = await interpret(request());
    if (!query.trimStart().startsWith('mutation')) {
      const compiled = compileQuery(buildXiangyueSchema(), document);
      if (!isCompiledQuery(compiled)) throw new Error('The compiler declines the query');
      const result = await compiled.query({}, request().contextValue, variables);
      expect(JSON.parse(JSON.stringify(result.data ?? null))).toEqual(
        JSON.parse(JSON.stringify(interpreted.data ?? null)),
      );
      expect(result.errors?.length).toBe(interpreted.errors?.length);
    }
    return interpreted;
  };
  return {
    services,
    readModel,
    contexts,
    reply,
    onDay(other) {
      day = other;
    },
    as(other) {
      principal = other;
    },
    async tell(command) {
      const aggregate = aggregateNamed(aggregateOf(command.stream));
      if (!aggregate) throw new Error(`No aggregate has ${command.stream}`);
      told += 1;
      const header = { commandId: `told-${told}`, basis: [], recordedBy: 'test' };
      const receipt = await execute(services.ledger, aggregate, { ...header, ...command });
      await services.waitFor(receipt.position);
      return receipt;
    },
    async ask(query, variables) {
      const { data, errors } = await reply(query, variables);
      expect(errors).toBeUndefined();
      return JSON.parse(JSON.stringify(data));
    },
    async refusal(query, variables) {
      const [error] = (await reply(query, variables)).errors ?? [];
      const cause = error?.originalError as { code?: string; details?: object } | undefined;
      return {
        ...error?.extensions,
        ...(cause?.code ? { code: cause.code, ...cause.details } : {}),
        message: error?.message,
      };
    },
  };
}

const contextOf = (services: Services, effectiveOn: string, principal: Principal): RequestContext => ({
  services,
  requestId: 'request-1',
  principal,
  basis: { effectiveOn, position: services.readModel.position },
  reads: new Set(),
  disclosed: new Set(),
  loaders: new Map(),
  effort: newEffort(),
});
