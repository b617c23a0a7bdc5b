import type { GatewayEvent, RequestEvent, StreamEndEvent } from '../../contracts/events/gateway-event.ts';
import { type Gap, withDeclared, withHole } from './gaps.ts';
import type { SpoolLine } from './lines.ts';

export type BatchPlan = {
  requests: RequestEvent[];
  ends: StreamEndEvent[];
  /** All gaps known afterwards, the given ones included. */
  gaps: Gap[];
  /** The seq up to which this gateway's events are settled afterwards: stored, or known to be lost. */
  through: number;
  /** How many lines could not be read. */
  damaged: number;
  /** No line had a legible number: how far to go on was only counted, so the same batch must not count again. */
  counted: boolean;
};

/**
 * What to do with a batch when everything up to `through` is settled. Pure. Lines at or below it are skipped; a jump in the
 * numbers becomes a gap; an unreadable line becomes a damaged gap at its own number when that is legible, else among the
 * numbers missing around it. Unreadable lines at the end wait for the line that follows them, unless nothing else is there.
 */
export function planBatch(lines: readonly SpoolLine[], through: number, known: readonly Gap[], now: number): BatchPlan {
  const plan: BatchPlan = { requests: [], ends: [], gaps: [...known], through, damaged: 0, counted: false };
  const numbered = trusted(lines, through);
  let unreadable = 0;
  let before: number | null = null;
  for (const line of numbered) {
    if (line.seq === null) {
      unreadable += 1;
      continue;
    }
    if (line.seq > plan.through) {
      const time = line.event === null ? now : Date.parse(line.event.time);
      // Only where this batch shows the line before them can more unreadable lines than missing numbers be told from a repeat.
      const fresh = before === null || before >= plan.through;
      settleHole(plan, line.seq, unreadable, fresh, time);
      settleLine(plan, line.seq, line.event, time);
    }
    unreadable = 0;
    before = line.seq;
  }
  if (unreadable > 0 && before === null) {
    plan.gaps = withHole(plan.gaps, plan.through + 1, plan.through + unreadable, 'damaged', now);
    plan.through += unreadable;
    plan.damaged += unreadable;
    plan.counted = true;
  }
  return plan;
}

function settleHole(plan: BatchPlan, next: number, unreadable: number, fresh: boolean, time: number): void {
  const first = plan.through + 1;
  const size = next - first;
  const damaged = Math.min(unreadable, size);
  if (damaged > 0) plan.gaps = withHole(plan.gaps, first, first + damaged - 1, 'damaged', time);
  if (size > damaged) plan.gaps = withHole(plan.gaps, first + damaged, next - 1, 'missing', time);
  const surplus = fresh ? unreadable - damaged : 0;
  if (surplus > 0) plan.gaps.push({ first: next, last: next - 1, lost: surplus, reason: 'damaged', time });
  plan.damaged += damaged + surplus;
}

function settleLine(plan: BatchPlan, seq: number, event: GatewayEvent | null, time: number): void {
  if (event === null) {
    plan.gaps = withHole(plan.gaps, seq, seq, 'damaged', time);
    plan.damaged += 1;
  } else if (event.type === 'request') plan.requests.push(event);
  else if (event.type === 'stream-end') plan.ends.push(event);
  else plan.gaps = withDeclared(plan.gaps, event);
  plan.through = seq;
}

/** The lines with the numbers of unreadable ones taken away where they do not fit between their neighbours. */
function trusted(lines: readonly SpoolLine[], through: number): SpoolLine[] {
  const following: number[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    following[index] = next;
    const line = lines[index];
    if (line?.event != null) next = line.seq;
  }
  let last = 0;
  return lines.map((line, index) => {
    if (line.event === null && line.seq !== null) {
      const limit = following[index] ?? Number.POSITIVE_INFINITY;
      const highest = limit === Number.POSITIVE_INFINITY ? Math.max(last, through) + FARTHEST_JUMP : limit - 1;
      if (line.seq <= last || line.seq > highest) return { seq: null, event: null };
    }
    if (line.seq !== null) last = line.seq;
    return line;
  });
}

/** A legible number in an unreadable line with nothing after it is believed when it lies no farther ahead than this. */
const FARTHEST_JUMP = 100_000;
