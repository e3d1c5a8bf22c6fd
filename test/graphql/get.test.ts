import { beforeEach, describe, expect, it } from 'vitest';
import { type Answered, type GuardedApi, guardedApi } from '../support/guarded-api.ts';
import { allRoles, principalOf } from '../support/principals.ts';
import { listRestricted, type Restricted } from '../support/restricted-province.ts';
import { startSmallServer } from '../support/small-server.ts';

const clerk = principalOf('clerk', ['clerk']);
const other = principalOf('other', ['auditor'], '440118');

let guarded: GuardedApi;
let inside: Restricted;
let outside: Restricted;

const addressOf = (query: string, variables?: object) => {
  const params = new URLSearchParams({ query });
  if (variables) params.set('variables', JSON.stringify(variables));
  return `/graphql?${params}`;
};
const cached = ({ headers }: Answered) => headers['cache-control'];
const village = (at: string) => `{ ${at} { village(id: "v_xiawei0001") { name status } } }`;
const rename = (id: string, name: string) =>
  guarded.api.tell({
    name: 'renameVillage',
    stream: `village-${id}`,
    effectiveOn: '2021-01-01',
    basis: [{ unknownBecause: 'a test' }],
    data: { name },
  });

beforeEach(async () => {
  guarded = await guardedApi([allRoles, clerk, other], { cacheBytesMax: 10_000_000 });
  ({ inside, outside } = await listRestricted(guarded));
});

describe('an answer to a GET that may move', () => {
  const query = village('at');

  it('is asked for again with its tag, and not sent again while it holds', async () => {
    const first = await guarded.get(null, addressOf(query));
    expect(first.headers).toMatchObject({ 'cache-control': 'public, no-cache', vary: 'authorization, accept' });
    const tag = String(first.headers.etag);
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
    for (const asked of [tag, tag.slice(2), `"x", ${tag}`, '*']) {
      const again = await guarded.get(null, addressOf(query), { 'if-none-match': asked });
      expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag]);
      expect(again.headers['content-type']).toBeUndefined();
    }
    expect((await guarded.get(null, addressOf(query), { 'if-none-match': 'W/"other"' })).status).toBe(200);
  });

  it('keeps its tag while its data is the same, and loses it with them', async () => {
    const { headers } = await guarded.get(null, addressOf(query));
    const tag = { 'if-none-match': String(headers.etag) };
    await rename('v_humen00001', '虎门新村');
    expect((await guarded.get(null, addressOf(query), tag)).status).toBe(304);
    await rename('v_xiawei0001', '下围新村');
    const moved = await guarded.get(null, addressOf(query), tag);
    expect([moved.status, moved.data.at.village.name]).toEqual([200, '下围新村']);
    expect(moved.headers.etag).not.toBe(headers.etag);
  });

  it('has one tag for all who are shown the same, and is kept apart for the known', async () => {
    const [open, known] = [await guarded.get(null, addressOf(query)), await guarded.get(clerk, addressOf(query))];
    expect(known.headers.etag).toBe(open.headers.etag);
    expect(cached(known)).toBe('private, no-cache');
  });

  it('comes from the exact cache, with the same tag', async () => {
    const [first, again] = [await guarded.get(null, addressOf(query)), await guarded.get(null, addressOf(query))];
    expect([first.headers['x-cache'], again.headers['x-cache']]).toEqual(['miss', 'hit']);
    expect([again.text, again.headers.etag, cached(again)]).toEqual([first.text, first.headers.etag, cached(first)]);
    const posted = await guarded.ask(null, query);
    expect([posted.headers['x-cache'], posted.headers.etag, cached(posted)]).toEqual(['hit', undefined, 'no-store']);
  });

  it.each([
    ['an error', '{ log { position } at(knownAt: "2999-01-01T00:00:00Z") { village(id: "x") { name } } }'],
    ['a refusal', '{ nope }'],
  ])('is kept nowhere with %s in it', async (_, broken) => {
    const answer = await guarded.get(null, addressOf(broken));
    expect(answer.codes.length).toBeGreaterThan(0);
    expect([cached(answer), answer.headers.etag]).toEqual(['no-store', undefined]);
  });

  it('is told to HEAD without its body', async () => {
    const { url } = await startSmallServer();
    const [head, whole] = [
      await fetch(url + addressOf('{ position }'), { method: 'HEAD' }),
      await fetch(url + addressOf('{ position }')),
    ];
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', whole.headers.get('etag')]);
  });
});

