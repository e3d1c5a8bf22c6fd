/** The error catalogue: every code that leaves the server, what it means and what to do. Held to docs/errors.md both ways by a test. */

import { domainErrors } from './domain-errors.ts';
import { type ErrorEntry, entry } from './error-entry.ts';

export const errorCatalogue = {
  // Requests
  BAD_USER_INPUT: entry(
    'An argument or variable has a value that its type does not allow.',
    'Correct the value at the given path.',
  ),
  BAD_REQUEST: entry(
    'The HTTP request is not a GraphQL request.',
    'Send JSON with `query` as POST with content-type application/json.',
  ),
  GRAPHQL_PARSE_FAILED: entry('The operation is not GraphQL.', 'Correct the text at the given location.'),
  GRAPHQL_VALIDATION_FAILED: entry(
    'The operation does not fit the schema.',
    'Correct it at the given location; /schema.graphql has the schema.',
  ),
  OPERATION_RESOLUTION_FAILURE: entry(
    'The document does not say which of its operations to run.',
    'Give operationName.',
  ),
  PERSISTED_QUERY_NOT_FOUND: entry(
    'No operation is kept under this document id or hash.',
    'Send the operation itself as `query`; /graphql/documents lists what is kept.',
  ),
  E_LIMIT: entry(
    'The request is larger than this server allows; it was refused before any work was done.',
    'Ask for less at once: `limit` names what was exceeded, `max` how much is allowed.',
  ),
  E_OVERLOADED: entry(
    'The server has more requests waiting than it takes.',
    'Try again after the time in Retry-After.',
    true,
  ),
  E_TIMEOUT: entry('The query took longer than this server allows.', 'Ask for less at once.', true),
  UNAUTHENTICATED: entry(
    'Who asks is not known: no credential came, or one that is forged, expired or revoked.',
    'Send `Authorization: Bearer` with a token that still holds; `xiangyue token` makes one.',
  ),
  FORBIDDEN: entry('This is not allowed here, or not to the one who asks.', 'The message says why.'),
  RATE_LIMITED: entry(
    'More requests, sockets or subscriptions than one client may have.',
    'Try again after the time in Retry-After.',
    true,
  ),
  E_ACCESS_LOG: entry(
    'What is not public is shown only when the look itself has been recorded, and that could not be done.',
    'Try again after the time in Retry-After.',
    true,
  ),
  INTERNAL_SERVER_ERROR: entry(
    'Something failed that should not.',
    'This is a defect of the program: report it with the requestId, which the server’s log has too.',
  ),
  // Commands
  E_STALE_REVISION: entry(
    'The stream has moved on since the given revision.',
    'Read it again and decide anew; actualRevision says where it stands.',
  ),
  E_DUPLICATE_COMMAND: entry('This commandId was used for another command.', 'Make a new commandId for a new command.'),
  E_NOT_FOUND: entry('The thing acted on does not exist.', 'Check the id or code, and the date.'),
  E_CORRECTION_TARGET: entry(
    'The event to void or replace is of another stream or type, or is already voided.',
    'Name an event of this stream that still holds.',
  ),
  E_TOO_MANY_EVENTS: entry(
    'One command would append more events than a stream may take at once.',
    'Split the command.',
  ),
  E_EVENT_INVALID: entry(
    'An event does not have the shape of its type.',
    'This is a defect of the program: report it with the requestId.',
  ),
  E_EVENT_UNKNOWN: entry(
    'The log holds an event type or version that this program does not know.',
    'Start a version of the program that knows it.',
  ),
  ...domainErrors,
  // Roster
  E_ROSTER_INVALID: entry(
    'A file of the roster is broken; nothing of it was imported.',
    'Mend the file at the given line, or fetch it again.',
  ),
  E_ROSTER_UNFINISHED: entry(
    'The import of another edition was begun and not finished.',
    'Import the named edition’s file again: it goes on where it stopped.',
  ),
  E_ROSTER_UNKNOWN: entry(
    'Nothing is known of this file’s edition.',
    'Give its day (--as-at), its day of publication (--published) and its source.',
  ),
  E_IMPORT_FAILED: entry(
    'An import did not complete.',
    'Mend what it says above; the same command goes on where it stopped.',
  ),
  E_EDITION_CONFLICT: entry(
    'Another file of this edition was imported before.',
    'Keep the file that was imported; state differences by commands.',
  ),
  // Four eyes
  E_FOUR_EYES: entry(
    'The act takes effect only when a second person approves it.',
    'Propose it by the `propose…` mutation of its name, and let somebody else approve it.',
  ),
  E_PROPOSAL_CLOSED: entry(
    'The proposal was decided already, or its time is over.',
    'Look at its status; propose it again where it is still wanted.',
  ),
  // Webhooks
  E_WEBHOOK_TARGET: entry(
    'This address is not one that the server sends to.',
    'Give an https address outside private networks, or let the operator allow it.',
  ),
  // Store
  E_UNAVAILABLE: entry(
    'The log, or whoever vouches for a credential, cannot be reached at the moment.',
    'Try again after the time in Retry-After.',
    true,
  ),
  E_STORAGE_FULL: entry(
    'The disk of the data folder is full; nothing was written.',
    'Free space on it; writes resume by themselves.',
    true,
  ),
  E_READ_ONLY: entry(
    'The data folder cannot be written; nothing was written.',
    'Give the process write permission; writes resume by themselves.',
    true,
  ),
  E_LOG_DAMAGED: entry('The log file is damaged.', 'Stop, keep the file, run `xiangyue verify`, restore a backup.'),
  E_DATA_DIR_IN_USE: entry(
    'Another process writes into this data folder.',
    'Stop that process or choose another DATA_DIR.',
  ),
  E_LOG_KIND: entry('A real and a simulated log are never mixed.', 'Use a data folder of its own for a simulation.'),
  // Reads
  E_BEHIND: entry('This node has not yet applied the position that was asked for.', 'Try again in a moment.', true),
  E_FUTURE_MOMENT: entry('knownAt or position lies ahead of the log.', 'Ask for a moment up to now.'),
  E_PROJECTION_STUCK: entry(
    'An event could not be applied to a read model; what depends on it stands still.',
    'See /readyz for its position; it is retried when a fixed program starts.',
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** An expected failure with a code of the catalogue. `details` become the error's extensions: no paths, SQL or personal data in them. */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Throws where our own reasoning was wrong: never for input. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}
