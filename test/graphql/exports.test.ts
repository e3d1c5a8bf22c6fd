import { describe, expect, it } from 'vitest';
import { projections } from '../../projections/index.ts';
import type { EventStore } from '../../src/es/store.ts';
import { exportTable } from '../../src/graphql/exports/export-table.ts';
import { type SmallServer, startSmallServer } from '../support/small-server.ts';

let commands = 0;

async function write(
  store: EventStore,
  stream: string,
  type: string,
  effectiveOn: string,
  data: object,
): Promise<void> {
  const commandId = `c${++commands}`;
  const header = { recordedBy: 'test', basis: [], commandId, commandHash: '', correlationId: commandId };
  await store.append(stream, [{ type, schemaVersion: 1, effectiveOn, subjects: [stream], data, ...header }], 'any');
}

const village = (code: string, name: string, township = 'd_town0001') => ({
  code,
  name,
  shortName: name.slice(0, 2),
  kind: 'VILLAGERS_COMMITTEE',
  isVirtual: false,
  township,
  county: 'd_county01',
  prefecture: 'd_prefect1',
  source: 's',
  rule: 'FIRST_RECORD',
});

async function startLedger(villages: readonly object[]): Promise<SmallServer> {
  const server = await startSmallServer({ projections });
  const divisions = [
    ['d_provinc1', { code: '44', name: '广东省', level: 'PROVINCE' }],
    ['d_prefect1', { code: '4401', name: '广州市', level: 'PREFECTURE', parent: 'd_provinc1' }],
    ['d_county01', { code: '440118', name: '增城区', level: 'COUNTY', parent: 'd_prefect1' }],
    ['d_town0001', { code: '440118102', name: '石滩镇', level: 'TOWNSHIP', parent: 'd_county01' }],
    ['d_town0002', { code: '440118103', name: '新塘镇', level: 'TOWNSHIP', parent: 'd_county01' }],
  ] as const;
  for (const [id, data] of divisions) await write(server.store, `division-${id}`, 'DivisionListed', '2016-07-31', data);
  for (const [at, data] of villages.entries()) {
    await write(server.store, `village-v_${String(at).padStart(8, '0')}`, 'VillageListed', '2016-07-31', data);
  }
  await server.settle();
  return server;
}

const get = async ({ url }: SmallServer, path: string) => {
  const response = await fetch(`${url}/export/${path}`);
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
};
const linesOf = (bytes: Buffer): string[] => bytes.toString().trimEnd().split('\r\n');

