/** Sentences on documents, honours, service points, reports of divisions and credit codes. */
import type { EventCatalogue } from '../domain/index.ts';
import type { Templates } from './summary-templates.ts';

type Types = Extract<
  keyof EventCatalogue,
  | `PolicyDocument${string}`
  | `LocalStandard${string}`
  | `Honour${string}`
  | `Service${string}`
  | `Workforce${string}`
  | `CreditCode${string}`
>;

const because = (reason: string | undefined) => (reason ? `: ${reason}` : '');

export const recordSummaries: Templates<Pick<EventCatalogue, Types>> = {
  PolicyDocumentIssued: {
    EN: ({ issuers, title }) => `${issuers[0]} issued ${title}.`,
    ZH: ({ issuers, title }) => `${issuers[0]}印发《${title}》。`,
  },
  LocalStandardPublished: {
    EN: ({ title }) => `The local standard ${title} was published.`,
    ZH: ({ title }) => `地方标准《${title}》发布。`,
  },
  PolicyDocumentRepealed: {
    EN: ({ reason }) => `The document was repealed${because(reason)}.`,
    ZH: ({ reason }) => `文件废止${because(reason)}。`,
  },
  PolicyDocumentExpired: {
    EN: ({ reason }) => `The document lapsed${because(reason)}.`,
    ZH: ({ reason }) => `文件失效${because(reason)}。`,
  },
  HonourConferred: {
    EN: ({ conferredBy, title }) => `${conferredBy} conferred the title ${title}.`,
    ZH: ({ conferredBy, title }) => `${conferredBy}授予“${title}”。`,
  },
  HonourRevoked: {
    EN: ({ reason }) => `The honour was revoked: ${reason}.`,
    ZH: ({ reason }) => `荣誉被撤销：${reason}。`,
  },
  ServicePointOpened: {
    EN: ({ name, itemsOffered }) => `The service point ${name} opened with ${itemsOffered} items.`,
    ZH: ({ name, itemsOffered }) => `${name}开办，可办事项${itemsOffered}项。`,
  },
  ServicePointClosed: {
    EN: ({ reason }) => `The service point closed${because(reason)}.`,
    ZH: ({ reason }) => `政务服务站点撤销${because(reason)}。`,
  },
  ServiceInvestmentRecorded: {
    EN: ({ amountFen }) => `${amountFen} fen were put into the service point.`,
    ZH: ({ amountFen }) => `政务服务站点投入${amountFen}分。`,
  },
  ServiceTallyReported: {
    EN: ({ division, personTimes }, _, names) => `${names.division(division)} reported ${personTimes} person-times.`,
    ZH: ({ division, personTimes }, _, names) => `${names.division(division)}上报服务${personTimes}人次。`,
  },
  WorkforceReported: {
    EN: ({ division, headcount }, _, names) => `${names.division(division)} reported ${headcount} community workers.`,
    ZH: ({ division, headcount }, _, names) => `${names.division(division)}上报社区工作者${headcount}人。`,
  },
  CreditCodeCertificateIssued: {
    EN: ({ creditCode }, self) => `${self} got the certificate of its credit code ${creditCode}.`,
    ZH: ({ creditCode }, self) => `${self}领取统一社会信用代码证书，代码${creditCode}。`,
  },
  CreditCodeCertificateChanged: {
    EN: ({ creditCode }, self) => `The certificate of the credit code ${creditCode} of ${self} changed.`,
    ZH: ({ creditCode }, self) => `${self}变更统一社会信用代码证书，代码${creditCode}不变。`,
  },
  CreditCodeCertificateCancelled: {
    EN: ({ reason }, self) => `The credit code certificate of ${self} was cancelled: ${reason}.`,
    ZH: ({ reason }, self) => `${self}的统一社会信用代码证书注销：${reason}。`,
  },
};
