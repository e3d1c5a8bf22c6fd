import { describe, expect, it } from 'vitest';
import { committees } from '../support/acts.ts';
import { given } from '../support/given.ts';
import { approval, ids, of, streams } from '../support/hamlet-county.ts';

const village = ids.baima;
const term = `term-${village}`;
const seat = (n: string, post: string) => ({
  personRef: `p_${n.repeat(24)}`,
  post,
  votes: 300,
  elected: true,
  woman: n === 'b',
  isNonHukou: false,
  otherPosts: [],
});
const sitting = [
  of(term, 'CommitteeElected', '2017-05-01', {
    village,
    termNumber: 7,
    ballotRound: 1,
    registered: 500,
    votesCast: 400,
    invalid: 0,
    proxyVotes: 0,
    results: [seat('a', 'CHAIR'), seat('b', 'MEMBER'), seat('c', 'MEMBER')],
    kin: [],
    flags: [],
  }),
  of(term, 'TermStarted', '2017-05-10', { village, termNumber: 7, plannedEndsOn: '2020-05-10' }),
];
const refused = expect.objectContaining({ code: 'E_OPEN_OBLIGATIONS' });

describe('a village whose committee sits and was not audited', () => {
  it('is not abolished', async () => {
    const scene = await given(...committees, ...sitting);
    const abolish = scene.when(streams.baima, 'abolishVillage', { successors: [ids.xiawei], approval }, '2019-01-01');
    await expect(abolish).rejects.toEqual(refused);
  });

  it('does not end in a merger', async () => {
    const scene = await given(...committees, ...sitting);
    const merge = scene.when(streams.xiawei, 'mergeVillages', { merged: [village], approval }, '2019-01-01');
    await expect(merge).rejects.toEqual(refused);
  });

  it('ends where no committee is known to sit', async () => {
    const scene = await given(...committees);
    const abolish = scene.when(streams.baima, 'abolishVillage', { successors: [ids.xiawei], approval }, '2019-01-01');
    await expect(abolish).resolves.toHaveLength(1);
  });
});
