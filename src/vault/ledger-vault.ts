/** The vault and the log together: the log says what was done before the vault does it, and what the log says of a
 *  destruction the vault carries out, now or when it is next opened. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type PersonState, person, requireHeld } from '../domain/person.ts';
import type { DataAsked, DataRead, Erasure, PersonHeader, PersonVault } from '../domain/person-vault.ts';
import type { PersonalDatum, PersonalField } from '../domain/personal-field.ts';
import type { AnyAggregate } from '../es/aggregate.ts';
import type { Command, Ledger, Receipt } from '../es/command.ts';
import { CodedError } from '../es/errors.ts';
import { idOf, type RecordedEvent, streamOf } from '../es/event.ts';
import { evolve } from '../es/evolve.ts';
import { execute } from '../es/execute.ts';
import { vaultFileOf } from './database.ts';
import { type HeldDatum, Vault } from './vault.ts';
import type { VaultKey } from './vault-key.ts';

export interface LedgerVaultOptions {
  readonly dir: string;
  readonly ledger: Ledger;
  /** The master key; null where it lies in the folder. */
  readonly key: VaultKey | null;
}

/** Later than any day: a command on a person is decided on all that is known, and its facts are of today. */
const lastDay = '2999-12-31';
const pageEvents = 10_000;
const aggregate: AnyAggregate = person;
const namingFields: readonly PersonalField[] = ['NAME', 'IDENTITY_NUMBER', 'BANK_CARD', 'PHONE', 'ADDRESS'];

export class LedgerVault implements PersonVault {
  readonly #options: LedgerVaultOptions;
  #opening: Promise<Vault> | undefined;

  /** Opens nothing: the first person does. */
  constructor(options: LedgerVaultOptions) {
    this.#options = options;
  }

