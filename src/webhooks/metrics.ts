/** What operators are told of webhooks. */
import { Counter, Gauge, type Registry } from 'prom-client';

export interface WebhookMetrics {
  /** Tries by how they ended. */
  readonly deliveries: Counter<'outcome'>;
}

/** Adds the metrics of webhooks; the gauges are read when somebody looks. */
export function webhookMetrics(
  registry: Registry,
  look: () => Promise<{ readonly active: number; readonly parked: number; readonly behind: number }>,
): WebhookMetrics {
  const registers = [registry];
  const parked = new Gauge({ name: 'xiangyue_webhooks_parked', help: 'Targets that were given up.', registers });
  const lag = new Gauge({
    name: 'xiangyue_webhook_lag_positions',
    help: 'Distance from the head of the log of the active target that is furthest behind.',
    registers,
  });
  new Gauge({
    name: 'xiangyue_webhooks_active',
    help: 'Targets that are sent to.',
    registers,
    async collect() {
      const now = await look();
      this.set(now.active);
      parked.set(now.parked);
      lag.set(now.behind);
    },
  });
  return {
    deliveries: new Counter({
      name: 'xiangyue_webhook_deliveries_total',
      help: 'Tries of webhooks: delivered or failed.',
      labelNames: ['outcome'],
      registers,
    }),
  };
}
