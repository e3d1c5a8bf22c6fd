/** Divisions by id and code at one moment, remembered while an export runs. */
import { type DivisionRow, divisions } from '../../../projections/divisions.ts';
import { CodedError } from '../../es/errors.ts';
import type { Found, Moment, ReadModel } from '../../es/projection.ts';

export class Places {
  private readonly known = new Map<string, DivisionRow | null>();

  constructor(
    private readonly readModel: ReadModel,
    private readonly at: Moment,
  ) {}

  byId(id: string | null): DivisionRow | null {
    if (id === null) return null;
    let row = this.known.get(id);
    if (row === undefined) {
      row = this.readModel.one(divisions, id, this.at);
      this.known.set(id, row);
    }
    return row;
  }

  /** The listed division of a code. Errors: `E_DIVISION_UNKNOWN`. 441900 and 442000 mean the prefecture, as in the API. */
  byCode(code: string): Found<DivisionRow> {
    const where = "v.code = ? and v.status = 'LISTED'";
    const found = this.readModel.select(divisions, { where, params: [code], limit: 1 }, this.at)[0];
    if (found) return found;
    if (code.length === 6 && code.endsWith('00')) return this.byCode(code.slice(0, 4));
    throw new CodedError('E_DIVISION_UNKNOWN', 'There is no such division on that day.', { code, path: ['within'] });
  }
}
