/** The schema: made once a process, since type-graphql keeps its types in one place. */
import 'reflect-metadata';
import { GraphQLObjectType, GraphQLSchema, isInterfaceType } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { eventCatalogue } from '../domain/index.ts';
import { VOID_COMMAND } from '../es/command.ts';
import { AccessLogQuery } from './access-log-query.ts';
import { ApiKeyResolvers } from './api-keys.ts';
import { AtQuery } from './at.ts';
import { CertificateListPayload } from './certificate-payload.ts';
import { ChangesQuery } from './changes-query.ts';
import type { RequestContext } from './context.ts';
import { deriveCommands } from './derive/commands.ts';
import { deriveEvents } from './derive/events.ts';
import { DisclosureStandardPayload } from './disclosure-standard-payload.ts';
import { DivisionVillages } from './division-villages.ts';
import { ElectionRoundPayload } from './election-round-payload.ts';
import { EventFields } from './event-fields.ts';
import { EventQueries } from './events.ts';
import { withSubscriptions } from './live-schema.ts';
import { LogQuery } from './log.ts';
import { MatterPayload } from './matter-payload.ts';
import { AppropriationPayload, RegionTierPayload, StandardPayload } from './money-payloads.ts';
import { NodeQueries } from './nodes.ts';
import { DivisionPayload, FigurePayload, IdentityReviewPayload, VillagePayload, VoidEventPayload } from './payload.ts';
import { PersonMutations, PersonQuery } from './persons.ts';
import { DocumentPayload, HonourPayload, ServicePointPayload, WorkforcePayload } from './record-payloads.ts';
import { RetiredCadrePayload } from './retired-payload.ts';
import { Scene } from './scene.ts';
import { Snapshot } from './snapshot.ts';
import { AbsentNode } from './subject.ts';
import { systemResolvers } from './systems.ts';
import { VillageHistory } from './village-history.ts';
import { WebhookResolvers } from './webhooks.ts';

let built: GraphQLSchema | undefined;

/** The one schema of this process. Resolvers expect a `RequestContext`. Throws where a catalogue's term has no GraphQL form. */
export function buildXiangyueSchema(): GraphQLSchema {
  built ??= withSubscriptions(withSnapshotOnQuery(build()));
  return built;
}

function build(): GraphQLSchema {
  const commands = deriveCommands({
    village: VillagePayload,
    division: DivisionPayload,
    review: IdentityReviewPayload,
    figure: FigurePayload,
    charter: VillagePayload,
    deliberation: VillagePayload,
    disclosure: VillagePayload,
    matter: MatterPayload,
    disclosurestandard: DisclosureStandardPayload,
    term: VillagePayload,
    supervision: VillagePayload,
    round: ElectionRoundPayload,
    certificate: VillagePayload,
    retired: RetiredCadrePayload,
    certlist: CertificateListPayload,
    document: DocumentPayload,
    honour: HonourPayload,
    servicepoint: ServicePointPayload,
    workforce: WorkforcePayload,
    creditcode: VillagePayload,
    tier: RegionTierPayload,
    standard: StandardPayload,
    appropriation: AppropriationPayload,
    fund: VillagePayload,
    payrun: DivisionPayload,
    [VOID_COMMAND]: VoidEventPayload,
  });
  const events = deriveEvents();
  const queries = [AtQuery, EventQueries, ChangesQuery, LogQuery, NodeQueries];
  const schema = buildSchemaSync({
    resolvers: [
      ...queries,
      DivisionVillages,
      EventFields,
      VillageHistory,
      ...systemResolvers,
      PersonQuery,
      AccessLogQuery,
      PersonMutations,
      ApiKeyResolvers,
      WebhookResolvers,
      commands,
    ] as never,
    orphanedTypes: [...events, AbsentNode],
    // Everything that comes in is checked by its scalar, or by the catalogue.
    validate: false,
  });
  refuseCollisions(schema);
  // type-graphql's own are asynchronous or throw for plain objects; what is thrown there ends the process.
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (value: { __typename: string }) => value.__typename;
  }
  const mutation = schema.getMutationType();
  if (mutation)
    mutation.description = 'Commands: each names the thing acted on, the day and a commandId, and tells what it wrote.';
  return schema;
}

/** A payload's field of an envelope field's name would hide it. Throws with the name. */
function refuseCollisions(schema: GraphQLSchema): void {
  const envelope = schema.getType('Event');
  if (!isInterfaceType(envelope)) throw new Error('The schema has the interface Event');
  const fields = Object.keys(envelope.getFields());
  for (const [name, { shape }] of eventCatalogue) {
    const clash = fields.find((field) => field in shape);
    if (clash) throw new Error(`${name}.${clash} has the name of a field of every event`);
  }
}

/** Every field of Snapshot on Query too, where it means at(): today, all that is known. */
function withSnapshotOnQuery(schema: GraphQLSchema): GraphQLSchema {
  const config = schema.toConfig();
  const query = schema.getQueryType()?.toConfig();
  const snapshot = schema.getType('Snapshot');
  if (!query || !(snapshot instanceof GraphQLObjectType)) throw new Error('The schema has Query and Snapshot');
  const fields = Object.entries(snapshot.toConfig().fields).map(([name, field]) => {
    const { resolve } = field;
    if (!resolve) throw new Error(`Snapshot.${name} is resolved by a method`);
    const now: typeof resolve = (_, args, context: RequestContext, info) =>
      resolve(new Snapshot(Scene.now(context)), args, context, info);
    return [name, { ...field, resolve: now }] as const;
  });
  const both = new GraphQLObjectType({
    ...query,
    description: 'Questions. Every field of Snapshot stands here too and means at(): today, all that is known.',
    fields: { ...query.fields, ...Object.fromEntries(fields) },
  });
  const types = config.types.filter(({ name }) => name !== both.name);
  return new GraphQLSchema({ ...config, query: both, types });
}
