/** What the log counts beside each published metric, at a moment and for a division. */
import { certificateLists, certificateListsMax } from '../../projections/certificate-lists.ts';
import { documents } from '../../projections/documents.ts';
import { honours } from '../../projections/honours.ts';
import { servicePoints } from '../../projections/service-points.ts';
import { villageCharters } from '../../projections/village-charters.ts';
import { villageDeliberation } from '../../projections/village-deliberation.ts';
import { villageDisclosure } from '../../projections/village-disclosure.ts';
import { villageServices } from '../../projections/village-services.ts';
import { type WorkforceReportRow, workforceReports } from '../../projections/workforce-reports.ts';
import type { Metric } from '../domain/reported-figure.ts';
import type { Projection, Row } from '../es/projection.ts';
import { type Division, divisionById, liesIn } from './division.ts';
import { isHeldIn } from './lies-in.ts';
import { isInForce } from './policy-document.ts';
import type { Scene } from './scene.ts';
import { sumsOf } from './tally.ts';

/** A metric of a division at the picture's moment; null where the log records nothing of the kind. */
export type Derivation = (scene: Scene, scope: Division) => bigint | null | Promise<bigint | null>;

const rowsMax = 100_000;
const wholeBasisPoints = 10_000n;

/** How each metric is derived; those that are not named are not. */
export const derivations: { readonly [M in Metric]?: Derivation } = {
  VILLAGES_TOTAL: async (_, scope) => BigInt(await committeesOf(scope)),
  DELIBERATION_PLATFORMS: sumOf(villageDeliberation, 'platforms'),
  DELIBERATION_DEMO_SITES: sumOf(villageDeliberation, 'demonstrationSites'),
  LOCAL_STANDARDS: (scene, scope) => {
    const all = scene.select(documents, { where: "v.kind = 'LOCAL_STANDARD'", limit: rowsMax });
    const own = all.filter(({ row }) => row.division !== null && liesIn(divisionById(scene, row.division), scope.id));
    return known(own, own.filter(({ row }) => isInForce(row, scene.at.effectiveOn)).length);
  },
  HARMONIOUS_COMMUNITIES: honoursTitled('全国和谐社区建设示范社区'),
  HAPPY_RURAL_UNITS: honoursTitled('全国农村幸福社区建设示范单位'),
  CHARTER_EXEMPLARS: honoursTitled('村规民约（居民公约）典型'),
  INNOVATION_AWARDS: honoursTitled('中国社区治理十大创新成果'),
  CHARTER_REVISED_RATE: async (_, scope) => {
    const { inForce = 0, underRevision = 0, revised = 0 } = await measuresOf(scope, villageCharters);
    return inForce + underRevision === 0 ? null : shareOf(revised, await committeesOf(scope));
  },
  DISCLOSURE_FIVE_RATE: async (_, scope) => {
    const { assessed = 0, allMet = 0 } = await measuresOf(scope, villageDisclosure);
    return assessed === 0 ? null : shareOf(allMet, await committeesOf(scope));
  },
  COMMUNITY_WORKERS: (scene, scope) => latestOf(scene, scope, 'WORKERS', ({ reported_on }) => reported_on),
  SERVICE_PERSON_TIMES: (scene, scope) => latestOf(scene, scope, 'PERSON_TIMES', ({ period_to }) => period_to ?? ''),
  CERTIFICATES_CANCELLED: (scene, scope) => {
    const where = "v.kind = 'PROHIBITED' and v.level = 'PROVINCE' and v.batch = 1 and v.division_id = ?";
    const [list] = scene.select(certificateLists, { where, params: [scope.id], limit: certificateListsMax });
    return list ? BigInt(list.row.items_total) : null;
  },
  SERVICE_TIERS: async (scene, scope) => {
    const { points = 0 } = await measuresOf(scope, villageServices);
    const tiers = tiersAboveVillages.filter((tier) => hasOpenPoint(scene, scope, tier)).length + (points > 0 ? 1 : 0);
    return tiers === 0 ? null : BigInt(tiers);
  },
};

