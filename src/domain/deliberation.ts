/** Platforms of deliberation (议事平台) and demonstration sites (议事协商示范点) of a village. Stream
 *  `deliberation-<villageId>`: all of one village's. Single matters are of `matter.ts`. Mutations: graphql/derive/commands.ts. */
import type { Aggregate } from '../es/aggregate.ts';
import { nameKey } from '../es/name-key.ts';
import { villageGuard } from './act.ts';
import { deliberationCommands, deliberationEvents } from './deliberation-catalogue.ts';
import { refusals } from './refusals.ts';
import type { World } from './world.ts';

const no = refusals('deliberation', {
  NAME_TAKEN: {
    code: 'E_NAME_TAKEN',
    when: 'The village has an open platform of this name.',
    source: 'one village, one platform of a name',
  },
  PLATFORM_NOT_OPEN: {
    code: 'E_NOT_FOUND',
    when: 'The village has no open platform of this name on that day.',
    source: 'a demonstration site is a platform that works',
    remedy: 'Send openDeliberationPlatform first, on the day it was opened.',
  },
  DESIGNATED_TWICE: {
    code: 'E_ALREADY_EXISTS',
    when: 'The platform is a demonstration site of this level already.',
    source: 'one designation a level',
  },
  NOT_DESIGNATED: {
    code: 'E_NOT_FOUND',
    when: 'The platform is no demonstration site of this level on that day.',
    source: 'log',
  },
});

export interface DeliberationState {
  /** Names of the open platforms. */
  readonly open: readonly string[];
  /** Designations that hold. */
  readonly sites: readonly { readonly platform: string; readonly level: string }[];
}

const without = (state: DeliberationState, platform: string, level: string): DeliberationState['sites'] =>
  state.sites.filter((site) => site.platform !== platform || site.level !== level);
/** The name under which a platform was opened, however it is written now. */
const openNamed = ({ open }: DeliberationState, name: string): string | undefined =>
  open.find((each) => nameKey(each) === nameKey(name));
const siteNamed = ({ sites }: DeliberationState, platform: string, level: string) =>
  sites.find((site) => nameKey(site.platform) === nameKey(platform) && site.level === level);

export const deliberation: Aggregate<typeof deliberationEvents, DeliberationState, typeof deliberationCommands, World> =
  {
    name: 'deliberation',
    events: deliberationEvents,
    commands: deliberationCommands,
    initial: { open: [], sites: [] },
    guard: villageGuard<keyof typeof deliberationCommands>({
      openDeliberationPlatform: { act: 'DELIBERATION_HOLD' },
      closeDeliberationPlatform: { act: 'DELIBERATION_HOLD' },
      designateDemonstrationSite: { act: 'SITE_DESIGNATE' },
      revokeDemonstrationSite: { act: 'SITE_DESIGNATE' },
      reportDeliberationTally: { act: 'REPORT' },
    }),

    evolve: {
      EventVoided: (state) => state,
      DeliberationPlatformOpened: (state, { name }) => ({
        ...state,
        open: [...state.open.filter((each) => each !== name), name],
      }),
      DeliberationPlatformClosed: (state, { name }) => ({
        open: state.open.filter((each) => each !== name),
        sites: state.sites.filter(({ platform }) => platform !== name),
      }),
      DemonstrationSiteDesignated: (state, { platform, level }) => ({
        ...state,
        sites: [...without(state, platform, level), { platform, level }],
      }),
      DemonstrationSiteRevoked: (state, { platform, level }) => ({ ...state, sites: without(state, platform, level) }),
      DeliberationTallyReported: (state) => state,
    },

    decide: {
      openDeliberationPlatform: (data, state, { self }) => {
        if (openNamed(state, data.name)) return no.NAME_TAKEN(`${data.name} is open already.`, { name: data.name });
        return [{ type: 'DeliberationPlatformOpened', data: { village: self, ...data } }];
      },
      closeDeliberationPlatform: ({ name }, state, { self }) => {
        const open = openNamed(state, name);
        if (!open) return no.PLATFORM_NOT_OPEN(`${name} is not open.`, { name });
        return [{ type: 'DeliberationPlatformClosed', data: { village: self, name: open } }];
      },
      designateDemonstrationSite: (data, state, { self }) => {
        const platform = openNamed(state, data.platform);
        if (!platform) return no.PLATFORM_NOT_OPEN(`${data.platform} is not open.`, { name: data.platform });
        if (siteNamed(state, platform, data.level)) return no.DESIGNATED_TWICE();
        return [{ type: 'DemonstrationSiteDesignated', data: { village: self, ...data, platform } }];
      },
      revokeDemonstrationSite: (data, state, { self }) => {
        const site = siteNamed(state, data.platform, data.level);
        if (!site) return no.NOT_DESIGNATED();
        return [{ type: 'DemonstrationSiteRevoked', data: { village: self, ...data, platform: site.platform } }];
      },
      reportDeliberationTally: (data, _, { self }) => [
        { type: 'DeliberationTallyReported', data: { village: self, ...data } },
      ],
    },
  };
