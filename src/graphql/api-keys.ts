/** Keys of machines, for administrators: each sees, makes and revokes what lies within its own divisions. Never cached, never
 *  with a secret but once. */
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import type { ApiKeys, ApiKey as Key } from '../access/api-keys.ts';
import { dayOf } from '../access/day-of.ts';
import { keyDaysMax, keyExpiry } from '../access/key-expiry.ts';
import { type Grant, type Role, roles } from '../access/principal.ts';
import { findPersonalData } from '../domain/personal-data.ts';
import { DivisionCode, LocalDate } from '../domain/scalars.ts';
import { CodedError } from '../es/errors.ts';
import type { Instant } from '../es/event.ts';
import { passing, type RequestContext } from './context.ts';
import { termType } from './derive/types.ts';
import { badInput } from './input-error.ts';
import { nowhere, placeOfCode } from './place.ts';
import { Rights } from './rights.ts';
import { DateTimeScalar } from './scalars.ts';

const accessRoles: Readonly<Record<string, Role>> = Object.fromEntries(
  roles.map((role) => [role.toUpperCase().replaceAll('-', '_'), role]),
);
registerEnumType(accessRoles, {
  name: 'AccessRole',
  description: 'What somebody may do beyond what is public, within a division and what lies below it.',
  valuesConfig: {
    CLERK: { description: 'Sends commands and proposals.' },
    APPROVER: { description: 'Approves or rejects what another proposed.' },
    AUDITOR: { description: 'Sees what is not public, and who looked at it.' },
    PERSONAL_DATA_READER: { description: 'Reads the vault of persons for a purpose.' },
    ADMINISTRATOR: { description: 'Makes and revokes keys and webhooks.' },
  },
});

const code = termType(DivisionCode);
const withinWhat = 'Division, by its code on the day on which the key was made; null for everything.';

@ObjectType({ description: 'A role within a division.', simpleResolvers: true })
class AccessGrant {
  @Field(() => accessRoles, { description: 'What may be done.' })
  readonly role!: Role;

  @Field(code, { nullable: true, description: withinWhat })
  readonly within!: string | null;
}

@ObjectType({ description: 'A key of a machine, without its secret.', simpleResolvers: true })
class ApiKey {
  @Field(() => ID, { description: 'Made by the server. What the key records is recorded by `key:` and this id.' })
  readonly id!: string;

  @Field(() => String, { description: 'What it is for.' })
  readonly name!: string;

  @Field(() => [AccessGrant], { description: 'What it was given.' })
  readonly roles!: readonly Grant[];

  @Field(() => String, { description: 'Who made it.' })
  readonly createdBy!: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  readonly createdAt!: Instant;

  @Field(() => DateTimeScalar, { description: 'From then on it holds no longer.' })
  readonly expiresAt!: Instant;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was revoked; null where it was not.' })
  readonly revokedAt!: Instant | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The hour in which it was last used; null where it never was.',
  })
  readonly lastUsedAt!: Instant | null;
}

@InputType({ description: 'A role within a division.' })
class AccessGrantInput {
  @Field(() => accessRoles, { description: 'What may be done.' })
  role!: Role;

  @Field(code, { nullable: true, description: 'Division, by its code of today; everything where it is left out.' })
  within?: string | null;
}

@InputType({ description: 'What createApiKey takes.' })
class CreateApiKeyInput {
  @Field(() => String, { description: 'What it is for: no personal data, up to 100 characters.' })
  name!: string;

  @Field(() => [AccessGrantInput], { description: 'What it is given: 1 to 20 roles.' })
  roles!: AccessGrantInput[];

  @Field(termType(LocalDate), { description: `Its last day, up to ${keyDaysMax} days ahead.` })
  expiresOn!: string;
}

@InputType({ description: 'What revokeApiKey takes.' })
class RevokeApiKeyInput {
  @Field(() => ID, { description: 'Id of the key.' })
  id!: string;
}

@ObjectType({ description: 'What revokeApiKey gives back.', simpleResolvers: true })
class ApiKeyPayload {
  @Field(() => ApiKey, { description: 'The key as it now is.' })
  readonly apiKey!: ApiKey;
}

