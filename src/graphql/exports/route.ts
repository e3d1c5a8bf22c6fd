/** `/export/{villages,divisions,events}.{csv,ndjson}`: streamed no faster than it is read. */
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticator } from '../../access/authenticator.ts';
import type { Principal } from '../../access/principal.ts';
import { DivisionCode, DivisionLevel, LocalDate, VillageId, VillageKind } from '../../domain/scalars.ts';
import { CodedError } from '../../es/errors.ts';
import type { RecordedEvent } from '../../es/event.ts';
import { recordDisclosed } from '../access-log.ts';
import type { BasisReader } from '../basis.ts';
import { newContext, type RequestContext, type Services } from '../context.ts';
import { Gate } from '../gate.ts';
import { entityTag, isHeld, sendHeld } from '../http-cache.ts';
import { badInput } from '../input-error.ts';
import { momentAsked } from '../picture.ts';
import { Rights } from '../rights.ts';
import { DateTimeScalar, PositionScalar } from '../scalars.ts';
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
      app.get(`/export/${table}.${format}`, (request, reply) => send(request, reply, options, gate, { table, format }));
    }
  }
}

interface Asking {
  readonly table: ExportTable;
  readonly format: ExportFormat;
}

/** Refused at once where too many are under way: before it costs anything. */
function send(
  request: FastifyRequest,
  reply: FastifyReply,
  options: ExportOptions,
  gate: Gate,
  asking: Asking,
): Promise<FastifyReply> {
  return new Promise((resolve, reject) => {
    gate.run(() => stream(request, reply, options, asking, resolve)).catch(reject);
  });
}

/** Answers, and resolves when all was read or the reader has gone. Errors of the question: before anything is answered. */
async function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  { services, basis, authenticator }: ExportOptions,
  { table, format }: Asking,
  answer: (reply: FastifyReply) => void,
): Promise<void> {
  const principal = await authenticator.authenticate(request.headers.authorization);
  const asked = read(request.query as Parameters, table);
  const context = newContext(services, principal, request.id, await basis.current());
  const question = { ...asked, at: await momentAsked(context, asked) };
  const show = (page: readonly RecordedEvent[]) => shownOf(context, page);
  const pieces = exportTable({ ...services, show }, table, format, question);
  // The first piece is made before the answer begins: what is wrong with the question is still told as an error.
  const first = await pieces.next();
  reply.header('x-position', String(question.at.position));
  if (isFixed(asked, table, principal)) {
    const { id } = await services.store.identity();
    const tag = entityTag(JSON.stringify([id, services.readModel.generation, table, format, question]));
    if (isHeld(request, reply, { tag, isPinned: true, principal })) return answer(sendHeld(reply));
  } else {
    reply.header('cache-control', 'no-store');
  }
  const body = Readable.from(resumed(first, pieces), { objectMode: false, highWaterMark: 65_536 });
  reply.header('content-type', contentTypes[format]);
  reply.header('content-disposition', `attachment; filename="${table}-${question.at.effectiveOn}.${format}"`);
  answer(reply.send(body));
  // Whoever goes away in the middle has ended it too.
  await finished(body).catch(() => undefined);
}

/** Whether the answer is the same for ever. What events somebody with roles sees changes with them, and each look is recorded. */
const isFixed = ({ effectiveOn, position }: Asked, table: ExportTable, { kind }: Principal): boolean =>
  effectiveOn !== undefined && position !== undefined && (table !== 'events' || kind === 'anonymous');

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
