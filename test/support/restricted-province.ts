/** The small province with what is not public in it: a retired cadre and a person in 下围 and in 虎门. */
import { streamOf } from '../../src/es/event.ts';
import { undocumented } from './given.ts';
import type { GuardedApi } from './guarded-api.ts';
import { allRoles } from './principals.ts';
import { listProvince } from './small-province.ts';

export interface Restricted {
  readonly village: string;
  /** Id of the record of a retired cadre. */
  readonly retired: string;
  /** Reference of the person of that record. */
  readonly person: string;
}

const villages = { inside: 'v_xiawei0001', outside: 'v_humen00001' } as const;

/** Lists the province and records the two; `allRoles` must be among the principals. */
export async function listRestricted(guarded: GuardedApi): Promise<{ inside: Restricted; outside: Restricted }> {
  await listProvince(guarded.api);
  const made = async (name: keyof typeof villages): Promise<Restricted> => {
    const village = villages[name];
    const register = 'mutation($i: RegisterPersonInput!) { registerPerson(input: $i) { events { stream } } }';
    const registered = await guarded.data(allRoles, register, { i: { commandId: `register-${name}`, village } });
    const person = String(registered.registerPerson.events[0].stream).slice('person-'.length);
    const retired = `rc_${name.padEnd(20, '0')}`;
    await guarded.api.tell({
      name: 'collectRetiredRecord',
      stream: streamOf('retired', retired),
      effectiveOn: '2020-12-01',
      basis: undocumented,
      decidedBy: { level: 'TOWNSHIP', organ: '镇人民政府', division: name === 'inside' ? '440118102' : '441900121' },
      data: {
        village,
        personRef: person,
        posts: [{ post: 'COMMITTEE_CHAIR', from: '1989-01', to: '2011-05' }],
        leftOn: '2011-05-31',
        leaveReason: 'NORMAL',
        collectionNoticeShown: true,
      },
    });
    return { village, retired, person };
  };
  return { inside: await made('inside'), outside: await made('outside') };
}
