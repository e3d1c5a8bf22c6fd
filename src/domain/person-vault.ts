/** What a vault of persons does: the contract between the API, which asks, and src/vault, which keeps. */

import type { z } from 'zod';
import type { Command, Receipt } from '../es/command.ts';
import type { DestructionApproval, DestructionGround, PersonalDatum, PersonalField } from './personal-field.ts';

/** What every command on a person carries; its day is the day on which it comes. */
export type PersonHeader = Pick<
  Command,
  'commandId' | 'expectedRevision' | 'basis' | 'evidence' | 'decidedBy' | 'note' | 'recordedBy'
>;

export interface DataAsked {
  readonly purpose: string;
  readonly fields: readonly PersonalField[];
}

export interface DataRead {
  readonly receipt: Receipt;
  /** True where the person was erased: then nothing was read and nothing written. */
  readonly erased: boolean;
  /** What is held of the fields that were asked for, in their order. */
  readonly data: readonly PersonalDatum[];
}

export interface Erasure {
  readonly ground: z.output<typeof DestructionGround>;
  readonly approvals: readonly DestructionApproval[];
}

/** Every method may fail with `E_VAULT_LOCKED`, `E_VAULT_UNAVAILABLE`, `E_VAULT_DAMAGED`, `E_PERSONAL_DATA_IN_EVENT` and the
 *  store's errors. */
export interface PersonVault {
  /** Gives a person a reference: made by the vault's secret from the commandId, so that a repeat gives the same one.
   *  `village`: whose clerks keep the data. Errors: `E_NOT_FOUND` where there is no such village. */
  register(header: PersonHeader, village?: string): Promise<Receipt & { readonly personRef: string }>;

  /** Keeps data. Errors: `E_NOT_FOUND`, `E_PERSON_ERASED`, `E_CONSENT_MISSING`. */
  store(
    header: PersonHeader,
    personRef: string,
    data: readonly PersonalDatum[],
    noticeShown: boolean,
  ): Promise<Receipt>;

  /** Reads data, once its reading is in the log. A commandId reads once: `E_DUPLICATE_COMMAND`. Errors: `E_NOT_FOUND`,
   *  `E_PURPOSE_MISSING`. */
  read(header: PersonHeader, personRef: string, asked: DataAsked): Promise<DataRead>;

  /** Destroys the person's key and all that it closed; the same again finishes what was cut short. Errors: `E_NOT_FOUND`,
   *  `E_APPROVAL_MISSING`. */
  erase(header: PersonHeader, personRef: string, erasure: Erasure): Promise<Receipt>;
}
