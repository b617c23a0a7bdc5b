import type { Protection, ProtectionFinding, Protections } from '../../../contracts/api/protections.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../storage/sql/database.ts';
import type { ProvisioningTables } from '../store.ts';
import type { ProtectionPart } from './list-parts.ts';
import { isTold, readModes, readParts } from './note-modes.ts';

/** What a policy decided on one day (days since 1970, UTC) about one caller's calls of a route, as the record tells it. */
export type RecordedDecision = {
  readonly day: number;
  readonly policy: string;
  readonly decision: string;
  readonly service: string | null;
  readonly route: string | null;
  readonly code: string | null;
  readonly consumer: string | null;
  readonly about: string | null;
  readonly calls: number;
  readonly latest: string;
};

export type ProtectionsDeps = {
  database: Database;
  clock: Clock;
  /** Activity's: what was decided since then (Unix milliseconds), allowing aside. */
  decisions(from: number): Promise<RecordedDecision[]>;
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
  const byPart = attribute(parts, decisions);
  const told = parts.filter((part) => isTold(part) || (byPart.get(part)?.length ?? 0) > 0);
  return {
    days,
    enforcing: parts.length - told.length,
    items: told.map((part) => {
      const { policies: _policies, ...shown } = part;
      const since = new Date(modes.get(part.id)?.since ?? now).toISOString();
      return { ...shown, since, ...counted(byPart.get(part) ?? [], today, days) };
    }),
  };
}

/** Each decision belongs to the part that is nearest to its route: the route's own, its service's, the whole's. */
function attribute(
  parts: readonly ProtectionPart[],
  decisions: readonly RecordedDecision[],
): Map<ProtectionPart, RecordedDecision[]> {
  const byPlace = new Map<string, ProtectionPart>();
  for (const part of parts) {
    for (const policy of part.policies) byPlace.set(`${policy}\n${part.service}\n${part.route}`, part);
  }
  const found = new Map<ProtectionPart, RecordedDecision[]>();
  for (const one of decisions) {
    const { policy, service, route } = one;
    // Routes that differ by host name alone have the host names after their id.
    const bare = route?.split(' ', 2).join(' ') ?? null;
    const part =
      byPlace.get(`${policy}\n${service}\n${bare}`) ??
      byPlace.get(`${policy}\n${service}\nnull`) ??
      byPlace.get(`${policy}\nnull\nnull`);
    if (part === undefined) continue;
    const list = found.get(part);
    if (list === undefined) found.set(part, [one]);
    else list.push(one);
  }
  return found;
}

type Counted = Pick<Protection, 'would' | 'honest' | 'stopped' | 'excepted' | 'days' | 'findings'>;

function counted(decisions: readonly RecordedDecision[], today: number, days: number): Counted {
  const pictures = Array.from({ length: days }, (_, index) => {
    const day = new Date((today - days + 1 + index) * DAY_MS).toISOString().slice(0, 10);
    return { day, would: 0, stopped: 0 };
  });
  const sums: Counted = { would: 0, honest: 0, stopped: 0, excepted: 0, days: pictures, findings: [] };
  const findings = new Map<string, ProtectionFinding>();
  for (const { day, decision, calls, ...one } of decisions) {
    const picture = pictures[day - (today - days + 1)];
    if (WOULD.has(decision)) {
      sums.would += calls;
      if (one.consumer !== null) sums.honest += calls;
      if (picture !== undefined) picture.would += calls;
    } else if (STOPPED.has(decision)) {
      sums.stopped += calls;
      if (picture !== undefined) picture.stopped += calls;
    } else if (decision === 'excepted') sums.excepted += calls;
    const { service: _service, ...shown } = one;
    const key = [decision, one.policy, one.route, one.code, one.consumer, one.about].join('\n');
    const before = findings.get(key);
    // References are in the order of time.
    if (before === undefined) {
      findings.set(key, { ...shown, decision: decision as ProtectionFinding['decision'], calls });
    } else {
      before.calls += calls;
      if (one.latest > before.latest) before.latest = one.latest;
    }
  }
  sums.findings = [...findings.values()].sort((a, b) => b.calls - a.calls).slice(0, MOST_FINDINGS);
  return sums;
}

const WOULD: ReadonlySet<string> = new Set(['would-deny', 'would-change']);
const STOPPED: ReadonlySet<string> = new Set(['deny', 'changed']);
const MOST_FINDINGS = 20;
const DAY_MS = 86_400_000;
