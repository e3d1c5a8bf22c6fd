/** Refusals of the domain, as a part of the error catalogue in `errors.ts`. */
import { entry } from './error-entry.ts';

export const domainErrors = {
  // Acts of every system
  E_BASIS_MISSING: entry(
    'The act rests on no document, or on one that was not yet issued.',
    'Give `basis`: number or title of the document, or in `unknownBecause` why none is known.',
  ),
  E_NOT_AUTHORIZED: entry(
    'The body that decided may not decide this act, or not for this territory.',
    'Give in `decidedBy` the body that decided: its level, the code of its division, its organ.',
  ),
  E_PERSONAL_DATA_IN_EVENT: entry(
    'A text looks like an identity number, a bank card or a phone number; events hold no personal data.',
    'Leave it out, and put it into the vault of persons under a personRef.',
  ),
  E_PERSON_ERASED: entry(
    'The person was erased: the key is destroyed, and nobody can read what was held.',
    'Nothing can be stored or read of this person again; what happened to the reference stays in the log.',
  ),
  E_PURPOSE_MISSING: entry(
    'Personal data is read for a purpose, and none was given.',
    'Say in `purpose` what it is read for; it is written to the log.',
  ),
  E_CONSENT_MISSING: entry(
    'Health and bank card are sensitive: a general consent is not enough.',
    'Get the separate consent, or name the duty or contract that asks for it in `processingGround`.',
  ),
  E_VAULT_LOCKED: entry(
    'The key of the vault of persons is not there, or is not the one it was closed with.',
    'Give the key in VAULT_KEY_FILE or VAULT_KEY; `xiangyue vault status` says which one is asked for.',
  ),
  E_VAULT_UNAVAILABLE: entry(
    'The vault of persons cannot be reached at the moment.',
    'Try again; if it stays so, look at vault.sqlite in the data folder.',
    true,
  ),
  E_VAULT_DAMAGED: entry(
    'The vault of persons does not hold what the log says was stored, or it was changed from outside.',
    'Store the named fields again, or restore the vault from a backup.',
  ),
  E_NOT_ELIGIBLE: entry(
    'The person or thing does not meet what the rule asks for.',
    'The message says what is not met; check the facts, or record the refusal.',
  ),
  E_PERIOD_INVALID: entry('The days or months do not fit each other.', 'Check the days and months that it names.'),
  E_TOTAL_MISMATCH: entry('A total is not what its parts come to.', 'Check the parts and the total.'),
  E_NOTICE_TOO_SHORT: entry(
    'The notice was posted for fewer days than the rule asks for.',
    'Post it for the days that are missing, then record it.',
  ),
  E_UPPER_LIST: entry(
    'A list of a level above says otherwise.',
    'Take the item over as the list above has it; a lower level may only add to it.',
  ),
  E_CERT_PROHIBITED: entry(
    'Committees should not certify this item: a list that held on the day of the request says so.',
    'Refuse the certificate and name the substitute route, which the error gives where the list has one.',
  ),
  E_CERT_GROUND: entry('The certificate or its refusal has no ground.', 'Give the ground that the message names.'),
  E_QUORUM: entry(
    'Too few took part for the vote to count.',
    'Check the numbers; a vote without a quorum is held again.',
  ),
  E_NOT_MAJORITY: entry('There is no majority for it.', 'Check the numbers; what has no majority is not adopted.'),
  E_TURNOUT: entry(
    'Half of the registered voters or fewer voted: the vote does not count.',
    'Check the numbers; such a vote is held again.',
  ),
  E_VOTES: entry('The numbers of a vote do not go together.', 'Check them against the sheet of the result.'),
  E_CANDIDATES: entry(
    'There are not more candidates than seats.',
    'Name every candidate with the votes, those not elected too.',
  ),
  E_SEATS: entry('The seats do not allow it.', 'Check the number of seats that was approved, and who holds them.'),
  E_INELIGIBLE: entry(
    'Somebody may not hold the office, by another office or by close kin.',
    'Check who was elected; record first what ended the other office.',
  ),
  E_DEADLINE: entry('A step came too early or too late for the law.', 'Check the days of both steps.'),
  E_REMOVAL_NOT_BY_VOTE: entry(
    'An elected member is removed by a vote alone.',
    'Send recordRecallVote, or acceptResignation.',
  ),
  E_ASSEMBLY_TYPE: entry('This assembly may not decide it.', 'Record the vote of the assembly that the law names.'),
  E_TEXT_CHANGED: entry(
    'The text is not the one that the step before was about.',
    'Check the SHA-256; another text takes the steps anew.',
  ),
  // Money
  E_AMOUNT: entry('A sum of money is zero, or is not the sum of its parts.', 'Check the amounts.'),
  E_ABOVE_LIMIT: entry(
    'It is more than a standard or an appropriation allows.',
    'Check the amounts and the number of people.',
  ),
  E_BELOW_FLOOR: entry(
    'A standard gives less than the floor of a higher level.',
    'Give at least the floor that is named.',
  ),
  E_SHARES: entry(
    'The shares of the levels do not make a whole.',
    'Give shares of 10000 basis points in all, or name the level that bears the rest.',
  ),
  E_TIERS: entry('Tiers overlap or leave a gap.', 'Let each tier begin where the one before ends.'),
  E_PERIOD: entry('The period is not one for which this is possible.', 'Check its first and last month or day.'),
  E_PERIOD_CLOSED: entry(
    'The month is closed in the books.',
    'Give the approval by which the finance organ opens it again.',
  ),
  // Villages and divisions
  E_VILLAGE_NOT_ACTIVE: entry(
    'The village is not listed on that day.',
    'Check the date; a village that ended takes no acts after its last day.',
  ),
  E_ALREADY_EXISTS: entry('There is already such a thing.', 'Act on the one that exists.'),
  E_DIVISION_UNKNOWN: entry(
    'There is no such division on that day, or it is of another level.',
    'Look the division up at that date.',
  ),
  E_CODE_BAND: entry(
    'The code does not fit: its last digits say another kind, or its first ones another township.',
    'Check code, kind and township (001-199 residents, 200-399 villagers, 400 and above quasi units).',
  ),
  E_CODE_TAKEN: entry('Another village carries this code on that day.', 'Check the code and the date.'),
  E_CODE_RETIRED: entry(
    'The code belonged to another village and is retired.',
    'Retired codes are not given again; an edition that does so is imported as such.',
  ),
  E_NAME_TAKEN: entry(
    'Another village of the same kind in the township has this name.',
    'Check the name; two villages of one kind and township differ in name.',
  ),
  E_APPROVAL_MISSING: entry(
    'A step of the approval is missing.',
    'Give the township’s proposal, the assembly’s consent and the county’s decision, each with its day.',
  ),
  E_STEP_ORDER: entry('The steps are not in their order.', 'Check the days: proposal, consent, decision, effect.'),
  E_KIND_MISMATCH: entry(
    'The act is not possible for a unit of this kind.',
    'Check the kind of the village on that day.',
  ),
  E_FUTURE_OCCURRENCE: entry('A fact is dated after today.', 'Give the day on which it happened.'),
  E_OPEN_OBLIGATIONS: entry(
    'Something must be settled before the village ends.',
    'Record what the message names first, such as the audit at the end of office.',
  ),
  E_SUBORDINATION: entry(
    'The villages are not in one township.',
    'Transfer the village first, or name villages of one township.',
  ),
  E_SELF_REFERENCE: entry('The thing acted on is named as its own counterpart.', 'Name another one.'),
  E_LINK_OVERLAP: entry(
    'Both records are listed on the same day, so they are not one village.',
    'Void or unlink what is wrong first.',
  ),
  E_UNLINK_WHOLE: entry(
    'The village would be left without any record.',
    'Name a day inside its record; what is wrong as a whole is voided.',
  ),
  E_FACTS_INVALID: entry(
    'A facts file does not have its shape.',
    'Correct what the message names; nothing was imported.',
  ),
  E_CREDIT_CODE: entry(
    'The credit code is not one that the village can have.',
    'Check each character, the registering authority and the code that the village had before.',
  ),
  E_FIGURE_INVALID: entry('The figure does not fit its metric.', 'Check the value, unit and qualifier.'),
} as const;
