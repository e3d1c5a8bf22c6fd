/** Sentences on deliberation, its platforms and its matters. `self` is the village's name on the day, where the stream is a
 *  village's. */
import type { deliberationEvents } from '../domain/deliberation-catalogue.ts';
import type { matterEvents } from '../domain/matter-catalogue.ts';
import type { Templates } from './summary-templates.ts';

export const deliberationSummaries: Templates<Omit<typeof deliberationEvents, 'EventVoided'>> = {
  DeliberationPlatformOpened: {
    EN: ({ name }, self) => `${self} opened the platform ${name}.`,
    ZH: ({ name }, self) => `${self}启用议事平台${name}。`,
  },
  DeliberationPlatformClosed: {
    EN: ({ name }, self) => `${self} closed the platform ${name}.`,
    ZH: ({ name }, self) => `${self}停用议事平台${name}。`,
  },
  DemonstrationSiteDesignated: {
    EN: ({ platform, level }, self) => `${platform} of ${self} became a demonstration site (${level}).`,
    ZH: ({ platform }, self) => `${self}${platform}被命名为议事协商示范点。`,
  },
  DemonstrationSiteRevoked: {
    EN: ({ platform, level }, self) => `${platform} of ${self} is no longer a demonstration site (${level}).`,
    ZH: ({ platform }, self) => `${self}${platform}被撤销议事协商示范点。`,
  },
  DeliberationTallyReported: {
    EN: ({ passed, carriedOut }, self) =>
      `${self} is reported to have passed ${passed} matters and carried out ${carriedOut}.`,
    ZH: ({ passed, carriedOut }, self) => `据通报，${self}累计表决通过事项${passed}项，落实${carriedOut}项。`,
  },
};

export const matterSummaries: Templates<Omit<typeof matterEvents, 'EventVoided'>> = {
  MatterRaised: {
    EN: ({ village, title }, _, names) => `${names.village(village)} raised a matter: ${title}.`,
    ZH: ({ village, title }, _, names) => `${names.village(village)}提出议题：${title}。`,
  },
  DeliberationConvened: {
    EN: ({ village, noticeOn }, _, names) => `${names.village(village)} called a meeting, with notice on ${noticeOn}.`,
    ZH: ({ village, noticeOn }, _, names) => `${names.village(village)}于${noticeOn}通知召集协商。`,
  },
  DeliberationHeld: {
    EN: ({ village, attended, eligible }, _, names) =>
      `${names.village(village)} held the meeting, ${attended} of ${eligible} present.`,
    ZH: ({ village, attended, eligible }, _, names) =>
      `${names.village(village)}召开会议，应到${eligible}，实到${attended}。`,
  },
  MatterResolved: {
    EN: ({ village, outcome, inFavour }, _, names) =>
      `${names.village(village)} decided the matter: ${outcome}, ${inFavour} in favour.`,
    ZH: ({ village, inFavour }, _, names) => `${names.village(village)}表决议题，赞成${inFavour}。`,
  },
  ResolutionPublished: {
    EN: ({ village }, _, names) => `${names.village(village)} published its resolution.`,
    ZH: ({ village }, _, names) => `${names.village(village)}公布决议。`,
  },
  ResolutionImplemented: {
    EN: ({ village }, _, names) => `${names.village(village)} carried out its resolution.`,
    ZH: ({ village }, _, names) => `${names.village(village)}落实决议。`,
  },
  ResolutionBlocked: {
    EN: ({ village }, _, names) => `${names.village(village)} could not carry out its resolution.`,
    ZH: ({ village }, _, names) => `${names.village(village)}决议落实受阻。`,
  },
  MatterReferredToTownship: {
    EN: ({ village }, _, names) => `${names.village(village)} referred the matter to the township.`,
    ZH: ({ village }, _, names) => `${names.village(village)}将议题提交乡镇。`,
  },
};
