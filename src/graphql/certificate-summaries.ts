/** Sentences on lists of certificates and on certificates; of the latter, `self` is the village's name on the day. */
import type { certificateEvents } from '../domain/certificate-catalogue.ts';
import type { certificateListEvents } from '../domain/certificate-list-catalogue.ts';
import type { Templates } from './summary-templates.ts';

type Events = Omit<typeof certificateEvents & typeof certificateListEvents, 'EventVoided'>;

const kinds = {
  PROHIBITED: { EN: 'should not certify', ZH: '不应出具' },
  PERMITTED: { EN: 'certify', ZH: '应出具' },
};

export const certificateSummaries: Templates<Events> = {
  CertificateListPublished: {
    EN: ({ kind, itemsTotal, documentNumber }) =>
      `A list of ${itemsTotal} items that committees ${kinds[kind].EN} was published${documentNumber ? ` (${documentNumber})` : ''}.`,
    ZH: ({ kind, itemsTotal, documentNumber }) =>
      `公布${kinds[kind].ZH}证明事项清单${itemsTotal}项${documentNumber ? `（${documentNumber}）` : ''}。`,
  },
  CertificateListAmended: {
    EN: ({ add, remove }) => `A list of certificates was amended: ${add.length} items added, ${remove.length} removed.`,
    ZH: ({ add, remove }) => `调整证明事项清单：新增${add.length}项，移出${remove.length}项。`,
  },
  CertificateRequested: {
    EN: ({ itemCode }, self) => `${self} was asked for a certificate of ${itemCode}.`,
    ZH: ({ itemCode }, self) => `${self}受理证明申请（${itemCode}）。`,
  },
  CertificateIssued: {
    EN: ({ itemCode, serialNo }, self) => `${self} issued certificate ${serialNo} of ${itemCode}.`,
    ZH: ({ itemCode, serialNo }, self) => `${self}出具证明${serialNo}（${itemCode}）。`,
  },
  CertificateRefused: {
    EN: ({ itemCode, listDocument }, self) =>
      `${self} refused a certificate of ${itemCode}${listDocument ? `: ${listDocument}` : ''}.`,
    ZH: ({ itemCode, listDocument }, self) =>
      `${self}不予出具证明（${itemCode}）${listDocument ? `，依据${listDocument}` : ''}。`,
  },
  CertificateRevoked: {
    EN: ({ serialNo }, self) => `${self} revoked certificate ${serialNo}.`,
    ZH: ({ serialNo }, self) => `${self}撤销证明${serialNo}。`,
  },
};
