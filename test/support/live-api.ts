/** The cursors over the ledger's API, and what they execute, counted. */
import { onTestFinished } from 'vitest';
import type { Services } from '../../src/graphql/context.ts';
import { type Execution, Executor } from '../../src/graphql/executor.ts';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { createTelemetry } from '../../src/graphql/telemetry.ts';
import { type LiveCursors, openLive } from '../../src/live/open-live.ts';
import { type LedgerApi, ledgerApi } from './ledger-api.ts';
import { listProvince } from './small-province.ts';

export interface LiveApi extends LedgerApi {
  readonly live: LiveCursors;
  /** What was executed so far. */
  readonly executions: Execution[];
  /** Lines of the log. */
  readonly lines: string[];
  /** Other cursors over the same ledger, as of a server that was started anew. */
  open(services?: Partial<Services>): LiveCursors;
  /** Renames a village; the position. */
  rename(village: string, name: string): Promise<number>;
}

/** Cursors over a province that is known by heart, closed when the test has finished. */
export async function liveApi(): Promise<LiveApi> {
  const api = await ledgerApi();
  await listProvince(api);
  let day = api.services.today();
  const services: Services = { ...api.services, today: () => day };
  const executions: Execution[] = [];
  const lines: string[] = [];
  const schema = buildXiangyueSchema();
  const executor = new Executor(schema, 60_000);
  const counting = {
    run: (execution: Execution) => {
      executions.push(execution);
      return executor.run(execution);
    },
  };
  const telemetry = createTelemetry({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
  const open = (other: Partial<Services> = {}) => {
    const live = openLive({
      services: { ...services, ...other },
      executor: counting,
      schema,
      telemetry,
      dayCheckMs: 5,
    });
    onTestFinished(() => live.close());
    return live;
  };
  return {
    ...api,
    services,
    onDay: (other) => {
      day = other;
      api.onDay(other);
    },
    live: open(),
    executions,
    lines,
    open,
    rename: async (village, name) => {
      const stream = `village-${village}`;
      const data = { name };
      return (await api.tell({ name: 'renameVillage', stream, data, effectiveOn: '2020-01-01' })).position;
    },
  };
}
