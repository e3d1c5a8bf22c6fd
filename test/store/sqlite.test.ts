import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { storeContract } from './contract.ts';

storeContract('SqliteStore', (now) =>
  openSqliteStore({ dir: tempFolder(), mode: 'write', kind: 'real', now, newId: () => 'log-1' }),
);
