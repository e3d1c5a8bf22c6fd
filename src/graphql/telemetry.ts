/** What the process tells its operators: structured logs and metrics. */
import pino, { type DestinationStream, type Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EventStore } from '../es/store.ts';

export interface Telemetry {
  readonly log: Logger;
  readonly registry: Registry;
  /** Seconds from a request's arrival to its answer, by kind of operation and whether the exact cache had it. */
  readonly operationSeconds: Histogram<'operation' | 'cache'>;
  readonly appendSeconds: Histogram;
  /** Errors sent to clients, by code. */
  readonly refusals: Counter<'code'>;
}

export interface TelemetryOptions {
  readonly level: string;
  /** Where the log goes; standard error where left out, since standard output is for results. */
  readonly destination?: DestinationStream;
  /** Metrics of the process itself (memory, event loop). */
  readonly process?: boolean;
}

const secondsBuckets = [0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** Makes the log and the metrics of one server. */
export function createTelemetry({ level, destination, process: ofProcess = false }: TelemetryOptions): Telemetry {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  return {
    log: pino({ level }, destination ?? pino.destination(2)),
    registry,
    operationSeconds: new Histogram({
      name: 'xiangyue_operation_seconds',
      help: 'Time to answer a GraphQL operation.',
      labelNames: ['operation', 'cache'],
      buckets: secondsBuckets,
      registers,
    }),
    appendSeconds: new Histogram({
      name: 'xiangyue_append_seconds',
      help: 'Time until an append was durable.',
      buckets: secondsBuckets,
      registers,
    }),
    refusals: new Counter({
      name: 'xiangyue_refusals_total',
      help: 'Errors sent to clients.',
      labelNames: ['code'],
      registers,
    }),
  };
}

/** Adds gauges that are read when somebody looks: the log's position and how far the read model lags. */
export function watchPositions(
  { registry }: Telemetry,
  positions: () => Promise<{ readonly head: number; readonly applied: number; readonly stuck: number }>,
): void {
  const registers = [registry];
  const applied = new Gauge({ name: 'xiangyue_applied_position', help: 'Position of the read model.', registers });
  const lag = new Gauge({
    name: 'xiangyue_projection_lag_positions',
    help: 'Distance of the read model from the head of the log.',
    registers,
  });
  const stuck = new Gauge({ name: 'xiangyue_stuck_entities', help: 'Entities that an event stopped.', registers });
  new Gauge({
    name: 'xiangyue_log_position',
    help: 'Head of the log.',
    registers,
    async collect() {
      const now = await positions();
      this.set(now.head);
      applied.set(now.applied);
      lag.set(now.head - now.applied);
      stuck.set(now.stuck);
    },
  });
}

/** The same store, its appends measured. */
export function timedStore(store: EventStore, { appendSeconds }: Telemetry): EventStore {
  return {
    identity: () => store.identity(),
    readStream: (stream, options) => store.readStream(stream, options),
    readSubject: (stream) => store.readSubject(stream),
    readLog: (options) => store.readLog(options),
    readStreams: (range) => store.readStreams(range),
    readShared: (until) => store.readShared(until),
    head: () => store.head(),
    positionAt: (instant) => store.positionAt(instant),
    onAppend: (ring) => store.onAppend(ring),
    close: () => store.close(),
    async append(stream, events, expected) {
      const end = appendSeconds.startTimer();
      try {
        return await store.append(stream, events, expected);
      } finally {
        end();
      }
    },
  };
}
