/** A TCP proxy on a free port of this machine: connections through it can be cut, and led elsewhere. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface TcpProxy {
  readonly port: number;
  /** Leads connections to another port of this machine from now on; null refuses them. */
  lead(port: number | null): void;
  /** Cuts every connection that is open; returns how many there were. */
  cut(): number;
}

/** Opens a proxy, closed when the test has finished. */
export async function openTcpProxy(): Promise<TcpProxy> {
  let target: number | null = null;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (target === null) {
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
    // Whatever befalls one end befalls the other.
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    const count = open.size / 2;
    for (const socket of open) socket.destroy();
    return Math.ceil(count);
  };
  onTestFinished(async () => {
    cut();
    server.close();
    await once(server, 'close');
  });
  return {
    port: (server.address() as AddressInfo).port,
    lead(port) {
      target = port;
    },
    cut,
  };
}
