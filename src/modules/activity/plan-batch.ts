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
  /** How many unreadable lines were found to stand for something lost. */
  damaged: number;
};

/**
 * What to do with a batch when everything up to `through` is settled. Pure. Lines at or below it are skipped; a jump in the
 * numbers becomes a gap; an unreadable line becomes a damaged gap at its own number when that is legible, else among the
 * numbers missing around it. Unreadable lines at the end are noted as lost too, but which numbers they had is settled only by
 * the line that comes after them: nothing that may still be sent is passed over.
 */
export function planBatch(lines: readonly SpoolLine[], through: number, known: readonly Gap[], now: number): BatchPlan {
  const noted = known.find((gap) => isNote(gap, through));
  const plan: BatchPlan = { requests: [], ends: [], gaps: known.filter((gap) => gap !== noted), through, damaged: 0 };
  let carried = noted?.lost ?? 0;
  let unreadable = 0;
  let before: number | null = null;
  for (const line of trusted(lines, through)) {
    if (line.seq === null) {
      unreadable += 1;
      continue;
    }
    if (line.seq > plan.through) {
      const time = line.event === null ? now : Date.parse(line.event.time);
      // A batch that repeats what is stored shows what came after it; what was noted there before is seen anew.
      const found: Found = { unreadable, carried: before === null ? carried : 0 };
      // Between repeated lines more unreadable ones than missing numbers were counted when they came first.
      settleHole(plan, line.seq, found, before === null || before >= plan.through, time);
      settleLine(plan, line.seq, line.event, time);
      carried = 0;
    }
    unreadable = 0;
    before = line.seq;
  }
  const trailing = before === null || before >= plan.through ? unreadable : 0;
  const lost = Math.max(carried, trailing);
  if (noted !== undefined && isNote(noted, plan.through) && noted.lost === lost) plan.gaps.push(noted);
  else if (lost > 0) {
    plan.gaps.push({ first: plan.through + 1, last: plan.through, lost, reason: 'damaged', time: now });
    plan.damaged += lost - carried;
  }
  return plan;
}

/** Unreadable lines after everything settled, without numbers as yet. */
const isNote = (gap: Gap, through: number) => gap.first === through + 1 && gap.last === through;

/** Unreadable lines just before a line: in this batch, and noted at the end of an earlier one. */
type Found = { unreadable: number; carried: number };

function settleHole(plan: BatchPlan, next: number, found: Found, fresh: boolean, time: number): void {
  const first = plan.through + 1;
  const size = next - first;
  const damaged = Math.min(Math.max(found.unreadable, found.carried), size);
  if (damaged > 0) plan.gaps = withHole(plan.gaps, first, first + damaged - 1, 'damaged', time);
  if (size > damaged) plan.gaps = withHole(plan.gaps, first + damaged, next - 1, 'missing', time);
  const surplus = fresh ? Math.max(0, found.unreadable - damaged) : 0;
  if (surplus > 0) plan.gaps.push({ first: next, last: next - 1, lost: surplus, reason: 'damaged', time });
  plan.damaged += Math.max(0, damaged + surplus - found.carried);
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
      if (line.seq <= last || line.seq > highest) return { ...line, seq: null };
    }
    if (line.seq !== null) last = line.seq;
    return line;
  });
}

/** A legible number in an unreadable line with nothing after it is believed when it lies no farther ahead than this. */
const FARTHEST_JUMP = 100_000;
