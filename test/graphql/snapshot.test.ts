import { beforeEach, describe, expect, it } from 'vitest';
import { village } from '../../src/domain/village.ts';
import { CodedError } from '../../src/es/errors.ts';
import { execute } from '../../src/es/execute.ts';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { type LedgerApi, ledgerApi, today } from '../support/ledger-api.ts';
import { listProvince } from '../support/small-province.ts';

let api: LedgerApi;
beforeEach(async () => {
  api = await ledgerApi();
  await listProvince(api);
});

const place = 'township { code name } county { name } prefecture { name }';

describe('village()', () => {
  it('finds a listed village by its code, with its place', async () => {
    const query = `{ village(code: "440118102243") { __typename id code name shortName kind status isVirtual urbanRuralClass ${place} } }`;
    expect((await api.ask(query)).village).toEqual({
      __typename: 'Village',
      id: 'v_xiawei0001',
      code: '440118102243',
      name: '下围村委会',
      shortName: '下围',
      kind: 'VILLAGERS_COMMITTEE',
      status: 'LISTED',
      isVirtual: false,
      urbanRuralClass: null,
      township: { code: '440118102', name: '石滩镇' },
      county: { name: '增城区' },
      prefecture: { name: '广州市' },
    });
  });

  it('has no county where there is none', async () => {
    const { village } = await api.ask(`{ village(code: "441900121001") { ${place} } }`);
    expect(village).toEqual({
      township: { code: '441900121', name: '虎门镇' },
      county: null,
      prefecture: { name: '东莞市' },
    });
  });

  it('finds a delisted village by its id, not by its code', async () => {
    await api.tell({ name: 'delistVillage', stream: 'village-v_baima00001', data: {}, effectiveOn: '2020-01-01' });
    const query = '{ byId: village(id: "v_baima00001") { status code } byCode: village(code: "440118102201") { id } }';
    expect(await api.ask(query)).toEqual({ byId: { status: 'DELISTED', code: '440118102201' }, byCode: null });
  });

  it.each(['{ village { id } }', '{ village(id: "v_baima00001", code: "440118102201") { id } }'])(
    'refuses %s',
    async (query) => {
      expect(await api.refusal(query)).toMatchObject({ code: 'BAD_USER_INPUT', path: ['id'] });
    },
  );
});