  /** Carries out what was ordered destroyed, if there is a vault at all: for the start of a server. */
  async settle(): Promise<void> {
    if (existsSync(vaultFileOf(this.#options.dir))) await this.#vault();
  }

  async register(header: PersonHeader, village?: string): Promise<Receipt & { readonly personRef: string }> {
    const vault = await this.#vault();
    const personRef = vault.refFor(header.commandId);
    const receipt = await this.#execute(header, personRef, 'registerPerson', village === undefined ? {} : { village });
    return { ...receipt, personRef };
  }

  async store(
    header: PersonHeader,
    personRef: string,
    data: readonly PersonalDatum[],
    noticeShown: boolean,
  ): Promise<Receipt> {
    const vault = await this.#vault();
    requireHeld(stateOf(await this.#eventsOf(personRef), personRef));
    refuseNaming(data, header);
    vault.ensureKey(personRef);
    const fields = data.map(({ value: _, ...field }) => field);
    const contentDigest = vault.digest(personRef, data);
    const receipt = await this.#execute(header, personRef, 'storePersonalData', { fields, noticeShown, contentDigest });
    vault.put(personRef, receipt.revision, data);
    return receipt;
  }

  async read(header: PersonHeader, personRef: string, { purpose, fields }: DataAsked): Promise<DataRead> {
    const vault = await this.#vault();
    const known = await this.#eventsOf(personRef);
    const before = stateOf(known, personRef);
    if (before.status === 'ERASED') return nothingRead({ events: [], ...endOf(known) });
    requireHeld(before);
    // Before anything is written: a vault that cannot be read is not said to have been.
    refuseNaming(heldIn(vault, personRef, before), header, purpose);
    // The marks of a command do not belong to its hash: by this one the event is known to be of this reading.
    const correlationId = randomUUID();
    const asked = { by: header.recordedBy, purpose, fields };
    const receipt = await this.#execute({ ...header, correlationId }, personRef, 'readPersonalData', asked);
    if (receipt.events[0]?.correlationId !== correlationId) {
      throw new CodedError('E_DUPLICATE_COMMAND', 'Every reading is in the log: make a new commandId for each.', {
        commandId: header.commandId,
      });
    }
    const state = stateOf(await this.#eventsOf(personRef), personRef);
    if (state.status === 'ERASED') return nothingRead(receipt);
    return { receipt, erased: false, data: currentOf(heldIn(vault, personRef, state), state, fields) };
  }

  async erase(header: PersonHeader, personRef: string, erasure: Erasure): Promise<Receipt> {
    const vault = await this.#vault();
    const before = stateOf(await this.#eventsOf(personRef), personRef);
    if (before.status === 'REGISTERED') refuseNaming(readable(vault, personRef, before), header, erasure);
    const receipt = await this.#execute(header, personRef, 'erasePerson', erasure);
    vault.destroy([personRef]);
    return receipt;
  }

  async close(): Promise<void> {
    const opened = await this.#opening?.catch(() => undefined);
    this.#opening = undefined;
    opened?.close();
  }

  #vault(): Promise<Vault> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      // The next one tries again: a key may be there by then.
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #open(): Promise<Vault> {
    const { dir, ledger, key } = this.#options;
    const { id: logId } = await ledger.store.identity();
    const vault = new Vault({ dir, logId, key });
    try {
      await this.#carryOut(vault);
      return vault;
    } catch (error) {
      vault.close();
      throw error;
    }
  }

  /** A vault restored from a backup, or cut off before it could destroy, learns from the log what is to be destroyed. */
  async #carryOut(vault: Vault): Promise<void> {
    const { store } = this.#options.ledger;
    const { position: head } = await store.head();
    const settled = vault.settledPosition;
    const filter = { types: ['PersonKeyDestroyed'] };
    for (let from = settled > head ? 0 : settled; from < head; ) {
      const page = await store.readLog({ from, until: head, limit: pageEvents, filter });
      if (page.length > 0) vault.destroy(page.map(({ stream }) => idOf(stream)));
      from = page.length < pageEvents ? head : (page.at(-1)?.position ?? head);
    }
    if (head !== settled) vault.settledPosition = head;
  }

  #execute(
    header: PersonHeader & Pick<Command, 'correlationId'>,
    personRef: string,
    name: keyof typeof person.commands,
    data: object,
  ): Promise<Receipt> {
    const stream = streamOf(person.name, personRef);
    const decoded = person.commands[name].decode(data, 1);
    return execute(this.#options.ledger, aggregate, { ...header, name, stream, data: decoded, effectiveOn: lastDay });
  }

  #eventsOf(personRef: string): Promise<readonly RecordedEvent[]> {
    return this.#options.ledger.store.readStream(streamOf(person.name, personRef));
  }
}

const stateOf = (events: readonly RecordedEvent[], personRef: string): PersonState =>
  events.reduce((state, event) => evolve(aggregate, state, event, personRef) as PersonState, person.initial);

const endOf = (events: readonly RecordedEvent[]) => ({
  position: events.at(-1)?.position ?? 0,
  revision: events.at(-1)?.revision ?? -1,
});

const nothingRead = (receipt: Receipt): DataRead => ({ receipt, erased: true, data: [] });

/** What the vault holds of a person; nothing where nothing was stored yet. */
const heldIn = (vault: Vault, personRef: string, { held }: PersonState): readonly HeldDatum[] =>
  Object.keys(held).length === 0 ? [] : vault.get(personRef);

/** What can still be read of a person who is to be erased: a key that is lost is no reason to keep the rest. */
function readable(vault: Vault, personRef: string, state: PersonState): readonly HeldDatum[] {
  try {
    return heldIn(vault, personRef, state);
  } catch (error) {
    if (error instanceof CodedError && (error.code === 'E_VAULT_LOCKED' || error.code === 'E_VAULT_DAMAGED')) return [];
    throw error;
  }
}

/** The asked fields, each as the log says it was last stored. Errors: `E_VAULT_DAMAGED`, where the vault holds another version. */
function currentOf(
  held: readonly HeldDatum[],
  state: PersonState,
  asked: readonly PersonalField[],
): readonly PersonalDatum[] {
  const known = asked.filter((field) => state.held[field]);
  const found = known.map((field) => held.find((datum) => datum.field === field));
  const missing = known.filter((field, at) => found[at]?.version !== state.held[field]?.version);
  if (missing.length > 0) {
    throw new CodedError('E_VAULT_DAMAGED', 'The vault does not hold what the log says was stored last.', {
      fields: missing,
    });
  }
  return found.flatMap((datum) => datum ?? []).map(({ version: _, ...datum }) => datum);
}

/** What is written to the log does not name whom it is about. Errors: `E_PERSONAL_DATA_IN_EVENT`. */
function refuseNaming(data: readonly PersonalDatum[], header: PersonHeader, ...said: readonly unknown[]): void {
  const written = JSON.stringify([header, ...said]).normalize('NFKC');
  const named = data.find(
    ({ field, value }) =>
      namingFields.includes(field) &&
      [...value].length > 1 &&
      written.includes(JSON.stringify(value).slice(1, -1).normalize('NFKC')),
  );
  if (!named) return;
  throw new CodedError('E_PERSONAL_DATA_IN_EVENT', 'What is written to the log names the person.', {
    field: named.field,
  });
}
