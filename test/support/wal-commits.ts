import { readFileSync } from 'node:fs';

const walHeaderBytes = 32;
const frameHeaderBytes = 24;

/** How many transactions a write-ahead log holds: SQLite marks the last frame of each with the size of the database after it. */
export function walCommits(path: string): number {
  const wal = readFileSync(path);
  const frameBytes = frameHeaderBytes + wal.readUInt32BE(8);
  const salt = wal.subarray(16, 24);
  let commits = 0;
  for (let at = walHeaderBytes; at + frameBytes <= wal.length; at += frameBytes) {
    // Frames of an earlier round of the file have another salt.
    if (!wal.subarray(at + 8, at + 16).equals(salt)) break;
    if (wal.readUInt32BE(at + 4) !== 0) commits += 1;
  }
  return commits;
}
