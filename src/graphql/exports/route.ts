/** `/export/{villages,divisions,events}.{csv,ndjson}`: streamed no faster than it is read. */
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../../access/authenticator.ts';
import { DivisionCode, DivisionLevel, LocalDate, VillageId, VillageKind } from '../../domain/scalars.ts';
import { CodedError } from '../../es/errors.ts';
import type { RecordedEvent } from '../../es/event.ts';
import { recordDisclosed } from '../access-log.ts';
import type { BasisReader } from '../basis.ts';
import type { RequestContext, Services } from '../context.ts';
import { Gate } from '../gate.ts';
import { badInput } from '../input-error.ts';
import { momentAsked } from '../picture.ts';
import { Rights } from '../rights.ts';
import { DateTimeScalar, PositionScalar } from '../scalars.ts';
import { newEffort } from '../turn.ts';
import { type ExportFormat, type ExportTable, exportFormats, exportTable, exportTables } from './export-table.ts';
import type { ExportQuestion } from './question.ts';

export interface ExportOptions {
  readonly services: Services;
  readonly basis: BasisReader;
  readonly authenticator: Authenticator;
}

/** A slow reader holds its place as long as it reads. */
const exportsRunningMax = 8;
const contentTypes = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' } as const;
const parametersOf = {
  villages: ['within', 'kind', 'status'],
  divisions: ['within', 'level', 'status'],
  events: ['types', 'village'],
} as const;
const statuses = { villages: ['LISTED', 'DELISTED', 'ABOLISHED'], divisions: ['LISTED', 'DELISTED'], events: [] };

/** Opens the doors. Errors of a question are JSON, coded as in GraphQL. */
export function openExports(app: FastifyInstance, options: ExportOptions): void {
  const gate = new Gate({ runningMax: exportsRunningMax, waitingMax: 0 });
  for (const table of exportTables) {
    for (const format of exportFormats) {
      app.get(`/export/${table}.${format}`, (request, reply) => send(request, reply, options, gate, table, format));
    }
  }
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { services, basis, authenticator }: ExportOptions,
  gate: Gate,
  table: ExportTable,
  format: ExportFormat,
): Promise<FastifyReply> {
  const principal = await authenticator.authenticate(request.headers.authorization);
  const { effectiveOn, position } = await basis.current();
  const asked = read(request.query as Parameters, table);
  const { id: requestId } = request;
  const context = {
    services,
    requestId,
    principal,
    basis: { effectiveOn, position },
    reads: new Set<string>(),
    disclosed: new Set<string>(),
    loaders: new Map(),
    effort: newEffort(),
  };
  const question = { ...asked, at: await momentAsked(context, asked) };
  const show = (page: readonly RecordedEvent[]) => shownOf(context, page);
  const pieces = exportTable({ ...services, show }, table, format, question);
  // The first piece is made before the answer begins: what is wrong with the question is still told as an error.
  const first = await pieces.next();
  const body = Readable.from(resumed(first, pieces), { objectMode: false, highWaterMark: 65_536 });
  return await new Promise<FastifyReply>((resolve, reject) => {
    const running = gate.run(async () => {
      reply.header('content-type', contentTypes[format]).header('cache-control', 'no-store');
      reply.header('content-disposition', `attachment; filename="${table}-${question.at.effectiveOn}.${format}"`);
      reply.header('x-position', String(question.at.position));
      resolve(reply.send(body));
      // Whoever goes away in the middle has ended it too.
      await finished(body).catch(() => undefined);
    });
    running.catch(reject);
  });
}

/** The events of a page that the one who asks may see, once the look is recorded. Errors: `E_ACCESS_LOG`. */
async function shownOf(context: RequestContext, page: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
  // A context for each page: rights are those of the moment, and what was looked up for one page is forgotten with it.
  const ofPage = { ...context, loaders: new Map(), disclosed: new Set<string>() };
  const rights = Rights.of(ofPage);
  const shown = page.filter(({ stream }) => rights.sees(stream));
  await recordDisclosed(ofPage, 'export events');
  return shown;
}

async function* resumed(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (!first.done) yield first.value;
  yield* rest;
}

type Parameters = Readonly<Record<string, string | string[] | undefined>>;
type Asked = Omit<ExportQuestion, 'at'> & { effectiveOn?: string; knownAt?: number; position?: number };

/** The parameters in the words of GraphQL; lists are separated by commas. Errors: `BAD_USER_INPUT` with the parameter's name. */
function read(parameters: Parameters, table: ExportTable): Asked {
  const known: readonly string[] = ['effectiveOn', 'knownAt', 'position', ...parametersOf[table]];
  for (const name of Object.keys(parameters)) {
    if (!known.includes(name)) throw badInput([name], `${table} take ${known.join(', ')}.`);
  }
  const one = <T>(name: string, parse: (text: string) => T): T | undefined => {
    const text = parameters[name];
    if (text === undefined) return undefined;
    try {
      return parse(String(text));
    } catch (error) {
      if (error instanceof CodedError) throw error;
      throw badInput([name], `${name} has a value that it does not take.`);
    }
  };
  const list = (name: string, values: readonly string[]): string[] | undefined =>
    one(name, (text) => {
      const items = text.split(',');
      if (!items.every((item) => values.includes(item))) throw badInput([name], `${name} takes ${values.join(', ')}.`);
      return items;
    });
  return {
    effectiveOn: one('effectiveOn', (text) => LocalDate.parse(text)),
    knownAt: one('knownAt', (text) => DateTimeScalar.parseValue(text)),
    position: one('position', (text) => PositionScalar.parseValue(text)),
    within: one('within', (text) => DivisionCode.parse(text)),
    kind: list('kind', VillageKind.options),
    status: list('status', statuses[table]),
    level: list('level', DivisionLevel.options),
    types: one('types', (text) => text.split(',')),
    village: one('village', (text) => VillageId.parse(text)),
  };
}
