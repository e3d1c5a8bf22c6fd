/** The roads of subscriptions: `/graphql` over WebSocket, `/graphql/stream` as Server-Sent Events. */
import { Gauge } from 'prom-client';
import type { GraphQLServer } from '../../graphql/server.ts';
import { EventStreams } from './event-stream.ts';
import { Places } from './places.ts';
import { type SocketOptions, Sockets } from './sockets.ts';

export type TransportOptions = Omit<SocketOptions, 'server' | 'subscriptions' | 'sockets' | 'stopping'>;

/** Opens the roads on a server that does not listen yet; they close with it. */
export function openTransports(server: GraphQLServer, options: TransportOptions): void {
  const { limits, telemetry, live } = options;
  const subscriptions = new Places(limits.subscriptionsMax, 'subscriptions');
  const sockets = new Places(limits.socketsMax, 'sockets');
  const stop = new AbortController();
  const deps = { ...options, server, subscriptions, sockets, stopping: stop.signal };
  const streams = new EventStreams(deps);
  server.app.route({ method: ['GET', 'POST'], url: '/graphql/stream', handler: streams.handle });
  const webSockets = new Sockets(deps);
  server.app.server.on('upgrade', webSockets.upgrade);
  server.app.addHook('preClose', async () => {
    // Subscriptions are not complete, they are cut: whoever was told otherwise would not come back.
    stop.abort();
    await live.close();
    streams.goAway();
    await webSockets.goAway();
  });
  watch(telemetry.registry, 'xiangyue_sockets', 'Open sockets and event streams.', sockets);
  watch(telemetry.registry, 'xiangyue_subscriptions', 'Open subscriptions.', subscriptions);
}

function watch(registry: TransportOptions['telemetry']['registry'], name: string, help: string, places: Places): void {
  const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(places.total) });
}
