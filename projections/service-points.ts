/** Government service points at any moment: tier, place, what each offers, and what was put into it. */
import type { Projection } from '../src/es/projection.ts';
import { handlers } from './handlers.ts';

export type ServicePointRow = {
  readonly tier: string;
  readonly village: string | null;
  readonly division: string | null;
  readonly name: string;
  readonly parent: string | null;
  readonly items_offered: number;
  readonly online: 0 | 1;
  readonly opened_on: string;
  readonly closed_on: string | null;
  /** Fen as digits: what was recorded, added up, whatever the qualifier says. */
  readonly invested_fen: string;
};

export const servicePoints: Projection<ServicePointRow> = {
  name: 'service_points',
  version: 1,
  entity: 'servicepoint',
  columns: {
    tier: 'text',
    village: 'text',
    division: 'text',
    name: 'text',
    parent: 'text',
    items_offered: 'integer',
    online: 'integer',
    opened_on: 'text',
    closed_on: 'text',
    invested_fen: 'text',
  },
  indexes: [['tier']],
  handlers: handlers<'servicepoint', ServicePointRow>({
    servicepoint: {
      ServicePointOpened: (_, data, __, { effectiveOn }) => ({
        tier: data.tier,
        village: data.village ?? null,
        division: data.division ?? null,
        name: data.name,
        parent: data.parent ?? null,
        items_offered: data.itemsOffered,
        online: data.online ? 1 : 0,
        opened_on: effectiveOn,
        closed_on: null,
        invested_fen: '0',
      }),
      ServicePointClosed: (row, _, __, { effectiveOn }) => row && { ...row, closed_on: effectiveOn },
      ServiceInvestmentRecorded: (row, { amountFen }) =>
        row && { ...row, invested_fen: String(BigInt(row.invested_fen) + BigInt(amountFen)) },
    },
  }),
};
