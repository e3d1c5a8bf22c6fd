/** The doors beside GraphQL: alive, ready, metrics, and the contract as files. */
import type { FastifyInstance } from 'fastify';
import type { BasisReader } from './basis.ts';
import type { Services } from './context.ts';
import type { Telemetry } from './telemetry.ts';

export type Contract = Readonly<Record<'schema.graphql' | 'events.schema.json', string>>;

export interface DoorOptions {
  /** The contract as text, by file name. */
  readonly contract: Contract;
  readonly services: Services;
  readonly basis: BasisReader;
  readonly telemetry: Telemetry;
  /** What works less well than it should, one sentence each. */
  readonly degraded: () => readonly string[];
}

/** Opens `/healthz`, `/readyz`, `/metrics`, `/schema.graphql` and `/events.schema.json`. */
export function openDoors(app: FastifyInstance, options: DoorOptions): void {
  const { contract, services, basis, telemetry, degraded } = options;
  app.get('/healthz', (_, reply) => reply.send({ alive: true }));
  app.get('/readyz', async (_, reply) => {
    const { position, head } = await basis.current();
    const ready = position >= head;
    return reply.code(ready ? 200 : 503).send({
      ready,
      position: String(position),
      head: String(head),
      stuck: services.readModel
        .stuck()
        .map((one) => ({ code: 'E_PROJECTION_STUCK', ...one, position: String(one.position) })),
      degraded: degraded(),
      readOnly: services.readOnlyBecause,
    });
  });
  app.get('/metrics', async (_, reply) =>
    reply.header('content-type', telemetry.registry.contentType).send(await telemetry.registry.metrics()),
  );
  app.get('/schema.graphql', (_, reply) =>
    reply.header('content-type', 'text/plain; charset=utf-8').send(contract['schema.graphql']),
  );
  app.get('/events.schema.json', (_, reply) =>
    reply.header('content-type', 'application/schema+json; charset=utf-8').send(contract['events.schema.json']),
  );
}
