/** Sentences on charters. `self` is the village's name on the day. */
import type { charterEvents } from '../domain/charter-catalogue.ts';
import type { Templates } from './summary-templates.ts';

export const charterSummaries: Templates<Omit<typeof charterEvents, 'EventVoided'>> = {
  CharterRevisionOpened: {
    EN: ({ version }, self) => `${self} began version ${version} of its charter.`,
    ZH: ({ version }, self) => `${self}启动第${version}版村规民约（居民公约）的制定修订。`,
  },
  CharterOpinionsCollected: {
    EN: ({ opinionsReceived }, self) => `${self} collected ${opinionsReceived} opinions on its charter.`,
    ZH: ({ opinionsReceived }, self) => `${self}就村规民约征集民意${opinionsReceived}条。`,
  },
  CharterDrafted: {
    EN: (_, self) => `${self} drafted its charter.`,
    ZH: (_, self) => `${self}拟定村规民约草案。`,
  },
  CharterSubmittedForReview: {
    EN: (_, self) => `${self} put its draft charter before the township.`,
    ZH: (_, self) => `${self}将村规民约草案提请审核。`,
  },
  CharterReviewPassed: {
    EN: (_, self) => `The draft charter of ${self} passed the township’s review.`,
    ZH: (_, self) => `${self}村规民约草案审核通过。`,
  },
  CharterReviewReturned: {
    EN: (_, self) => `The township returned the draft charter of ${self}.`,
    ZH: (_, self) => `${self}村规民约草案审核退回。`,
  },
  CharterAdopted: {
    EN: ({ inFavour, attended }, self) =>
      `The assembly of ${self} adopted its charter, ${inFavour} of ${attended} in favour.`,
    ZH: ({ inFavour, attended }, self) => `${self}会议表决通过村规民约，到会${attended}，赞成${inFavour}。`,
  },
  CharterFiled: {
    EN: ({ filedWith }, self) => `The charter of ${self} was put on file with ${filedWith}.`,
    ZH: ({ filedWith }, self) => `${self}村规民约报${filedWith}备案。`,
  },
  CharterPublished: {
    EN: ({ version }, self) => `Version ${version} of the charter of ${self} was published and is in force.`,
    ZH: ({ version }, self) => `${self}第${version}版村规民约公布施行。`,
  },
  CharterCorrectionOrdered: {
    EN: ({ article }, self) => `The township ordered ${self} to correct ${article} of its charter.`,
    ZH: ({ article }, self) => `责令${self}改正村规民约${article}。`,
  },
  CharterCorrected: {
    EN: (_, self) => `${self} corrected its charter as ordered.`,
    ZH: (_, self) => `${self}改正村规民约。`,
  },
  CharterEnforcementReviewed: {
    EN: ({ breachesHandled }, self) =>
      `${self} reviewed the enforcement of its charter: ${breachesHandled} breaches handled.`,
    ZH: ({ breachesHandled }, self) => `${self}检查村规民约落实，处理违约${breachesHandled}起。`,
  },
};
