/** Webhooks for administrators: what is sent where, how it stands, and every change. Never cached, never with a secret but once. */
import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import { CodedError } from '../es/errors.ts';
import type { Instant, Position } from '../es/event.ts';
import { passing, type RequestContext } from './context.ts';
import { EventFilter } from './event-filter.ts';
import { Rights } from './rights.ts';
import { DateTimeScalar, PositionScalar } from './scalars.ts';
import type { WebhookService, WebhookState, WebhookStatus } from './webhook-service.ts';

const statuses = { ACTIVE: 'ACTIVE', PAUSED: 'PAUSED', PARKED: 'PARKED' };
registerEnumType(statuses, {
  name: 'WebhookStatus',
  description: 'Whether a webhook is sent.',
  valuesConfig: {
    ACTIVE: { description: 'Sent, or tried again.' },
    PAUSED: { description: 'Paused by an administrator; what comes meanwhile waits in the log.' },
    PARKED: { description: 'Given up after too many failures; what comes meanwhile waits in the log.' },
  },
});

@ObjectType({
  description: 'A place that events are sent to, signed, each at least once and in order.',
  simpleResolvers: true,
})
class Webhook {
  @Field(() => ID, { description: 'Made by the server.' })
  readonly id!: string;

  @Field(() => String, { description: 'Where it is sent.' })
  readonly url!: string;

  @Field(() => String, { description: 'Its conditions on events, as JSON of an EventFilter.' })
  readonly filter!: string;

  @Field(() => statuses, { description: 'Whether it is sent.' })
  readonly status!: WebhookStatus;

  @Field(() => PositionScalar, { description: 'All that matches up to this position was delivered.' })
  readonly checkpoint!: Position;

  @Field(() => Int, { description: 'Distance of the checkpoint from the head of the log.' })
  readonly behind!: number;

  @Field(() => Int, { description: 'Failed tries of the event that is next.' })
  readonly failures!: number;

  @Field(() => String, { nullable: true, description: 'Why the last try failed; null where it did not.' })
  readonly lastError!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is tried again; null where nothing failed.' })
  readonly nextAttemptAt!: Instant | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the secret before the last rotation signs along; null where none does.',
  })
  readonly oldSecretUntil!: Instant | null;

  @Field(() => DateTimeScalar, { description: 'When it was registered.' })
  readonly createdAt!: Instant;

  @Field(() => String, { description: 'Who registered it: it is sent what that principal may see.' })
  readonly createdBy!: string;
}

@ObjectType({ description: 'What a change of a webhook gives back.', simpleResolvers: true })
class WebhookPayload {
  @Field(() => Webhook, { description: 'The webhook after the change; what it last was where it was removed.' })
  readonly webhook!: Webhook;
}

@ObjectType({ description: 'What makes a secret gives it back, this once.', simpleResolvers: true })
class WebhookSecretPayload extends WebhookPayload {
  @Field(() => String, { description: 'Signs what is sent: whsec_ and base64. It is never shown again.' })
  readonly secret!: string;
}

@InputType({ description: 'What registerWebhook takes.' })
class RegisterWebhookInput {
  @Field(() => String, { description: 'An https address outside private networks.' })
  url!: string;

  @Field(() => EventFilter, { nullable: true, description: 'Conditions on events; all of them where it is left out.' })
  filter?: EventFilter | null;

  @Field(() => PositionScalar, {
    nullable: true,
    description:
      'Send what comes after this position, 0 for the whole log; what comes from now on where it is left out.',
  })
  after?: Position | null;
}

@InputType({ description: 'Names a webhook.' })
class WebhookInput {
  @Field(() => ID, { description: 'Id of the webhook.' })
  id!: string;
}

@InputType({ description: 'What resumeWebhook takes.' })
class ResumeWebhookInput extends WebhookInput {
  @Field(() => PositionScalar, {
    nullable: true,
    description: 'Send again what comes after this position; from its checkpoint where it is left out.',
  })
  after?: Position | null;
}

const refusals = 'Null with an error where it is refused: UNAUTHENTICATED, FORBIDDEN,';

