#!/usr/bin/env node
/** Keeps a CSV file up to date with a ledger's events: `node examples/events-to-csv.mjs events.csv [ws://127.0.0.1:4000/graphql]`.
 *  The file is its own checkpoint: each row carries its position, so that what was written and where to go on never part. A row that
 *  was cut off by a crash is dropped and fetched again. TOKEN holds a token, where one is needed. */
import { open } from 'node:fs/promises';
import { watchEvents } from 'xiangyue/client';
import { MustRefetchError } from 'xiangyue/client/messages';

const [path, url = 'ws://127.0.0.1:4000/graphql'] = process.argv.slice(2);
if (!path) {
  process.stderr.write('events-to-csv FILE [URL]\n');
  process.exit(2);
}

const columns = ['position', 'log', 'id', 'type', 'effectiveOn', 'recordedAt', 'recordedBy', 'summary'];
const head = `\uFEFF${columns.join(',')}\n`;
const tailBytesMax = 65_536;

/** Spreadsheets take a cell that begins like a formula for one: an apostrophe keeps it a text. */
const cell = (value) => {
  const text = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Cuts the file after its last whole row and gives that row's place, null where there is none. */
async function placeOf(file) {
  const { size } = await file.stat();
  const from = Math.max(0, size - tailBytesMax);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  const tail = buffer.subarray(0, bytesRead);
  const end = tail.lastIndexOf(0x0a) + 1;
  await file.truncate(from + end);
  const rows = tail.subarray(0, end).toString('utf8').split('\n');
  const [position, log] = (rows.at(-2) ?? '').split(',');
  return /^\d+$/.test(position) ? { position, log } : null;
}

const file = await open(path, 'a+');
const place = await placeOf(file);
if (place === null) {
  await file.truncate(0);
  await file.write(head);
}
const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => stopping.abort());

try {
  const checkpoint = { load: async () => place, save: async () => undefined };
  for await (const { position, log, event } of watchEvents({
    url,
    token: process.env.TOKEN,
    checkpoint,
    signal: stopping.signal,
    onState: (state) => process.stderr.write(`${state.kind} ${state.position ?? state.after ?? state.error ?? ''}\n`),
  })) {
    const row = { ...event, position, log };
    await file.write(`${columns.map((column) => cell(String(row[column]))).join(',')}\n`);
  }
} catch (error) {
  if (!(error instanceof MustRefetchError)) throw error;
  process.stderr.write(`${error.message} Move ${path} away and start again.\n`);
  process.exitCode = 1;
} finally {
  await file.close();
}
