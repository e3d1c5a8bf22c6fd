/** Certificates that a village is asked for: issued, or refused with what may stand in their place. */
import { streamOf } from '../es/event.ts';
import { type Life, simulatedDocument, stepsOn } from './life.ts';
import { certificateItems } from './province-acts.ts';
import { simulatedId } from './simulated-hash.ts';
import type { VillagePlace } from './village-place.ts';

const basis = simulatedDocument('规范出具证明工作');

/** Requests in a row, each answered before the next comes. */
export function* certificateLife({ id, random, days }: VillagePlace): Life {
  const step = stepsOn(streamOf('certificate', id), basis);
  for (let on = 40 + random.below(600), number = 1; on < days; on += 400 + random.below(1_800), number += 1) {
    const { itemCode, isProhibited } = random.pick(certificateItems);
    const applicantRef = simulatedId('p', id, 'applicant', number);
    yield step(on, 'requestCertificate', { itemCode, applicantRef, purpose: '模拟用途' });
    on += random.below(6);
    const serialNo = `模拟证-${number}`;
    const issued = { requestNumber: number, serialNo, purpose: '模拟用途', signerRole: 'CHAIR' };
    if (isProhibited) {
      // Some clerks still try.
      if (random.chance(0.1)) yield step(on, 'issueCertificate', issued);
      yield step(on, 'refuseCertificate', { requestNumber: number });
    } else {
      yield step(on, 'issueCertificate', issued);
      if (random.chance(0.02)) yield step(on + 9, 'revokeCertificate', { serialNo, reason: '模拟：内容有误' });
    }
  }
}