describe('at()', () => {
  beforeEach(async () => {
    const rename = { name: 'renameVillage', stream: 'village-v_xiawei0001', effectiveOn: '2020-01-01' };
    await api.tell({ ...rename, data: { name: '下围社区居委会' } });
    await api.tell({
      name: 'changeVillageCode',
      stream: 'village-v_xiawei0001',
      data: { code: '440118102244' },
      effectiveOn: '2021-01-01',
    });
    await api.tell({
      name: 'renameDivision',
      stream: 'division-d_shitan0001',
      data: { name: '石滩街道' },
      effectiveOn: '2020-01-01',
    });
  });

  const everything = `{
    asOf { effectiveOn }
    village(id: "v_xiawei0001") { name code ${place} codes { code from to } names { name from to } history { totalCount nodes { type } } }
    villages(search: "下围") { totalCount nodes { name township { name } } }
    divisions(level: TOWNSHIP) { name tally { villages { total } } children { id } parent { name } }
    division(code: "44") { tally { villages { total residentsCommittees villagersCommittees quasi } } villages(first: 2) { totalCount nodes { name } } }
    editions { id } headlineFigures { id } identityReview { totalCount }
  }`;

  it('reaches everything below it', async () => {
    const { past } = await api.ask(`{ past: at(effectiveOn: "2019-12-31") ${everything} }`);
    expect(past.asOf.effectiveOn).toBe('2019-12-31');
    expect(past.village).toMatchObject({
      name: '下围村委会',
      code: '440118102243',
      township: { name: '石滩镇' },
      codes: [{ code: '440118102243', from: '2016-07-31', to: null }],
      names: [{ name: '下围村委会', from: '2016-07-31', to: null }],
      history: { totalCount: 1, nodes: [{ type: 'VillageListed' }] },
    });
    expect(past.villages.nodes).toEqual([{ name: '下围村委会', township: { name: '石滩镇' } }]);
    expect(past.divisions.map((division: { name: string }) => division.name)).toEqual(['新塘镇', '石滩镇', '虎门镇']);
    expect(past.division.tally.villages).toEqual({
      total: 6,
      residentsCommittees: 3,
      villagersCommittees: 2,
      quasi: 1,
    });
  });

  it('shows today what has become of it', async () => {
    const { village } = await api.ask(everything);
    expect(village).toMatchObject({
      name: '下围社区居委会',
      code: '440118102244',
      township: { name: '石滩街道' },
      codes: [
        { code: '440118102243', from: '2016-07-31', to: '2021-01-01' },
        { code: '440118102244', from: '2021-01-01', to: null },
      ],
      history: { totalCount: 3 },
    });
  });

  it('is empty before the first day and before the first event', async () => {
    const nothing =
      '{ villages { totalCount } village(code: "440118102243") { id } division(code: "44") { id } divisions(level: COUNTY) { id } }';
    const query = `{ day: at(effectiveOn: "2016-07-30") ${nothing} log: at(position: "0") ${nothing} }`;
    const empty = { villages: { totalCount: 0 }, village: null, division: null, divisions: [] };
    expect(await api.ask(query)).toEqual({ day: empty, log: empty });
  });

  it('knows at an instant what was recorded by then', async () => {
    const { log } = await api.ask('{ log { recordedAt } }');
    const { before, after } = await api.ask(
      'query($before: DateTime, $after: DateTime) { before: at(knownAt: $before) { asOf { position knownAt } village(id: "v_xiawei0001") { name } } after: at(knownAt: $after) { village(id: "v_xiawei0001") { name township { name } } } }',
      { before: '2024-01-01T00:00:00Z', after: log.recordedAt },
    );
    expect(before).toEqual({ asOf: { position: '0', knownAt: null }, village: null });
    expect(after.village).toEqual({ name: '下围社区居委会', township: { name: '石滩街道' } });
  });

  it('shows what lies ahead on its day', async () => {
    const late = { name: 'renameVillage', stream: 'village-v_baima00001', effectiveOn: '2030-01-01' };
    await api.tell({ ...late, data: { name: '白马社区居委会' } });
    const query =
      '{ now: village(id: "v_baima00001") { name } later: at(effectiveOn: "2030-01-01") { village(id: "v_baima00001") { name } } }';
    expect(await api.ask(query)).toEqual({
      now: { name: '白马村委会' },
      later: { village: { name: '白马社区居委会' } },
    });
  });

  it('waits for a position ahead of the read model, so that a writer reads what was written', async () => {
    const { position } = await execute(api.services.ledger, village, {
      name: 'renameVillage',
      stream: 'village-v_baima00001',
      data: { name: '白马社区居委会' },
      effectiveOn: '2024-01-01',
      commandId: 'just-now',
      basis: [],
      recordedBy: 'test',
    });
    const query = 'query($p: Position) { at(position: $p) { village(id: "v_baima00001") { name } } }';
    expect((await api.ask(query, { p: String(position) })).at.village.name).toBe('白马社区居委会');
  });

  it('is behind where the read model does not come', async () => {
    const behind = new CodedError('E_BEHIND', 'The read model stands at 0.');
    const slow = await ledgerApi({ waitFor: () => Promise.reject(behind) });
    const refusal = await slow.refusal('{ at(position: "5") { asOf { position } } }');
    expect(refusal).toMatchObject({ code: 'E_BEHIND' });
  });

  it('moves on at midnight without an event', async () => {
    const ahead = { name: 'renameVillage', stream: 'village-v_baima00001', effectiveOn: '2024-06-02' };
    await api.tell({ ...ahead, data: { name: '白马社区居委会' } });
    const query = '{ village(id: "v_baima00001") { name } asOf { position } }';
    expect((await api.ask(query)).village.name).toBe('白马村委会');
    api.onDay('2024-06-02');
    expect((await api.ask(query)).village.name).toBe('白马社区居委会');
  });

  it('says what it rests on', async () => {
    const { at, log } = await api.ask(
      '{ at { asOf { effectiveOn position knownAt } } log { position recordedAt kind simulated } }',
    );
    expect(at.asOf).toEqual({ effectiveOn: today, position: log.position, knownAt: log.recordedAt });
    expect(log).toMatchObject({ kind: 'REAL', simulated: false });
  });

  it.each([
    ['{ at(effectiveOn: "2021-02-30") { asOf { position } } }', 'BAD_USER_INPUT'],
    ['{ at(knownAt: "2024-01-01T00:00:00Z", position: "1") { asOf { position } } }', 'BAD_USER_INPUT'],
    ['{ at(knownAt: "2999-01-01T00:00:00Z") { asOf { position } } }', 'E_FUTURE_MOMENT'],
    ['{ at(position: "-1") { asOf { position } } }', 'BAD_USER_INPUT'],
  ])('refuses %s', async (query, code) => {
    expect(await api.refusal(query)).toMatchObject({ code });
  });
});

