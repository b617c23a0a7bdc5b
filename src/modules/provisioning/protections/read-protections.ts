import type { AttackGroup, Protection, ProtectionFinding, Protections } from '../../../contracts/api/protections.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../storage/sql/database.ts';
import type { ProvisioningTables } from '../store.ts';
import type { ProtectionPart } from './list-parts.ts';
import { isTold, readModes, readParts } from './note-modes.ts';

type Said = {
  readonly policy: string;
  readonly decision: string;
  readonly service: string | null;
  readonly route: string | null;
  readonly calls: number;
};
/** Days since 1970, UTC; `known`: of callers whom the gateway knows. */
type Count = Said & { readonly day: number; readonly known: boolean };
type Finding = Said & Pick<ProtectionFinding, 'code' | 'consumer' | 'about' | 'latest'>;
/** What policies decided, as the record tells it: complete counts by days, and the biggest findings over all of them. */
export type RecordedDecisions = { readonly counts: readonly Count[]; readonly findings: readonly Finding[] };

export type ProtectionsDeps = {
  database: Database;
  clock: Clock;
  /** Activity's: what was decided since then (Unix milliseconds), allowing aside. */
  decisions(from: number): Promise<RecordedDecisions>;
};

/** Every protection with its mode, and what it stopped or would have stopped in the last `days` days, today among them. */
export async function readProtections(deps: ProtectionsDeps, days: number): Promise<Protections> {
  const db = deps.database.tables<ProvisioningTables>();
  const now = deps.clock.now();
  const today = Math.floor(now / DAY_MS);
  const [parts, modes, decisions] = [
    await readParts(db),
    await readModes(db),
    await deps.decisions((today - days + 1) * DAY_MS),
  ];
  const placeOf = finder(parts);
  const counts = Map.groupBy(decisions.counts, placeOf);
  const findings = Map.groupBy(decisions.findings, placeOf);
  const told = parts.filter((part) => isTold(part) || counts.has(part));
  return {
    days,
    enforcing: parts.length - told.length,
    items: told.map((part) => {
      const { policies: _policies, ...shown } = part;
      const since = new Date(modes.get(part.id)?.since ?? now).toISOString();
      const biggest = (findings.get(part) ?? []).slice(0, MOST_FINDINGS).map(showFinding);
      const attacks = part.kind === 'attacks' ? groupAttacks(findings.get(part) ?? []) : [];
      const sums = counted(counts.get(part) ?? [], today - days + 1, days);
      return { ...shown, since, ...sums, attacks, findings: biggest };
    }),
  };
}

/** Each decision belongs to the part that is nearest to its route: the route's own, its service's, the whole's. */
function finder(parts: readonly ProtectionPart[]): (one: Said) => ProtectionPart | undefined {
  const byPlace = new Map<string, ProtectionPart>();
  for (const part of parts) {
    for (const policy of part.policies) byPlace.set(`${policy}\n${part.service}\n${part.route}`, part);
  }
  return ({ policy, service, route }) => {
    // Routes that differ by host name alone have the host names after their id.
    const bare = route?.split(' ', 2).join(' ') ?? null;
    return (
      byPlace.get(`${policy}\n${service}\n${bare}`) ??
      byPlace.get(`${policy}\n${service}\nnull`) ??
      byPlace.get(`${policy}\nnull\nnull`)
    );
  };
}

const showFinding = ({ service: _service, decision, ...shown }: Finding): ProtectionFinding => ({
  ...shown,
  decision: decision as ProtectionFinding['decision'],
});

type Counted = Pick<Protection, 'would' | 'honest' | 'stopped' | 'excepted' | 'days'>;

function counted(counts: readonly Count[], first: number, days: number): Counted {
  const pictures = Array.from({ length: days }, (_, index) => {
    const day = new Date((first + index) * DAY_MS).toISOString().slice(0, 10);
    return { day, would: 0, stopped: 0 };
  });
  const sums: Counted = { would: 0, honest: 0, stopped: 0, excepted: 0, days: pictures };
  for (const { day, decision, calls, known } of counts) {
    const picture = pictures[day - first];
    if (WOULD.has(decision)) {
      sums.would += calls;
      if (known) sums.honest += calls;
      if (picture !== undefined) picture.would += calls;
    } else if (STOPPED.has(decision)) {
      sums.stopped += calls;
      if (picture !== undefined) picture.stopped += calls;
    } else if (decision === 'excepted') sums.excepted += calls;
  }
  return sums;
}

/** The same in the same field, over all callers: what is seldom an attack shows by the honest ones among them. */
function groupAttacks(findings: readonly Finding[]): AttackGroup[] {
  const groups = new Map<string, AttackGroup>();
  for (const { about, service, route, decision, consumer, calls, latest } of findings) {
    if (about === null || service === null || route === null) continue;
    if (!WOULD.has(decision) && !STOPPED.has(decision)) continue;
    const [field = '', kind = ''] = about.split(': ');
    const key = `${about}\n${service}\n${route}`;
    const group = groups.get(key) ?? { kind, field, service, route, calls: 0, honest: 0, latest };
    groups.set(key, {
      ...group,
      calls: group.calls + calls,
      honest: group.honest + (consumer === null ? 0 : calls),
      latest: latest > group.latest ? latest : group.latest,
    });
  }
  return [...groups.values()].sort((a, b) => b.calls - a.calls).slice(0, MOST_GROUPS);
}

const WOULD: ReadonlySet<string> = new Set(['would-deny', 'would-change']);
const STOPPED: ReadonlySet<string> = new Set(['deny', 'changed']);
const MOST_FINDINGS = 20;
const MOST_GROUPS = 30;
const DAY_MS = 86_400_000;
