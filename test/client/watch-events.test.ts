import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileCheckpoint } from '../../src/client/file-checkpoint.ts';
import { MustRefetchError, RefusedError, watchEventsDocument } from '../../src/client/messages.ts';
import { watchEvents } from '../../src/client/watch-events.ts';
import { packageRoot } from '../../src/package-root.ts';
import { liveServer } from '../support/live-server.ts';
import { tempFolder } from '../support/temp-folder.ts';

const xiawei = 'v_xiawei0001';
const addressOf = (url: string) => `${url.replace('http', 'ws')}/graphql`;

describe('watchEvents()', () => {
  it('asks what schema/operations/watch-events.graphql asks', () => {
    const file = readFileSync(join(packageRoot, 'schema', 'operations', 'watch-events.graphql'), 'utf8');
    expect(watchEventsDocument).toBe(file.replace(/^#.*\n/, ''));
  });

  it('goes on from the place that was kept, and keeps it', async () => {
    const { api, url } = await liveServer();
    const path = join(tempFolder(), 'place.json');
    const checkpoint = fileCheckpoint(path);
    const first: string[] = [];
    for await (const { position } of watchEvents({ url: addressOf(url), checkpoint })) {
      first.push(position);
      if (first.length === 3) break;
    }
    // The third was not done with when the loop was left.
    expect(await checkpoint.load()).toMatchObject({ position: '2', log: expect.any(String) });
    await api.rename(xiawei, '下围社区居委会');
    const head = String((await api.services.store.head()).position);
    const second: string[] = [];
    for await (const { position } of watchEvents({ url: addressOf(url), checkpoint })) {
      second.push(position);
      if (position === head) break;
    }
    expect(second).toEqual(Array.from({ length: Number(head) - 2 }, (_, at) => String(at + 3)));
  });

  it('says that all must be fetched anew where the log is another one', async () => {
    const { url } = await liveServer();
    const path = join(tempFolder(), 'place.json');
    writeFileSync(path, '{"position":"3","log":"another"}');
    const watch = watchEvents({ url: addressOf(url), checkpoint: fileCheckpoint(path) });
    await expect(watch.next()).rejects.toEqual(new MustRefetchError('LOG_REBUILT'));
  });

  it('ends with the refusal of what can never be', async () => {
    const { url } = await liveServer();
    const document = 'subscription($after: Position, $log: ID) { events(after: $after, log: $log) { nope } }';
    await expect(watchEvents({ url: addressOf(url), document }).next()).rejects.toBeInstanceOf(RefusedError);
  });

  it('refuses a place that is none', async () => {
    const path = join(tempFolder(), 'place.json');
    writeFileSync(path, '{"position":"far"}');
    await expect(fileCheckpoint(path).load()).rejects.toThrow('holds no place');
  });
});
