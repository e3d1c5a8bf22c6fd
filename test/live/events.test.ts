import { describe, expect, it } from 'vitest';
import { liveApi } from '../support/live-api.ts';
import { subscribe } from '../support/live-sink.ts';

const xiawei = 'v_xiawei0001';

describe('events()', () => {
  it('tells all after a position, then that it has reached the head, then what comes', async () => {
    const api = await liveApi();
    const reader = subscribe(api.live, { variables: { after: '11' } });
    await reader.has(3);
    await api.rename(xiawei, '下围社区居委会');
    const told = await reader.has(4);
    expect(told.map(({ __typename, position }) => [__typename, position])).toEqual([
      ['EventRecorded', '12'],
      ['EventRecorded', '13'],
      ['CaughtUp', '13'],
      ['EventRecorded', '14'],
    ]);
    expect(told[3].event).toEqual({
      __typename: 'VillageRenamed',
      id: `village-${xiawei}.1`,
      stream: `village-${xiawei}`,
      summary: '下围村委会 was renamed 下围社区居委会.',
    });
    expect(reader.messages.map(({ position }) => position)).toEqual([12, 13, 13, 14]);
    expect(reader.subscription.position).toBe(14);
  });

  it('begins at the head where no position is given', async () => {
    const api = await liveApi();
    const reader = subscribe(api.live);
    expect(await reader.has(1)).toEqual([{ __typename: 'CaughtUp', position: '13' }]);
    await api.rename(xiawei, '下围社区居委会');
    await reader.has(2);
    expect(reader.positions).toEqual([14]);
  });
});
