/** A question of every query of the schema, by which a test sees whether it is answered and what it shows. */
import { type GraphQLArgument, getNamedType, isCompositeType, isEnumType, isListType, isNonNullType } from 'graphql';
import { buildXiangyueSchema } from '../../src/graphql/schema.ts';
import { thingsInTown, townCode } from './things-in-town.ts';

/** Values of the arguments that a field cannot do without, by type. */
const values: Readonly<Record<string, string>> = {
  ID: '"v_xiawei0001"',
  DivisionCode: `"${townCode}"`,
  PersonRef: `"${thingsInTown.person}"`,
  Int: '2021',
  CertificateItemCode: '"KINSHIP"',
  Quarter: '"2021-Q1"',
  YearMonth: '"2021-05"',
  String: '"x"',
  Boolean: 'true',
  Moment: '{ effectiveOn: "2021-05-06" }',
};
/** Of fields that show what is not public: a question that finds it. */
export const questions: Readonly<Record<string, string>> = {
  accessLog: `accessLog(person: "${thingsInTown.person}") { nodes { event } }`,
  event: `event(id: "retired-${thingsInTown.retired}.0") { id }`,
  node: `node(id: "${thingsInTown.retired}") { id }`,
  nodes: `nodes(ids: ["${thingsInTown.person}", "${thingsInTown.proposal}"]) { id }`,
  person: `person(ref: "${thingsInTown.person}") { id }`,
  proposals: 'proposals { nodes { id } }',
  events: 'events(first: 200) { nodes { stream } }',
  village: 'village(id: "v_xiawei0001") { retiredCadres { id } }',
  villages: 'villages { nodes { retiredCadres { id } } }',
  division: `division(code: "${townCode}") { villages { nodes { retiredCadres { id } } } }`,
  divisions: 'divisions(level: TOWNSHIP) { villages(first: 5) { nodes { retiredCadres { id } } } }',
  arrearsDue: 'arrearsDue(kind: BASIC_PAY, positionBefore: "1") { __typename }',
  disclosureBoard: 'disclosureBoard(quarter: "2024-Q1", within: "440118") { __typename }',
  at: 'at { proposals { nodes { id } } }',
};

/** A question of every field of Query. Throws where an argument has no sample. */
export function questionOf(name: string): string {
  if (questions[name]) return questions[name];
  const field = buildXiangyueSchema().getQueryType()?.getFields()[name];
  const required = field?.args.filter(({ type }) => isNonNullType(type)) ?? [];
  const args = required.map((argument) => `${argument.name}: ${sampleFor(argument)}`).join(', ');
  return `${name}${args && `(${args})`}${isCompositeType(getNamedType(field?.type)) ? ' { __typename }' : ''}`;
}

function sampleFor({ name, type }: GraphQLArgument): string {
  const named = getNamedType(type);
  const value = isEnumType(named) ? named.getValues()[0]?.name : values[named.name];
  if (value === undefined) throw new Error(`${name}: ${String(type)} has no sample`);
  return isListType(isNonNullType(type) ? type.ofType : type) ? `[${value}]` : value;
}
