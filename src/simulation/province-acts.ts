/** What holds for the whole simulated province from its first day on: lists, standards. All of it is invented and says so. */
import { type Authority, streamOf } from '../es/event.ts';
import { dayOf, offsetOf } from './calendar.ts';
import { organOf, type Step, simulatedDocument, stepsOn } from './life.ts';
import type { SimulatedProvince } from './province.ts';
import { divisionPoint } from './service-life.ts';
import { simulatedId } from './simulated-hash.ts';

/** The standard's real dimensions are not known: these are placeholders. */
const numerals = ['一', '二', '三', '四', '五'];
export const dimensionCodes: readonly string[] = numerals.map((_, at) => `SIMULATED_${at + 1}`);
export const disclosureStandardId = simulatedId('ds', 'disclosure');

interface SimulatedItem {
  readonly itemCode: string;
  readonly name: string;
  readonly isProhibited: boolean;
}
export const certificateItems: readonly SimulatedItem[] = [...'ABCDEFGHIJ'].map((letter, at) => ({
  itemCode: `SIMULATED_${letter}`,
  name: `模拟证明事项 ${letter}`,
  isProhibited: at < 4,
}));
/** Ids of the certificate lists. */
export const certificateListIds: readonly string[] = ['PROHIBITED', 'PERMITTED'].map((kind) => simulatedId('cl', kind));

/** Papers that the acts of villages name. */
const documents = ['村（社区）两委换届工作', '关于做好村规民约和居民公约工作的意见', '村务公开工作'] as const;

function document(about: string, decidedBy: Authority): Step {
  const basis = simulatedDocument(about);
  const issue = stepsOn(streamOf('document', simulatedId('doc', about)), basis);
  const title = basis[0]?.title ?? about;
  const data = { title, issuers: [decidedBy.organ], kind: 'NOTICE', issuedOn: dayOf(0), topics: ['MECHANISM'] };
  return issue(0, 'issuePolicyDocument', data, { decidedBy });
}

/** The first acts, each of the province or of the division whose point it opens. */
export function* provinceActs({ divisions }: SimulatedProvince): Generator<Step> {
  const [province] = divisions;
  if (!province) return;
  const decidedBy = organOf(province);
  for (const title of documents) yield document(title, decidedBy);
  for (const division of divisions) yield divisionPoint(division);
  const round = stepsOn(streamOf('round', simulatedId('er', 2021)), simulatedDocument(documents[0]));
  const days = { from: dayOf(offsetOf(2020, 11)), to: dayOf(offsetOf(2021, 4, 30)) };
  yield round(0, 'deployElectionRound', { division: province.code, year: 2021, ...days }, { decidedBy });
  const define = stepsOn(streamOf('disclosurestandard', disclosureStandardId), simulatedDocument('村务公开标准'));
  const dimensions = dimensionCodes.map((code, at) => ({ code, name: `模拟维度${numerals[at]}` }));
  const standard = { code: 'WUHUA', name: '模拟村务公开“五化”标准', scope: province.code, dimensions };
  yield define(0, 'defineDisclosureStandard', standard, { decidedBy });
  for (const [at, kind] of ['PROHIBITED', 'PERMITTED'].entries()) {
    const title = `模拟证明事项清单 ${kind}`;
    const publish = stepsOn(streamOf('certlist', certificateListIds[at] as string), simulatedDocument(title));
    const items = certificateItems
      .filter(({ isProhibited }) => isProhibited === (kind === 'PROHIBITED'))
      .map(({ itemCode, name, isProhibited }) =>
        isProhibited
          ? { itemCode, name, substituteRoute: '模拟：由申请人书面承诺' }
          : { itemCode, name, legalBasis: '模拟依据' },
      );
    const list = { kind, level: 'PROVINCE', division: province.code, batch: 1, title, itemsTotal: items.length, items };
    yield publish(0, 'publishCertificateList', list, { decidedBy });
  }
}
