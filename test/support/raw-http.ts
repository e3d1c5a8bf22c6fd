/** HTTP written by hand, for what no client library would send. */
import { once } from 'node:events';
import { connect } from 'node:net';

/** Writes the text to a connection of its own and resolves with all that came back until it was closed. */
export async function rawHttp(url: string, text: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  // Whoever is refused may be cut off while it still writes.
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  socket.write(text);
  await closed;
  return Buffer.concat(pieces).toString('utf8');
}

/** Status codes of the answers in what came back. */
export const statusesOf = (answers: string): number[] =>
  [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
