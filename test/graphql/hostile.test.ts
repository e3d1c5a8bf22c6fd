import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../src/graphql/limits.ts';
import { type Hostile, hostileRequests } from '../support/hostile.ts';
import { Program } from '../support/program.ts';
import { ask, type Reply } from '../support/small-server.ts';

/** One server in a process of its own for all of them: what one leaves behind, the next would meet. */
let url = '';
let program: Program;
let dir = '';
const stalled: Socket[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'xiangyue-'));
  program = new Program(dir, ['--json', 'start', '--empty'], { QUERY_DURATION_MS_MAX: '60000' });
  const [line = ''] = await program.lines(1);
  url = (JSON.parse(line) as { url: string }).url;
  const { hostname, port } = new URL(url);
  // Beside all that follows stand those who begin a request and do not end it.
  for (let at = 0; at < 50; at += 1) {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    socket.write('POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ');
    stalled.push(socket);
  }
}, 120_000);

afterAll(async () => {
  for (const socket of stalled) socket.destroy();
  program.signal('SIGKILL');
  await program.ended();
  rmSync(dir, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Of a body that is too large by its declared length only the beginning is sent: a connection that is closed over unread data
 *  may lose the answer. */
const send = (body: string | Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const headers = { 'content-type': 'application/json', 'content-length': bytes.length };
    const sent = request(`${url}/graphql`, { method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
        sent.destroy();
      });
    });
    sent.on('error', reject);
    if (bytes.length <= defaultLimits.bodyBytesMax) sent.end(bytes);
    else sent.write(bytes.subarray(0, 1_024));
  });

const other = () => ask({ url }, '{ log { position } }');
const bodyOf = ({ text }: Answer) => JSON.parse(text) as Reply['body'];
const answerBytesMax = 60_000;

describe('a hostile request', () => {
  it.each(hostileRequests.map((each): [string, Hostile] => [each.name, each]))(
    'is refused with a code, and another client is answered: %s',
    async (_, { code, limit, body }) => {
      const [hostile, meanwhile, after] = await Promise.all([send(body), other(), send(body).then(other)]);
      const { data, errors } = bodyOf(hostile);
      if (code === null) expect([hostile.status, errors]).toEqual([200, undefined]);
      else {
        expect(data).toBeFalsy();
        expect(errors?.[0]?.extensions.code).toBe(code);
        expect(errors?.[0]?.extensions.limit).toBe(limit);
      }
      expect(hostile.text.length).toBeLessThan(answerBytesMax);
      expect(meanwhile.body.errors).toBeUndefined();
      expect(after.body.errors).toBeUndefined();
    },
  );

  it('leaves the server as it was', async () => {
    expect(program.hasEnded).toBe(false);
    expect((await other()).body.errors).toBeUndefined();
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('is told nothing of the server', async () => {
    const texts: string[] = [];
    for (const { body } of hostileRequests) texts.push((await send(body)).text);
    for (const text of texts)
      expect(text).not.toMatch(/node_modules|\.ts\b|\.js\b|\bat \w+ \(|SQLITE|select |Did you mean/i);
  });
});
