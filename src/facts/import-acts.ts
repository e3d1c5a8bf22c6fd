/** Cited acts from a facts file, each as the command that a clerk would send. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { commandCatalogue } from '../domain/index.ts';
import type { World } from '../domain/world.ts';
import { canonicalJson } from '../es/canonical.ts';
import type { Command, Ledger } from '../es/command.ts';
import { CodedError } from '../es/errors.ts';
import { type Authority, idOf, streamOf } from '../es/event.ts';
import { execute } from '../es/execute.ts';
import type { ActSpec } from './facts-file.ts';

/** Where acts are executed: a ledger whose world keeps up with the log. */
export interface ActLedger extends Ledger {
  readonly world: World;
  /** Resolves when the world knows the position. */
  readonly waitFor: (position: number) => Promise<void>;
  /** Id of what a creating command makes: the same as over GraphQL. */
  readonly madeId: (aggregate: string, commandId: string) => string;
}

/** Checks what can be checked of acts before any is executed. Errors: `E_FACTS_INVALID`. */
export function checkActs(acts: readonly ActSpec[]): void {
  const keys = new Set<string>();
  for (const [at, { command, key, on }] of acts.entries()) {
    const wrong = (what: string) => new CodedError('E_FACTS_INVALID', `acts[${at}] ${command}: ${what}`);
    const definition = commandCatalogue.get(command)?.definition;
    if (!definition) throw wrong('there is no such command.');
    if (definition.creates && key === undefined) throw wrong('what it makes needs a `key`.');
    if (definition.creates !== (on === undefined)) {
      throw wrong(definition.creates ? 'it makes what it acts on: leave out `on`.' : 'say in `on` what it acts on.');
    }
    if (key !== undefined && keys.has(key)) throw wrong(`the key ${key} stands twice.`);
    if (key !== undefined) keys.add(key);
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** The command of an act, its references resolved. Errors: `E_FACTS_INVALID` with the act's place. */
function commandOf(act: ActSpec, at: number, { world, madeId }: ActLedger, recordedBy: string): Command {
  const wrong = (what: string) => new CodedError('E_FACTS_INVALID', `acts[${at}] ${act.command}: ${what}`);
  const found = commandCatalogue.get(act.command);
  if (!found) throw wrong('there is no such command.');
  const { aggregate, definition } = found;
  // One id an act: an edited one under its old key is another command under the same id, and is refused.
  const commandId = `fact-${act.key ?? digest(canonicalJson(act)).slice(0, 32)}`;
  const resolve = (value: unknown): unknown => resolved(value, { day: act.effectiveOn, world, madeId, wrong });
  const named = act.on === undefined ? undefined : String(resolve(act.on));
  const parsed = definition.schema.safeParse(resolve(act.data));
  if (!parsed.success) throw wrong(z.prettifyError(parsed.error));
  return {
    name: act.command,
    stream: streamOf(aggregate.name, named ?? madeId(aggregate.name, commandId)),
    data: parsed.data,
    commandId,
    effectiveOn: act.effectiveOn,
    basis: act.basis,
    decidedBy: act.decidedBy && (resolve(act.decidedBy) as Authority),
    note: act.note,
    recordedBy,
  };
}

/** Executes an act and waits until the world knows it. Returns the events that are new. Errors: `E_FACTS_INVALID` with the
 *  aggregate's refusal. */
export async function importAct(ledger: ActLedger, act: ActSpec, at: number, recordedBy: string): Promise<number> {
  const command = commandOf(act, at, ledger, recordedBy);
  const aggregate = commandCatalogue.get(act.command)?.aggregate;
  if (!aggregate) throw new CodedError('E_FACTS_INVALID', `acts[${at}]: there is no command ${act.command}.`);
  const before = (await ledger.store.head()).position;
  try {
    const { events, position } = await execute(ledger, aggregate, command);
    await ledger.waitFor(position);
    return events.filter((event) => event.position > before).length;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const message = `acts[${at}] ${act.command} (${idOf(command.stream)}): ${error.code} ${error.message}`;
    throw new CodedError('E_FACTS_INVALID', message, error.details, { cause: error });
  }
}

const reference = /^(village|division|made):([^@]+?)(?:@(\d{4}-\d\d-\d\d))?$/;

interface Ground extends Pick<ActLedger, 'world' | 'madeId'> {
  readonly day: string;
  readonly wrong: (what: string) => CodedError;
}

/** The value with its references replaced by ids. */
function resolved(value: unknown, ground: Ground): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, ground));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, ground)]));
  }
  const match = typeof value === 'string' ? reference.exec(value) : null;
  if (!match) return value;
  const { world, madeId, day, wrong } = ground;
  const [, kind, name = '', on = day] = match;
  if (kind === 'made') {
    const [aggregate = '', key = ''] = name.split(':');
    return madeId(aggregate, `fact-${key}`);
  }
  const asked = world.rosterFrom !== null && on < world.rosterFrom ? world.rosterFrom : on;
  const found = kind === 'village' ? world.villageByCode(name, asked) : world.divisionByCode(name, asked);
  if (!found) throw wrong(`there is no ${kind} with the code ${name} on ${asked}.`);
  return found.id;
}
