/** The statements on the log, one a constant. */

export const insertLog = 'insert into log (one, id, kind, created_at) values (1, ?, ?, ?)';
export const selectLog = 'select id, kind from log';

export const insertEvent = `insert into event
  (position, stream, revision, type, schema_version, effective_on, recorded_at, shared, payload, meta)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
export const insertSubject = 'insert into event_subject (subject, position) values (?, ?)';

export const selectHead = 'select position, recorded_at from event order by position desc limit 1';
export const selectRecordedAt = 'select recorded_at from event where position = ?';
export const selectLastRevision = 'select max(revision) from event where stream = ?';

/** Columns of `StoredEvent`, payload and meta as text. */
const columns = `event.position, event.stream, event.revision, event.type, event.schema_version, event.effective_on,
  event.recorded_at, event.payload, event.meta`;

export const selectStream = `select ${columns} from event indexed by event_stream
  where stream = ? and revision >= ? order by revision limit ?`;
export const selectStreamBackwards = `select ${columns} from event indexed by event_stream
  where stream = ? and revision <= ? order by revision desc limit ?`;

/** Parameters: stream, after, limit. */
export const selectSubject = `select ${columns} from event indexed by event_stream
    where stream = ?1 and position > ?2
  union all
  select ${columns} from event_subject cross join event on event.position = event_subject.position
    where event_subject.subject = ?1 and event_subject.position > ?2
  order by position limit ?3`;

/** Parameters: after, until, types (JSON) or null, limit. The types are tested before the row's texts are touched. */
const scan = `select ${columns} from event
  where position > ?1 and position <= ?2 and (?3 is null or type in (select value from json_each(?3)))
  order by position`;
export const scanLog = `${scan} limit ?4`;
export const scanLogBackwards = `${scan} desc limit ?4`;

/** Finds by name: each stream and subject is looked up by its index, and positions are put in order before any row is
 *  fetched (`limit -1` keeps SQLite from leaving that order to the rows). */
const hitStreams = `select event.position from named cross join event indexed by event_stream
  on event.stream = named.name where event.position > ?1 and event.position <= ?2`;
const hitSubjects = `select event_subject.position from named cross join event_subject
  on event_subject.subject = named.name where event_subject.position > ?1 and event_subject.position <= ?2`;
const find = (
  hits: string,
  order: 'asc' | 'desc',
) => `with named (name) as materialized (select distinct value from json_each(?5)),
  hit (position) as (${hits} order by 1 ${order} limit -1)
  select ${columns} from hit cross join event on event.position = hit.position
  where (?3 is null or type in (select value from json_each(?3)))
    and (?6 is null or stream in (select value from json_each(?6)))
  order by hit.position ${order} limit ?4`;

/** Parameters: after, until, types or null, limit, names (JSON), streams that must match too (JSON) or null. */
export const findByStream = find(hitStreams, 'asc');
export const findByStreamBackwards = find(hitStreams, 'desc');
export const findBySubject = find(`${hitStreams} union ${hitSubjects}`, 'asc');
export const findBySubjectBackwards = find(`${hitStreams} union ${hitSubjects}`, 'desc');

/** An event as the JSON text of a `StoredEvent`. Names and types need no escapes; payload and meta are JSON as they stand. */
const asJson = `event.position || ',"' || event.stream || '",' || event.revision || ',"' || event.type || '",' ||
  event.schema_version || ',"' || event.effective_on || '",' || event.recorded_at || ',' || event.payload || ',' ||
  event.meta || ']'`;
const inPassing = `event.position <= ?4 and
  (?5 is null or event.type not in (select value from json_each(?5)) or instr(event.meta, '"voids":') > 0)`;

/** Parameters: stream and revision (both exclusive together), before, until, types left out (JSON) or null, limit. One text. */
export const selectStreams = `select group_concat(item, ',') from (select '[' || ${asJson} as item
  from event indexed by event_stream where (stream, revision) > (?1, ?2) and stream < ?3 and ${inPassing}
  order by stream, revision limit ?6)`;

/** Parameters: subject and position (both exclusive together), and the same; each event stands after its subject. One text. */
export const selectShared = `select group_concat(item, ',') from (select '[' || json_quote(subject) || ',' || ${asJson} as item
  from event_subject cross join event on event.position = event_subject.position
  where (subject, event_subject.position) > (?1, ?2) and subject < ?3 and ${inPassing}
  order by subject, event_subject.position limit ?6)`;
