import { describe, expect, it } from 'vitest';
import { rightsOf } from '../../src/access/may.ts';
import { anonymous, type Principal, type Role, roles } from '../../src/access/principal.ts';
import { type LiveApi, liveApi } from '../support/live-api.ts';
import { subscribe } from '../support/live-sink.ts';
import { principalOf } from '../support/principals.ts';
import { listThingsInTown, thingsInTown, townCode } from '../support/things-in-town.ts';

const within = { inside: townCode, outside: '441900121', everything: null } as const;
const reaches = Object.keys(within) as (keyof typeof within)[];
const restricted = ['person', 'retired', 'proposal'].map((aggregate) => thingsInTown[aggregate] as string);

async function open(): Promise<LiveApi> {
  const api = await liveApi();
  await listThingsInTown(api.services.store);
  await api.services.waitFor((await api.services.store.head()).position);
  return api;
}

/** Whether everything that is not public was told from the first event on, or nothing of it; fails for anything between. */
async function isTold(api: LiveApi, principal: Principal): Promise<boolean> {
  const reader = subscribe(api.live, { principal, variables: { after: '0' } });
  await reader.until(() => reader.told.some((each) => each.__typename === 'CaughtUp'));
  reader.subscription.stop();
  const text = JSON.stringify(reader.messages);
  const told = restricted.filter((id) => text.includes(id));
  expect([0, restricted.length]).toContain(told.length);
  return told.length > 0;
}

describe('every subscription', () => {
  it('events() tells each role what lies within its divisions, and the anonymous what is public', async () => {
    const api = await open();
    expect(await isTold(api, anonymous)).toBe(false);
    for (const role of roles) {
      for (const reach of reaches) {
        const principal = principalOf(`${role}-${reach}`, [role], within[reach]);
        const sees = rightsOf[role].includes('seeRestricted') && reach !== 'outside';
        expect([role, reach, await isTold(api, principal)]).toEqual([role, reach, sees]);
      }
    }
  });

  it('tally() is the same for everybody', async () => {
    const api = await open();
    const query = 'subscription { tally(level: COUNTY) { __typename } }';
    const first = async (principal: Principal) => {
      const reader = subscribe(api.live, { principal, query });
      await reader.has(1);
      reader.subscription.stop();
      return reader.messages[0]?.json;
    };
    const told = await first(anonymous);
    const each = roles.flatMap((role: Role) => reaches.map((reach) => principalOf(role, [role], within[reach])));
    for (const principal of each) expect(await first(principal)).toBe(told);
  });
});
