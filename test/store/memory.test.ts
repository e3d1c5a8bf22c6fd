import { MemoryStore } from '../../src/store/memory.ts';
import { storeContract } from './contract.ts';

storeContract('MemoryStore', (now) => new MemoryStore({ now, identity: { id: 'log-1', kind: 'real' } }));
