import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { honours } from '../../projections/honours.ts';
import { servicePoints } from '../../projections/service-points.ts';
import { CodedError } from '../../src/es/errors.ts';
import { by, committees, villageIds } from '../support/acts.ts';
import { given, type Scene } from '../support/given.ts';
import { divisionIds } from '../support/hamlet-county.ts';
import { RowsOf } from '../support/world.ts';

const days = ['2017-01-01', '2018-06-01', '2019-01-01', '2020-06-30'];
const some = fc.constantFrom;
const village = some(villageIds.villagers, villageIds.residents);
const point = fc.record({ name: some('服务站'), itemsOffered: some(60), online: fc.boolean() });
const opening = fc.oneof(
  point.map((each) => ({ ...each, tier: 'TOWNSHIP', division: divisionIds.shitan, parent: 'sp_aaaaaaaa' })),
  point.map((each) => ({ ...each, tier: 'PROVINCE', division: divisionIds.province })),
);
const on = (streams: readonly string[], name: string, data: fc.Arbitrary<object>) =>
  fc.tuple(some(...streams), some(name), data);
const honourStreams = ['honour-h_aaaaaaaa', 'honour-h_bbbbbbbb'];
const pointStreams = ['servicepoint-sp_aaaaaaaa', 'servicepoint-sp_bbbbbbbb'];
const command = fc.oneof(
  on(
    honourStreams,
    'conferHonour',
    village.map((id) => ({ holderType: 'VILLAGE', village: id, title: '示范社区', level: 'CENTRE' })),
  ),
  on(honourStreams, 'revokeHonour', some({ reason: '复核未通过' })),
  on(pointStreams, 'openServicePoint', opening),
  on(pointStreams, 'closeServicePoint', some({})),
);

/** Sends a command twice under one id: refused both times, or stored once. */
async function sendTwice(scene: Scene, at: number, [stream, name, data]: [string, string, object], day: string) {
  const send = () => scene.send(stream, name, data, day, { ...by.centre, commandId: `random-${at}` });
  try {
    const first = await send();
    expect((await send()).events).toEqual(first.events);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
  }
}

describe('commands on honours and service points, in any order', () => {
  it('leave a log that folds, with no title held twice and no point of a name open twice', async () => {
    const actions = fc.array(fc.tuple(command, some(...days)), { minLength: 4, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(actions, async (all) => {
        const scene = await given(...committees);
        for (const [at, [each, day]] of all.entries()) await sendTwice(scene, at, each, day);
        const log = await scene.log();
        const [held, points] = [new RowsOf(honours, log), new RowsOf(servicePoints, log)];
        const last = days.at(-1) as string;
        const titles = held.ids.flatMap((id) => {
          const row = held.one(id, last);
          return row && row.revoked_on === null ? [`${row.village}:${row.title}`] : [];
        });
        const open = points.ids.flatMap((id) => {
          const row = points.one(id, last);
          return row && row.closed_on === null ? [`${row.division}:${row.tier}:${row.name}`] : [];
        });
        expect(new Set(titles).size).toBe(titles.length);
        expect(new Set(open).size).toBe(open.length);
      }),
      { numRuns: 25 },
    );
  });
});