describe('/export', () => {
  it('writes villages as a spreadsheet opens them', async () => {
    const server = await startLedger([
      village('440118102243', '下围村委会'),
      village('440118103201', '=cmd|calc', 'd_town0002'),
      village('440118103202', '＝cmd|calc', 'd_town0002'),
      village('440118103203', 'a,"b"', 'd_town0002'),
    ]);
    const { headers, bytes } = await get(server, 'villages.csv?effectiveOn=2020-06-30');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [header, first, second, third, fourth] = linesOf(bytes);
    expect(header).toContain('statisticalCode,id,name,shortName,kind,isVirtual,status,townshipCode');
    expect(first).toBe(
      '440118102243,v_00000000,下围村委会,下围,VILLAGERS_COMMITTEE,false,LISTED,440118102,石滩镇,440118,增城区,4401,广州市,,2020-06-30',
    );
    expect(second).toContain(",'=cmd|calc,");
    expect(third).toContain(",'＝cmd|calc,");
    expect(fourth).toContain(',"a,""b""",');
  });

  it('narrows by division, kind and day', async () => {
    const server = await startLedger([
      village('440118102243', '下围村委会'),
      village('440118103201', '新围村委会', 'd_town0002'),
    ]);
    const count = async (parameters: string) =>
      linesOf((await get(server, `villages.csv?${parameters}`)).bytes).length - 1;
    expect(await count('within=44')).toBe(2);
    expect(await count('within=440118103')).toBe(1);
    expect(await count('kind=RESIDENTS_COMMITTEE')).toBe(0);
    expect(await count('effectiveOn=2016-07-30')).toBe(0);
    expect(await count('position=6')).toBe(1);
  });

  it('pages through more rows than a page holds, each once', async () => {
    const codes = Array.from({ length: 2_345 }, (_, at) => String(440118102000 + at));
    const server = await startLedger(codes.map((code) => village(code, '某村委会')));
    const { bytes } = await get(server, 'villages.ndjson');
    const seen = bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { statisticalCode: string }).statisticalCode);
    expect(seen).toEqual(codes);
  });

  it('writes divisions below one, and the log with its envelope', async () => {
    const server = await startLedger([village('440118102243', '下围村委会')]);
    const divisions = linesOf((await get(server, 'divisions.csv?within=4401')).bytes).slice(1);
    expect(divisions.map((line) => line.split(',')[0])).toEqual(['4401', '440118', '440118102', '440118103']);
    const events = (await get(server, 'events.ndjson')).bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events).toHaveLength(6);
    expect(events[5]).toMatchObject({
      position: '6',
      type: 'VillageListed',
      subjects: ['village-v_00000000'],
      data: { code: '440118102243' },
    });
    expect(linesOf((await get(server, 'events.csv?types=VillageListed')).bytes)).toHaveLength(2);
  });

  it.each([
    ['villages.csv?effectiveOn=2021-02-30', 'effectiveOn', 'BAD_USER_INPUT'],
    ['villages.csv?kind=TOWN', 'kind', 'BAD_USER_INPUT'],
    ['villages.csv?colour=red', 'colour', 'BAD_USER_INPUT'],
    ['villages.csv?within=4499', 'within', 'E_DIVISION_UNKNOWN'],
    ['divisions.csv?kind=QUASI_VILLAGERS', 'kind', 'BAD_USER_INPUT'],
    ['events.ndjson?position=x', 'position', 'BAD_USER_INPUT'],
  ])('refuses %s', async (path, parameter, code) => {
    const { status, bytes } = await get(await startLedger([]), path);
    expect(status).toBe(400);
    expect(JSON.parse(bytes.toString())).toMatchObject({ errors: [{ extensions: { code, path: [parameter] } }] });
  });

  it('is the same for ever at a position and on a day, and says so', async () => {
    const server = await startLedger([village('440118102243', '下围村委会')]);
    const pinned = 'villages.csv?effectiveOn=2020-06-30&position=6';
    const { headers } = await get(server, pinned);
    expect(headers.get('x-position')).toBe('6');
    expect(headers.get('cache-control')).toContain('immutable');
    const tag = headers.get('etag') ?? '';
    const again = await fetch(`${server.url}/export/${pinned}`, { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const others = [
      'villages.ndjson?effectiveOn=2020-06-30&position=6',
      'villages.csv?effectiveOn=2020-07-01&position=6',
    ];
    for (const other of others) expect((await get(server, other)).headers.get('etag')).not.toBe(tag);
    // Roles see more, and change; an error is of its moment.
    const moving = ['villages.csv?position=6', 'events.csv?effectiveOn=2020-06-30&position=6'];
    for (const path of moving) {
      const { headers: told } = await get(server, path);
      expect([told.get('cache-control'), told.get('etag')]).toEqual(['no-store', null]);
    }
    const { status, headers: refused } = await get(server, `${pinned}&within=4499`);
    expect([status, refused.get('cache-control'), refused.get('etag')]).toEqual([400, null, null]);
  });

  it('refuses at once where too many are under way, and gives back the place of whoever leaves', async () => {
    const codes = Array.from({ length: 600 }, (_, at) => String(440118102000 + at));
    const server = await startLedger(
      codes.map((code) => ({ ...village(code, '某村委会'), source: 'x'.repeat(20_000) })),
    );
    // Readers that take what comes first and no more.
    const leaving = new AbortController();
    const { signal } = leaving;
    const open = () => fetch(`${server.url}/export/events.ndjson`, { signal });
    const readers = await Promise.all(Array.from({ length: 8 }, open));
    expect(readers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const refused = await get(server, 'villages.csv?effectiveOn=nonsense');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBeTruthy();
    expect(JSON.parse(refused.bytes.toString())).toMatchObject({ errors: [{ extensions: { code: 'E_OVERLOADED' } }] });
    leaving.abort();
    await expect.poll(async () => (await get(server, 'divisions.csv')).status, { timeout: 30_000 }).toBe(200);
  });

  it('reads no further than it is read', async () => {
    const server = await startLedger(
      Array.from({ length: 2_500 }, (_, at) => village(String(440118102000 + at), '某村委会')),
    );
    const { readModel, store } = server;
    let pages = 0;
    const counting = new Proxy(readModel, {
      get: (target, name) => {
        if (name === 'select') pages += 1;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const at = { effectiveOn: '2020-01-01', position: readModel.position };
    const pieces = exportTable({ readModel: counting, store }, 'villages', 'ndjson', { at });
    await pieces.next();
    expect(pages).toBe(1);
    await pieces.next();
    expect(pages).toBe(2);
  });
});