@ObjectType({ description: 'What createApiKey gives back.', simpleResolvers: true })
class CreateApiKeyPayload extends ApiKeyPayload {
  @Field(() => String, { description: 'What the machine sends as `Authorization: Bearer`. It is never shown again.' })
  readonly secret!: string;
}

const nameCharsMax = 100;
const grantsMax = 20;
const refusals = 'Null with an error where it is refused: UNAUTHENTICATED, FORBIDDEN,';

@Resolver()
export class ApiKeyResolvers {
  @Query(() => [ApiKey], {
    description:
      'Keys whose every role lies within what one administers, the newest first. Errors: UNAUTHENTICATED, FORBIDDEN.',
  })
  apiKeys(@Ctx() context: RequestContext): ApiKey[] {
    context.reads.add(passing);
    const keys = keysFor(context).list();
    return keys.filter((key) => administersKey(context, key)).map(told);
  }

  @Mutation(() => CreateApiKeyPayload, {
    nullable: true,
    description: `Make a key for a machine, with roles within what one administers. Sent twice, it makes two. ${refusals} BAD_USER_INPUT.`,
  })
  createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'What is asked for.' }) input: CreateApiKeyInput,
    @Ctx() context: RequestContext,
  ): CreateApiKeyPayload {
    const keys = keysFor(context);
    const { principal, services } = context;
    const grants = input.roles.map(({ role, within }): Grant => ({ role, within: within ?? null }));
    if (grants.length === 0 || grants.length > grantsMax)
      throw badInput(['input', 'roles'], `roles takes 1 to ${grantsMax}.`);
    if (!administers(context, grants, services.today()))
      throw new CodedError('FORBIDDEN', 'Your roles do not cover this.');
    const expiresAt = keyExpiry(input.expiresOn, services.now());
    if (expiresAt === null) {
      throw badInput(['input', 'expiresOn'], `expiresOn takes a day from today on, up to ${keyDaysMax} days ahead.`);
    }
    const made = keys.create({ name: nameOf(input), grants, createdBy: principal.id, expiresAt });
    return { apiKey: told(made.key), secret: made.text };
  }

  @Mutation(() => ApiKeyPayload, {
    nullable: true,
    description: `Take a key back for ever, within a minute, open sockets included. ${refusals} E_NOT_FOUND.`,
  })
  revokeApiKey(
    @Arg('input', () => RevokeApiKeyInput, { description: 'What is asked for.' }) { id }: RevokeApiKeyInput,
    @Ctx() context: RequestContext,
  ): ApiKeyPayload {
    const keys = keysFor(context);
    const known = keys.list().find((key) => key.id === id && administersKey(context, key));
    const revoked = known && keys.revoke(id);
    if (!revoked) throw new CodedError('E_NOT_FOUND', 'There is no such key.');
    return { apiKey: told(revoked) };
  }
}

/** The keys, for whoever administers anything. Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `E_UNAVAILABLE`. */
function keysFor(context: RequestContext): ApiKeys {
  const rights = Rights.of(context);
  if (!rights.hasAnywhere('administer')) rights.need('administer', nowhere);
  if (context.services.keys) return context.services.keys;
  throw new CodedError('E_UNAVAILABLE', 'This server takes no keys.');
}

const administersKey = (context: RequestContext, { grants, createdAt }: Key): boolean =>
  administers(context, grants, dayOf(createdAt));

/** Whether the one who asks administers all that the grants of a day cover: nobody gives more than that. */
function administers(context: RequestContext, grants: readonly Grant[], on: string): boolean {
  const rights = Rights.of(context);
  return grants.every(({ within }) => rights.has('administer', placeOfCode(rights.scene, within, on)));
}

function nameOf({ name }: CreateApiKeyInput): string {
  const plain = name.trim();
  if (plain === '' || plain.length > nameCharsMax) {
    throw badInput(['input', 'name'], `name takes 1 to ${nameCharsMax} characters.`);
  }
  if (plain.includes('@') || findPersonalData(plain)) {
    throw badInput(['input', 'name'], 'name looks like personal data.');
  }
  return plain;
}

const told = ({ grants, ...key }: Key): ApiKey => ({ ...key, roles: grants });
