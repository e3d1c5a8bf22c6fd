/** How appraisals and audits of a committee are decided. */
import type { DecisionContext, Fact } from '../es/aggregate.ts';
import { streamOf } from '../es/event.ts';
import type { appraisalCommands } from './appraisal-catalogue.ts';
import { ruleValue } from './ballot-rules.ts';
import { supervisorsOn } from './supervision-fold.ts';
import type { allTermEvents, TermState } from './term-fold.ts';
import { refuseTerm as no } from './term-rules.ts';
import type { World } from './world.ts';

type Context = DecisionContext<World>;
type Data<Name extends keyof typeof appraisalCommands> = (typeof appraisalCommands)[Name]['_output'];
type Decided = Fact<typeof allTermEvents>[];

/** Errors: `E_FUTURE_OCCURRENCE`, `E_NOT_AUTHORIZED`, `E_QUORUM`, `E_NOT_FOUND`, `E_VOTES`. */
export function decideAppraisal(data: Data<'recordAppraisal'>, { members }: TermState, context: Context): Decided {
  const { self, effectiveOn, related } = context;
  if (data.year > Number(effectiveOn.slice(0, 4))) return no.APPRAISAL_AHEAD();
  const supervisors = supervisorsOn(related(streamOf('supervision', self)), self, effectiveOn);
  if (!supervisors.some(({ personRef }) => personRef === data.chairRef)) return no.APPRAISAL_CHAIR();
  checkQuorum(data, context);
  for (const { personRef, competent, basicallyCompetent, incompetent } of data.results) {
    if (!members.some((each) => each.personRef === personRef)) return no.NOT_A_MEMBER();
    const votes = competent + basicallyCompetent + incompetent;
    if (votes !== data.attended) return no.APPRAISAL_VOTES(`${votes} votes of ${data.attended} who took part.`);
  }
  return [{ type: 'DemocraticAppraisalHeld', data: { village: self, ...data } }];
}

function checkQuorum({ assembly, eligible, attended }: Data<'recordAppraisal'>, context: Context): void {
  const shareBp = eligible === 0 ? 0 : (attended * 10_000) / eligible;
  const isEnough =
    assembly === 'ADULTS'
      ? shareBp > ruleValue('ASSEMBLY_ADULTS_MIN_BP', context)
      : // Two thirds are 6667 basis points, rounded up: 2 of 3 are enough.
        Math.round(shareBp) >=
        ruleValue(assembly === 'HOUSEHOLDS' ? 'ASSEMBLY_HOUSEHOLDS_MIN_BP' : 'REPRESENTATIVES_PRESENT_MIN_BP', context);
  if (!isEnough) no.APPRAISAL_QUORUM(`${attended} of ${eligible} took part.`);
}

/** Errors: `E_STEP_ORDER`, `E_NOT_FOUND`. */
export function decideAudit(
  data: Data<'publishAudit'>,
  { term, pending }: TermState,
  { self, effectiveOn }: Context,
): Decided {
  if (data.to > effectiveOn) return no.AUDIT_PERIOD();
  const newest = pending?.number ?? term?.number;
  if (newest !== undefined && data.termNumber > newest) return no.AUDIT_TERM();
  const isLate = data.kind === 'END_OF_OFFICE' && newest !== undefined && newest > data.termNumber;
  const flags = isLate ? (['AFTER_NEXT_ELECTION'] as const) : [];
  return [{ type: 'AccountabilityAuditPublished', data: { village: self, ...data, flags: [...flags] } }];
}
