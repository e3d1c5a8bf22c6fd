/** The doors beside GraphQL: alive, ready, metrics, and the contract as files. */
import type { FastifyInstance } from 'fastify';
import { type GraphQLSchema, printSchema } from 'graphql';
import { z } from 'zod';
import { eventCatalogue } from '../domain/index.ts';
import type { BasisReader } from './basis.ts';
import type { Services } from './context.ts';
import type { Telemetry } from './telemetry.ts';

export interface DoorOptions {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  readonly basis: BasisReader;
  readonly telemetry: Telemetry;
  /** What works less well than it should, one sentence each. */
  readonly degraded: () => readonly string[];
}

/** Opens `/healthz`, `/readyz`, `/metrics`, `/schema.graphql` and `/events.schema.json`. */
export function openDoors(app: FastifyInstance, options: DoorOptions): void {
  const { schema, services, basis, telemetry, degraded } = options;
  const sdl = printSchema(schema);
  let jsonSchema: string | undefined;
  app.get('/healthz', (_, reply) => reply.send({ alive: true }));
  app.get('/readyz', async (_, reply) => {
    const { position, head } = await basis.current();
    const ready = position >= head;
    return reply.code(ready ? 200 : 503).send({
      ready,
      position: String(position),
      head: String(head),
      stuck: services.readModel.stuck().map((one) => ({ ...one, position: String(one.position) })),
      degraded: degraded(),
      readOnly: services.readOnlyBecause,
    });
  });
  app.get('/metrics', async (_, reply) =>
    reply.header('content-type', telemetry.registry.contentType).send(await telemetry.registry.metrics()),
  );
  app.get('/schema.graphql', (_, reply) => reply.header('content-type', 'text/plain; charset=utf-8').send(sdl));
  app.get('/events.schema.json', (_, reply) => {
    jsonSchema ??= JSON.stringify(eventsSchema());
    return reply.header('content-type', 'application/schema+json; charset=utf-8').send(jsonSchema);
  });
}

/** JSON Schema of every event's payload, by type, with the version that is written today. */
function eventsSchema(): object {
  const types = [...eventCatalogue].map(([type, { schema, version, description }]) => {
    const { $schema: _, ...payload } = z.toJSONSchema(schema, { io: 'input' });
    return [type, { title: type, description, 'x-version': version, ...payload }] as const;
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Payloads of the events of the ledger, by type',
    $defs: Object.fromEntries(types),
  };
}
