/** What matters of deliberation refuse: notice, quorum, votes, and who may decide what. */
import type { DecisionContext } from '../es/aggregate.ts';
import type { LocalDate } from '../es/event.ts';
import { refusals } from './refusals.ts';
import { type RuleName, ruleOn } from './rule-set.ts';
import type { World } from './world.ts';

const law = '村民委员会组织法';
const dayMs = 86_400_000;

export const refuseMatter = refusals('matter', {
  UNKNOWN: { code: 'E_NOT_FOUND', when: 'No such matter was raised by that day.', source: 'log' },
  STEP_ORDER: {
    code: 'E_STEP_ORDER',
    when: 'The step is not the next one: raised, called, held, resolved, published, carried out.',
    source: '关于加强城乡社区协商的意见（2015年）',
    remedy: 'Record the steps before it first, each on its day.',
  },
  PARTY_STUDY: {
    code: 'E_APPROVAL_MISSING',
    when: 'An important matter is first studied by the party organisation.',
    source: `${law}（2026年1月1日起施行）`,
    remedy: 'Give partyStudyOn, the day of the study.',
  },
  PARTY_STUDY_LATE: {
    code: 'E_STEP_ORDER',
    when: 'The party organisation’s study lies after the day on which the matter was raised.',
    source: `${law}（2026年1月1日起施行）`,
  },
  NOTICE_AFTER_MEETING: {
    code: 'E_STEP_ORDER',
    when: 'The notice lies after the meeting.',
    source: 'a notice comes first',
  },
  NOTICE_SHORT: {
    code: 'E_STEP_ORDER',
    when: 'A villagers’ assembly is called ten days before; an assembly of representatives is not held to that.',
    source: `${law} art. 21`,
    remedy: 'Check noticeOn and the form of the meeting.',
  },
  QUORUM: {
    code: 'E_QUORUM',
    when: 'Too few were there: two thirds of the representatives or households, or more than half of the adults.',
    source: `${law} art. 22, 26`,
  },
  VOTES_SUM: {
    code: 'E_QUORUM',
    when: 'The votes are not as many as those who were there.',
    source: 'arithmetic',
    remedy: 'Check the votes: for, against and abstained are together all who attended.',
  },
  NOT_MAJORITY: {
    code: 'E_NOT_MAJORITY',
    when: 'Not more than half of those who were there voted for it.',
    source: `${law} art. 22, 26`,
  },
  RESERVED: {
    code: 'E_ASSEMBLY_TYPE',
    when: 'The matter is reserved to the villagers’ assembly, which authorised nobody else to decide it.',
    source: `${law} art. 24`,
    remedy: 'Record the assembly’s own vote, or the day of its authorisation in authorisedOn.',
  },
  NOT_ADOPTED: {
    code: 'E_STEP_ORDER',
    when: 'No resolution on it was adopted by that day.',
    source: 'what was not adopted is not carried out',
  },
});

type Form = 'VILLAGERS_ASSEMBLY' | 'HOUSEHOLDS_ASSEMBLY' | 'REPRESENTATIVE_ASSEMBLY' | 'COUNCIL' | 'ONLINE' | 'OTHER';
type Context = DecisionContext<World>;

/** Whether the form is the assembly itself. */
export const isAssembly = (form: Form): boolean => form === 'VILLAGERS_ASSEMBLY' || form === 'HOUSEHOLDS_ASSEMBLY';

const valueOn = ({ world, effectiveOn }: Context, name: RuleName): number =>
  ruleOn(world.rules, name, effectiveOn)?.value ?? 0;

/** The party's study of an important matter, as the law of the day asks. Errors: `E_APPROVAL_MISSING`, `E_STEP_ORDER`. */
export function checkPartyStudy(important: boolean, partyStudyOn: LocalDate | undefined, context: Context): void {
  if (partyStudyOn !== undefined && partyStudyOn > context.effectiveOn) refuseMatter.PARTY_STUDY_LATE();
  if (important && partyStudyOn === undefined && valueOn(context, 'PARTY_STUDY_REQUIRED') === 1) {
    refuseMatter.PARTY_STUDY();
  }
}

/** The days between notice and meeting. Errors: `E_STEP_ORDER`. */
export function checkNotice(form: Form, noticeOn: LocalDate, context: Context): void {
  const { effectiveOn } = context;
  if (noticeOn > effectiveOn) refuseMatter.NOTICE_AFTER_MEETING();
  if (!isAssembly(form)) return;
  const days = Math.round((Date.parse(effectiveOn) - Date.parse(noticeOn)) / dayMs);
  const least = valueOn(context, 'ASSEMBLY_NOTICE_DAYS');
  if (days < least)
    refuseMatter.NOTICE_SHORT(`The notice came ${days} days before; ${least} are asked.`, { days, least });
}

/** Whether enough were there. Councils and other meetings have no quorum by law. Errors: `E_QUORUM`. */
export function checkPresence(form: Form, attended: number, eligible: number, context: Context): void {
  const bp = eligible === 0 ? 0 : (attended * 10_000) / eligible;
  const enough = {
    VILLAGERS_ASSEMBLY: bp > valueOn(context, 'ASSEMBLY_ADULTS_MIN_BP'),
    // Two thirds are 6667 basis points, rounded: 2 of 3 are enough.
    HOUSEHOLDS_ASSEMBLY: Math.round(bp) >= valueOn(context, 'ASSEMBLY_HOUSEHOLDS_MIN_BP'),
    REPRESENTATIVE_ASSEMBLY: Math.round(bp) >= valueOn(context, 'REPRESENTATIVES_PRESENT_MIN_BP'),
    COUNCIL: true,
    ONLINE: true,
    OTHER: true,
  };
  if (!enough[form]) {
    refuseMatter.QUORUM(`${attended} of ${eligible} were there.`, { attended, eligible });
  }
}
