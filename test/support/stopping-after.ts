import type { EventStore } from '../../src/es/store.ts';

/** The store as a process sees it that ends after so many appends: every later one fails. */
export function stoppingAfter(store: EventStore, appends: number): EventStore {
  let left = appends;
  return new Proxy(store, {
    get(target, name) {
      if (name === 'append') {
        return (...args: Parameters<EventStore['append']>) => {
          left -= 1;
          return left < 0 ? Promise.reject(new Error('power cut')) : target.append(...args);
        };
      }
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