describe('division()', () => {
  it('takes what stands for a county’s code in 东莞 for the prefecture', async () => {
    const query = '{ division(code: "441900") { code children { name } } villages(within: "441900") { totalCount } }';
    expect(await api.ask(query)).toEqual({
      division: { code: '4419', children: [{ name: '虎门镇' }] },
      villages: { totalCount: 1 },
    });
  });

  it('finds those below another, itself included', async () => {
    const query =
      '{ divisions(level: TOWNSHIP, within: "4401") { code } self: divisions(level: PREFECTURE, within: "4401") { code } none: divisions(level: COUNTY, within: "99") { code } }';
    expect(await api.ask(query)).toEqual({
      divisions: [{ code: '440118101' }, { code: '440118102' }],
      self: [{ code: '4401' }],
      none: [],
    });
  });

  it('asks the read model once for the tallies of a list', async () => {
    const asked: (readonly string[])[] = [];
    const { tally } = api.readModel;
    api.readModel.tally = ((projection, groups, at) => {
      asked.push(groups);
      return tally.call(api.readModel, projection as never, groups, at);
    }) as typeof tally;
    const { divisions } = await api.ask('{ divisions(level: PREFECTURE) { tally { villages { total } } } }');
    expect(divisions.map((each: { tally: { villages: { total: number } } }) => each.tally.villages.total)).toEqual([
      5, 1,
    ]);
    // Once by each executor.
    expect(asked).toEqual([
      ['d_guangzhou1', 'd_dongguan01'],
      ['d_guangzhou1', 'd_dongguan01'],
    ]);
  });
});

describe('Query', () => {
  it('has every field of Snapshot, with the same arguments and type', () => {
    const schema = buildXiangyueSchema();
    const [query, snapshot] = ['Query', 'Snapshot'].map((name) => {
      const type = schema.getType(name);
      return type && 'getFields' in type ? type.getFields() : {};
    });
    const shape = (field: unknown) => {
      const { type, args } = field as { type: unknown; args: readonly { name: string; type: unknown }[] };
      return [String(type), args.map((arg) => [arg.name, String(arg.type)])];
    };
    const shared = Object.keys(snapshot ?? {});
    expect(shared).toContain('villages');
    for (const name of shared) expect([name, shape(query?.[name])]).toEqual([name, shape(snapshot?.[name])]);
  });

  it('rests on the log only where it shows its position', async () => {
    const readsOf = async (fields: string) => {
      await api.ask(`{ village(id: "v_baima00001") { name } asOf { ${fields} } }`);
      return [...(api.contexts.at(-1)?.reads ?? [])].sort();
    };
    expect(await readsOf('effectiveOn')).toEqual(['villages']);
    expect(await readsOf('effectiveOn position')).toEqual(['log', 'villages']);
  });

  it('records what it reads', async () => {
    await api.ask('{ villages { nodes { township { name } } } log { position } }');
    expect([...(api.contexts.at(-1)?.reads ?? [])].sort()).toEqual(['divisions', 'log', 'villages']);
  });
});
