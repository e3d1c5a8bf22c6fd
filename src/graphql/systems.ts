/** The fields that each system adds to villages, tallies and snapshots: the one list of their resolvers. */
import { TallyChartersField, VillageCharterField } from './charter.ts';
import { SnapshotLawFields } from './law.ts';

export const systemResolvers = [SnapshotLawFields, VillageCharterField, TallyChartersField];
