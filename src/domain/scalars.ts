/** The scalars and code lists that several aggregates speak in. Stored form and GraphQL form are one. */
import { z } from 'zod';
import { codes, part, scalar, text } from './vocabulary.ts';

const isRealDay = (day: string) => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
};

export const LocalDate = scalar(
  'LocalDate',
  'A calendar day in Asia/Shanghai, `YYYY-MM-DD`, from 1900-01-01 to 2999-12-31.',
  z
    .string()
    .regex(/^(19|2\d)\d\d-\d\d-\d\d$/, { error: 'is not a day written YYYY-MM-DD', abort: true })
    .refine(isRealDay, 'is no day of the calendar'),
);

export const StatisticalCode = scalar(
  'StatisticalCode',
  'Statistical code of a village (统计用区划代码): 12 digits: 2 province, 2 prefecture, 2 county, 3 township, 3 village.',
  z.string().regex(/^\d{12}$/, 'is not a code of 12 digits'),
);

export const DivisionCode = scalar(
  'DivisionCode',
  'Code of a division above the village (行政区划代码): 2, 4, 6 or 9 digits for province, prefecture, county and township.',
  z.string().regex(/^\d{2}(\d{2}(\d{2}(\d{3})?)?)?$/, 'is not a code of 2, 4, 6 or 9 digits'),
);

const entityId = z.string().regex(/^[a-z]{1,3}_[A-Za-z0-9]{8,40}$/, 'is not an id');

export const VillageId = scalar('VillageId', "A village's id: opaque, and the same for ever.", entityId.clone());
export const DivisionId = scalar('DivisionId', "A division's id: opaque, and the same for ever.", entityId.clone());
export const ReviewId = scalar('ReviewId', "An identity review's id: opaque.", entityId.clone());

export const PersonRef = scalar(
  'PersonRef',
  'Stands for a person: opaque, made by no personal data, and the same for ever. Who it is, the vault alone knows.',
  z.string().regex(/^p_[A-Za-z0-9]{20,40}$/, 'is not a reference to a person'),
);

export const Fen = scalar(
  'Fen',
  'A sum of money in fen (1 yuan = 100 fen), as a string of digits: it may pass 32 bits.',
  z.string().regex(/^(0|[1-9]\d{0,14})$/, 'is not a whole number of fen, at most 15 digits'),
);

export const BasisPoints = scalar(
  'BasisPoints',
  'A share in basis points, 0 to 10000: 10000 is the whole.',
  z.int().min(0).max(10_000),
);

export const YearMonth = scalar(
  'YearMonth',
  'A month, `YYYY-MM`.',
  z.string().regex(/^(19|2\d)\d\d-(0[1-9]|1[0-2])$/, 'is not a month written YYYY-MM'),
);

export const Sha256 = scalar(
  'Sha256',
  'SHA-256 of a file’s bytes or of canonical text, 64 hexadecimal digits in lower case.',
  z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in hexadecimal'),
);

export const VillageKind = codes('VillageKind', 'What kind of unit a village is.', {
  RESIDENTS_COMMITTEE: 'Residents’ committee (居民委员会).',
  VILLAGERS_COMMITTEE: 'Villagers’ committee (村民委员会).',
  QUASI_RESIDENTS:
    'Statistical unit similar to a residents’ committee (类似居委会): a park, a mine. Not confirmed by civil affairs.',
  QUASI_VILLAGERS:
    'Statistical unit similar to a villagers’ committee (类似村委会): a farm, a forest. Not confirmed by civil affairs.',
});
export type VillageKind = z.output<typeof VillageKind>;

export const DivisionLevel = codes('DivisionLevel', 'Level of a division above the village.', {
  PROVINCE: 'Province (省).',
  PREFECTURE: 'Prefecture-level city (地级市).',
  COUNTY: 'County, district or county-level city (县, 区, 县级市).',
  TOWNSHIP: 'Town, township or street (镇, 乡, 街道).',
});
export type DivisionLevel = z.output<typeof DivisionLevel>;

export const UrbanRuralClass = codes('UrbanRuralClass', 'Urban-rural class of the statistics bureau (城乡分类代码).', {
  MAIN_URBAN: '111 Main urban area (主城区).',
  URBAN_FRINGE: '112 Urban fringe (城乡结合区).',
  TOWN_CENTRE: '121 Town centre (镇中心区).',
  TOWN_FRINGE: '122 Town fringe (镇乡结合区).',
  SPECIAL_AREA: '123 Special area (特殊区域).',
  TOWNSHIP_CENTRE: '210 Township centre (乡中心区).',
  VILLAGE_AREA: '220 Village (村庄).',
});

export const IdentityRule = codes(
  'IdentityRule',
  'The rule by which an import recognised a record (docs/identity.md).',
  {
    FIRST_RECORD: 'No earlier or later record matches: a village of its own.',
    SAME_CODE_SAME_NAME: 'Same code and same base name.',
    SAME_TOWNSHIP_OTHER_CODE: 'Same township, kind and base name under another code.',
    SAME_CODE_OTHER_NAME: 'Same code with another name: a rename.',
    SAME_COUNTY_SAME_NAME: 'Same county, kind and base name in another township.',
    KIND_CHANGED: 'Same township and base name, another kind (村改居).',
    OTHER_COUNTY: 'Same prefecture, kind and base name in another county.',
    SAME_PARENT_OTHER_CODE: 'Division: same parent and base name under another code.',
    SAME_VILLAGES: 'Division: more than half of the villages of either side in the other.',
    RELISTED: 'A record that had gone came back with the same code and base name.',
    MISSING: 'No record of the edition matches.',
    CLERK: 'Linked or unlinked by a clerk.',
  },
);
export type IdentityRule = z.output<typeof IdentityRule>;

/** Name of a village or division as published: no spaces, no invisible characters, by which two names could look alike. */
export const officialName = () =>
  text(120).regex(/^[^\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u, 'holds spaces or invisible characters');

/** A name that a clerk types, in Unicode's normal form C, so that two ways of typing are one name. */
export const newName = () =>
  officialName().refine((name) => name === name.normalize('NFC'), 'is not in Unicode normal form C');

export const ApprovalSteps = part('ApprovalSteps', 'The three steps of art. 3 of the committee law, each on its day.', {
  townshipProposedOn: LocalDate.optional().describe('Day of the township’s proposal.'),
  assemblyConsentedOn: LocalDate.optional().describe('Day of the villagers’ assembly’s consent.'),
  countyApprovedOn: LocalDate.optional().describe('Day of the county’s decision (批复).'),
});