describe('an answer pinned by position and day', () => {
  const pinned = (position: string) => village(`at(position: "${position}", effectiveOn: "2021-05-06")`);

  it('says that it never changes, and does not: byte for byte, whatever is appended', async () => {
    const head = (await guarded.data(null, '{ log { position } }')).log.position as string;
    const first = await guarded.get(null, addressOf(pinned(head)));
    expect(cached(first)).toBe('public, max-age=31536000, immutable');
    expect(JSON.parse(first.text).extensions.basis).toMatchObject({ position: head, behind: false });
    await rename('v_xiawei0001', '下围新村');
    const [hit, anew] = [
      await guarded.get(null, addressOf(pinned(head))),
      await guarded.get(null, addressOf(`${pinned(head)} `)),
    ];
    expect([hit.headers['x-cache'], anew.headers['x-cache']]).toEqual(['hit', 'miss']);
    expect([hit.text, anew.text]).toEqual([first.text, first.text]);
    expect(hit.headers.etag).toBe(first.headers.etag);
    expect(cached(hit)).toBe(cached(first));
  });

  it('shows no event that came later, not even one that takes another back', async () => {
    const renamed = await rename('v_xiawei0001', '下围新村');
    const at = `at(position: "${renamed.position}", effectiveOn: "2024-06-01")`;
    const query = `{ ${at} {
      village(id: "v_xiawei0001") {
        name status codes { code } names { name }
        history(first: 50) { totalCount nodes { id type voidedBy summary } }
      }
      division(code: "44") { tally { villages { total } } children { name } }
      villages(first: 10) { totalCount nodes { name code } }
    } }`;
    const first = await guarded.get(null, addressOf(query));
    expect([first.codes, cached(first)]).toEqual([[], 'public, max-age=31536000, immutable']);
    await guarded.api.tell({
      name: 'voidEvent',
      stream: 'village-v_xiawei0001',
      effectiveOn: '2021-01-01',
      basis: [{ unknownBecause: 'a test' }],
      corrects: renamed.events[0]?.id,
      data: { eventId: renamed.events[0]?.id, reason: 'A mistake.' },
    });
    await rename('v_humen00001', '虎门新村');
    const anew = await guarded.get(null, addressOf(`${query} `));
    expect([anew.headers['x-cache'], anew.text]).toEqual(['miss', first.text]);
    expect((await guarded.get(null, addressOf(query.replace(at, 'at')))).text).not.toBe(first.text);
  });

  it('tells of its own position, not of the newest', async () => {
    const early = await guarded.get(null, addressOf(pinned('1')));
    const { basis } = JSON.parse(early.text).extensions;
    const events = '{ events(first: 1) { nodes { recordedAt } } }';
    const { recordedAt } = (await guarded.data(null, events)).events.nodes[0];
    expect(basis).toMatchObject({ position: '1', recordedAt, behind: false });
  });

  it('is seen in variables, in fragments and beside __typename', async () => {
    const query = `query($p: Position, $d: LocalDate = "2021-05-06") {
      __typename ...all ... on Query { b: at(position: 2, effectiveOn: $d) { asOf { position } } }
    } fragment all on Query { a: at(position: $p, effectiveOn: "2020-01-01") { asOf { position } } }`;
    const answer = await guarded.get(null, addressOf(query, { p: '3' }));
    expect(cached(answer)).toBe('public, max-age=31536000, immutable');
    expect(JSON.parse(answer.text).extensions.basis.position).toBe('3');
    expect(cached(await guarded.get(null, addressOf(query)))).toBe('public, no-cache');
  });

  it.each([
    ['no day', '{ at(position: "1") { asOf { position } } }'],
    ['no position', '{ at(effectiveOn: "2021-05-06") { asOf { position } } }'],
    ['knownAt alone', '{ at(knownAt: "2024-01-01T00:05:00Z", effectiveOn: "2021-05-06") { asOf { position } } }'],
    ['what moves beside it', '{ at(position: "1", effectiveOn: "2021-05-06") { asOf { position } } log { position } }'],
  ])('is none with %s', async (_, query) => {
    const answer = await guarded.get(null, addressOf(query));
    expect([answer.codes, cached(answer)]).toEqual([[], 'public, no-cache']);
  });

  it('is private to whoever is known, and kept nowhere where what is not public was looked at', async () => {
    const head = (await guarded.data(null, '{ log { position } }')).log.position as string;
    expect(cached(await guarded.get(clerk, addressOf(pinned(head))))).toBe('private, max-age=31536000, immutable');
    const at = `at(position: "${head}", effectiveOn: "2024-06-01")`;
    const person = (ref: string) => addressOf(`{ ${at} { person(ref: "${ref}") { status } } }`);
    const told = async (by: typeof clerk | null, ref: string) => {
      const answer = await guarded.get(by, person(ref));
      return [answer.data.at.person, cached(answer)];
    };
    for (const by of [clerk, other])
      expect(await told(by, inside.person)).toEqual([{ status: 'REGISTERED' }, 'no-store']);
    // What is there and what is not look alike to whoever may not see it, in the headers too.
    const absent = `p_${'0'.repeat(24)}`;
    for (const ref of [outside.person, absent]) {
      expect(await told(null, ref)).toEqual([null, 'public, max-age=31536000, immutable']);
      expect(await told(other, ref)).toEqual([null, 'no-store']);
    }
  });
});
