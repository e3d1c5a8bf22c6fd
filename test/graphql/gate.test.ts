import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/graphql/gate.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Work that ends when it is told to. */
function work() {
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { run: () => promise, end };
}

describe('Gate', () => {
  it('never runs more than it may, whoever comes while a place is handed over', async () => {
    const gate = new Gate({ runningMax: 1, waitingMax: 10 });
    let running = 0;
    let most = 0;
    const job = async () => {
      running += 1;
      most = Math.max(most, running);
      await settled();
      running -= 1;
    };
    const first = gate.run(job);
    const second = gate.run(job);
    // Comes in the very moment in which the first one has left and the second one has not begun.
    const third = first.then(() => gate.run(job));
    await Promise.all([first, second, third]);
    expect(most).toBe(1);
    await gate.drained();
  });

  it('keeps the place of what goes on after its answer', async () => {
    const gate = new Gate({ runningMax: 1, waitingMax: 10 });
    const rest = work();
    await gate.run(async (hold) => hold(rest.run()));
    let hasRun = false;
    const next = gate.run(async () => {
      hasRun = true;
    });
    await settled();
    expect(hasRun).toBe(false);
    rest.end();
    await next;
    expect(hasRun).toBe(true);
  });

  it('gives the place of failed work on', async () => {
    const gate = new Gate({ runningMax: 1, waitingMax: 10 });
    const failing = gate.run(() => Promise.reject(new Error('broken')));
    const next = gate.run(async () => 'next');
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('next');
  });

  it('lets whoever leaves the queue go, and another one in', async () => {
    const gate = new Gate({ runningMax: 1, waitingMax: 1 });
    const first = work();
    const running = gate.run(first.run);
    let leave = () => {};
    const left = gate.run(
      async () => 'never run',
      (tell) => {
        leave = tell;
      },
    );
    await expect(gate.run(async () => 'too many')).rejects.toMatchObject({ code: 'E_OVERLOADED' });
    leave();
    await expect(left).rejects.toMatchObject({ code: 'E_TIMEOUT' });
    const next = gate.run(async () => 'next');
    first.end();
    expect(await next).toBe('next');
    await running;
    // Too late: it has its turn behind it.
    leave();
    await gate.drained();
  });
});