@Resolver()
export class WebhookResolvers {
  @Query(() => [Webhook], {
    description:
      'All webhooks, the oldest first: for administrators of everything. Errors: UNAUTHENTICATED, FORBIDDEN.',
  })
  async webhooks(@Ctx() context: RequestContext): Promise<Webhook[]> {
    context.reads.add(passing);
    return (await serviceFor(context).list()).map(webhookOf);
  }

  @Mutation(() => WebhookSecretPayload, {
    nullable: true,
    description: `Send events to an address, and get the secret that signs them. ${refusals} E_WEBHOOK_TARGET, E_FUTURE_MOMENT, E_LIMIT.`,
  })
  async registerWebhook(
    @Arg('input', () => RegisterWebhookInput, { description: 'What is asked for.' }) input: RegisterWebhookInput,
    @Ctx() context: RequestContext,
  ): Promise<WebhookSecretPayload> {
    const asked = { url: input.url, filter: withoutNulls(input.filter ?? {}), after: input.after ?? undefined };
    const { webhook, secret } = await serviceFor(context).register(context.principal, asked);
    return { webhook: webhookOf(webhook), secret };
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description: `Send nothing more to an address. ${refusals} E_NOT_FOUND.`,
  })
  async removeWebhook(
    @Arg('input', () => WebhookInput, { description: 'What is asked for.' }) { id }: WebhookInput,
    @Ctx() context: RequestContext,
  ): Promise<WebhookPayload> {
    return { webhook: webhookOf(await serviceFor(context).remove(id)) };
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description: `Send nothing for a time; what comes meanwhile waits in the log. ${refusals} E_NOT_FOUND.`,
  })
  async pauseWebhook(
    @Arg('input', () => WebhookInput, { description: 'What is asked for.' }) { id }: WebhookInput,
    @Ctx() context: RequestContext,
  ): Promise<WebhookPayload> {
    return { webhook: webhookOf(await serviceFor(context).pause(id)) };
  }

  @Mutation(() => WebhookPayload, {
    nullable: true,
    description: `Send what was paused or parked, or everything again from a position. ${refusals} E_NOT_FOUND, E_FUTURE_MOMENT.`,
  })
  async resumeWebhook(
    @Arg('input', () => ResumeWebhookInput, { description: 'What is asked for.' }) { id, after }: ResumeWebhookInput,
    @Ctx() context: RequestContext,
  ): Promise<WebhookPayload> {
    return { webhook: webhookOf(await serviceFor(context).resume(id, after ?? undefined)) };
  }

  @Mutation(() => WebhookSecretPayload, {
    nullable: true,
    description: `Sign with a new secret; the old one signs along for a day. ${refusals} E_NOT_FOUND.`,
  })
  async rotateWebhookSecret(
    @Arg('input', () => WebhookInput, { description: 'What is asked for.' }) { id }: WebhookInput,
    @Ctx() context: RequestContext,
  ): Promise<WebhookSecretPayload> {
    const { webhook, secret } = await serviceFor(context).rotateSecret(id);
    return { webhook: webhookOf(webhook), secret };
  }
}

/** The webhooks, for administrators of everything. Errors: `UNAUTHENTICATED`, `FORBIDDEN`, `E_UNAVAILABLE`. */
function serviceFor(context: RequestContext): WebhookService {
  Rights.of(context).need('administer', []);
  if (context.services.webhooks) return context.services.webhooks;
  throw new CodedError('E_UNAVAILABLE', 'This server sends no webhooks.');
}

const webhookOf = (state: WebhookState): Webhook => ({
  ...state,
  filter: JSON.stringify(filterAsGiven(state.filter)),
  behind: Math.min(state.behind, 2 ** 31 - 1),
});

/** Instants as they are written outside. */
function filterAsGiven({ recorded, ...rest }: EventFilter): object {
  if (!recorded) return rest;
  const { from, to } = recorded;
  const text = (instant: Instant | null | undefined) => (instant == null ? undefined : new Date(instant).toISOString());
  return { ...rest, recorded: { from: text(from), to: text(to) } };
}

/** As a plain object: what is stored and compared. */
function withoutNulls(filter: EventFilter): EventFilter {
  return JSON.parse(JSON.stringify(filter, (_, value: unknown) => value ?? undefined)) as EventFilter;
}