/** Which metrics are derived, and how: for the field's description. */
export const derivationsSaid = [
  'VILLAGES_TOTAL: residents’ and villagers’ committees of the scope, quasi units left out.',
  'DELIBERATION_PLATFORMS, DELIBERATION_DEMO_SITES: open platforms and standing designations of its listed villages; null where there are none.',
  'LOCAL_STANDARDS: those in force that its organs published.',
  'HARMONIOUS_COMMUNITIES, HAPPY_RURAL_UNITS, CHARTER_EXEMPLARS, INNOVATION_AWARDS: honours of the title that are held in it.',
  'CHARTER_REVISED_RATE, DISCLOSURE_FIVE_RATE: committees whose charter is revised, or which met every dimension when last assessed, of all its committees, in whole basis points, rounded down; null where no charter, or no assessment, is recorded.',
  'COMMUNITY_WORKERS: its own last report; null where that day has reports by two definitions, which are not added.',
  'SERVICE_PERSON_TIMES: its own report of the period that ended last.',
  'CERTIFICATES_CANCELLED: items of its own first list of what is not certified.',
  'SERVICE_TIERS: tiers in which a service point in it is open.',
  'SERVICE_INVESTMENT is never derived: the figure names no payments.',
].join(' ');

const tiersAboveVillages = ['TOWNSHIP', 'COUNTY', 'PREFECTURE', 'PROVINCE'];

const committeesOf = async (scope: Division): Promise<number> => {
  const { residentsCommittees, villagersCommittees } = await scope.tally().villages();
  return residentsCommittees + villagersCommittees;
};

const shareOf = (part: number, whole: number): bigint | null =>
  whole === 0 ? null : (BigInt(part) * wholeBasisPoints) / BigInt(whole);

const known = (recorded: readonly unknown[], count: number): bigint | null =>
  recorded.length === 0 ? null : BigInt(count);

/** The sums of a read model below the division, by the names of its cube's measures. */
async function measuresOf<R extends Row>(
  scope: Division,
  projection: Projection<R>,
): Promise<Readonly<Record<string, number>>> {
  const sums = await sumsOf(scope.tally(), projection);
  return Object.fromEntries((projection.cube?.measures ?? []).map((measure, at) => [measure, sums[at] ?? 0]));
}

function sumOf<R extends Row>(projection: Projection<R>, measure: string): Derivation {
  return async (_, scope) => {
    const sum = (await measuresOf(scope, projection))[measure] ?? 0;
    return sum === 0 ? null : BigInt(sum);
  };
}

function honoursTitled(title: string): Derivation {
  return (scene, scope) => {
    const found = scene.select(honours, { where: 'v.title = ?', params: [title], limit: rowsMax });
    const own = found.filter(({ row }) => isHeldIn(scene, row, scope));
    return known(own, own.filter(({ row }) => row.revoked_on === null).length);
  };
}

function hasOpenPoint(scene: Scene, scope: Division, tier: string): boolean {
  const where = 'v.tier = ? and v.closed_on is null';
  const open = scene.select(servicePoints, { where, params: [tier], limit: rowsMax });
  return open.some(({ row }) => liesIn(divisionById(scene, row.division), scope.id));
}

/** The division's own last report of a kind; null where it made none, or several of that day. */
function latestOf(
  scene: Scene,
  { id }: Division,
  kind: WorkforceReportRow['kind'],
  dayOf: (row: WorkforceReportRow) => string,
): bigint | null {
  const where = 'v.division = ? and v.kind = ?';
  const reports = scene.select(workforceReports, { where, params: [id, kind], limit: rowsMax }).map(({ row }) => row);
  const lastDay = reports.map(dayOf).sort().at(-1);
  const last = reports.filter((row) => dayOf(row) === lastDay);
  return last.length === 1 && last[0] ? BigInt(last[0].value) : null;
}
