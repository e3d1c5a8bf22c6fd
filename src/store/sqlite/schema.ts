/** The log's tables, version by version. */
import { CodedError } from '../../es/errors.ts';
import { type Database, pragma } from './database.ts';

/** What the log's own trigger says of an event that does not follow its stream's last. */
export const outOfOrder = 'an event follows the last revision of its stream';

/** The past is read-only by protocol: the database itself refuses to change it. Replacing by INSERT OR REPLACE fires no
 *  DELETE trigger, so the insert triggers let nothing in but what follows the last position and revision. */
const version1 = `
create table log (
  one integer primary key check (one = 1),
  id text not null,
  kind text not null check (kind in ('real', 'simulated')),
  created_at integer not null
) strict;

create table event (
  position integer primary key,
  stream text not null,
  revision integer not null,
  type text not null,
  schema_version integer not null,
  effective_on text not null,
  recorded_at integer not null,
  shared integer not null check (shared in (0, 1)),
  payload text not null,
  meta text not null
) strict;
create unique index event_stream on event (stream, revision);
create index event_shared on event (position) where shared = 1;

create table event_subject (
  subject text not null,
  position integer not null,
  primary key (subject, position)
) strict, without rowid;

create trigger event_follows before insert on event begin
  select case
    when new.revision is not (select coalesce(max(revision) + 1, 0) from event where stream = new.stream)
      then raise(abort, '${outOfOrder}')
    when new.position is not (select coalesce(max(position) + 1, 1) from event)
      then raise(abort, 'an event follows the last position of the log')
  end;
end;
create trigger event_subject_follows before insert on event_subject
when exists (select 1 from event_subject where subject = new.subject and position = new.position) begin
  select raise(abort, 'a subject is recorded once');
end;
create trigger log_follows before insert on log when exists (select 1 from log) begin
  select raise(abort, 'a log has one identity');
end;
${['log', 'event', 'event_subject'].map(refuseChanges).join('')}`;

function refuseChanges(table: string): string {
  return `
create trigger ${table}_not_updated before update on ${table} begin
  select raise(abort, 'the log is append-only: ${table} is never updated');
end;
create trigger ${table}_not_deleted before delete on ${table} begin
  select raise(abort, 'the log is append-only: ${table} is never deleted from');
end;`;
}

/** Step n brings a log of version n to n + 1. Steps are added, never changed. */
export const migrations: readonly string[] = [version1];

/** Version of the log's tables; 0 in a file that holds none. Errors: `E_EVENT_UNKNOWN` where a newer program wrote it. */
export function schemaVersion(database: Database, steps = migrations): number {
  const version = Number(pragma(database, 'user_version'));
  if (version > steps.length) {
    const message = `The log has format ${version}; this program knows formats up to ${steps.length}.`;
    throw new CodedError('E_EVENT_UNKNOWN', message, { format: version, knownFormat: steps.length });
  }
  return version;
}

/** Brings the tables to the newest version, all steps or none; `first` runs in the same transaction where there were none.
 *  Errors: `E_EVENT_UNKNOWN`; else the driver's. */
export function migrate(database: Database, first: () => void, steps = migrations): void {
  const version = schemaVersion(database, steps);
  if (version === steps.length) return;
  database.exec('begin immediate');
  try {
    for (const step of steps.slice(version)) database.exec(step);
    if (version === 0) first();
    database.exec(`pragma user_version = ${steps.length}; commit`);
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}
