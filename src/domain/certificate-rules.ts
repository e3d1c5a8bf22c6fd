/** What is refused of lists of certificates and of certificates. */
import { refusals } from './refusals.ts';

const national = '民发〔2020〕20号';

export const refuseList = refusals('certlist', {
  NOT_PUBLISHED: { code: 'E_NOT_FOUND', when: 'There is no such list on that day.', source: 'log' },
  ALREADY_PUBLISHED: { code: 'E_ALREADY_EXISTS', when: 'The list is recorded already.', source: 'log' },
  OTHER_LEVEL: {
    code: 'E_NOT_AUTHORIZED',
    when: 'The body that decided is of another level than the list.',
    source: national,
  },
  DROPS_UPPER: {
    code: 'E_UPPER_LIST',
    when: 'A list of a level above prohibits the item; a lower level may add prohibitions, not drop them.',
    source: national,
  },
  UPPER_UNKNOWN: {
    code: 'E_NOT_FOUND',
    when: 'The list that is taken over is not in force on that day, or is of no higher level or another kind.',
    source: 'log',
  },
  IN_BOTH_LISTS: {
    code: 'E_ALREADY_EXISTS',
    when: 'The other list of the same level has the item.',
    source: national,
    remedy: 'Amend that list first: an item is either prohibited or permitted.',
  },
  NO_LEGAL_BASIS: {
    code: 'E_BASIS_MISSING',
    when: 'A permitted item has no legal basis.',
    source: national,
    remedy: 'Give the law by which committees certify it.',
  },
  ITEM_KNOWN: { code: 'E_ALREADY_EXISTS', when: 'The list has the item already.', source: 'log' },
  ITEM_UNKNOWN: { code: 'E_NOT_FOUND', when: 'The list has no such item.', source: 'log' },
  ITEMS_TOTAL: {
    code: 'E_TOTAL_MISMATCH',
    when: 'The total is less than the items that are known by name.',
    source: 'arithmetic',
  },
});

export const refuseCertificate = refusals('certificate', {
  PROHIBITED: {
    code: 'E_CERT_PROHIBITED',
    when: 'A list that held on the day of the request says that committees should not certify it.',
    source: national,
  },
  NO_GROUND: {
    code: 'E_CERT_GROUND',
    when: 'The item stands in no list, and there is neither a deliberation record with the chair’s signature nor a requirement from elsewhere.',
    source: 'the rule of 珠海 (2022)',
    remedy: 'Give deliberationRecord and the signer CHAIR, or outOfCityRequirement; else refuse it.',
  },
  SERIAL_USED: {
    code: 'E_ALREADY_EXISTS',
    when: 'The serial number was given before.',
    source: 'serial numbers are unique in a village',
  },
  REFUSED_WITHOUT_GROUND: {
    code: 'E_CERT_GROUND',
    when: 'A permitted item is refused without a ground.',
    source: national,
    remedy: 'Give the ground.',
  },
  NOT_REQUESTED: { code: 'E_NOT_FOUND', when: 'There is no such request on that day.', source: 'log' },
  ALREADY_ANSWERED: {
    code: 'E_ALREADY_EXISTS',
    when: 'The request has been answered.',
    source: 'log',
    remedy: 'Take in another request, or void the answer.',
  },
  NOT_ISSUED: { code: 'E_NOT_FOUND', when: 'No certificate with this number is issued on that day.', source: 'log' },
});
