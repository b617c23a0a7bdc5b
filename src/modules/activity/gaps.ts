import type { GapEvent } from '../../contracts/events/gateway-event.ts';

/**
 * Events of one gateway that are not to be had, as ranges of seq. `missing`: a hole that nobody explained; the other reasons
 * are the gateway's own, or `damaged` for lines that arrived unreadable. `lost` is the length of the range, except for
 * unreadable lines that stand where no number is missing (then `last` is `first - 1`).
 */
export type GapReason = GapEvent['reason'] | 'missing';
export type Gap = { first: number; last: number; lost: number; reason: GapReason; time: number };

/** The parts of [first, last] that no gap in `known` covers. */
export function uncovered(first: number, last: number, known: readonly Gap[]): { first: number; last: number }[] {
  const parts: { first: number; last: number }[] = [];
  let from = first;
  for (const gap of known.toSorted((a, b) => a.first - b.first)) {
    if (gap.last < from || gap.first > last) continue;
    if (gap.first > from) parts.push({ first: from, last: gap.first - 1 });
    from = Math.max(from, gap.last + 1);
  }
  if (from <= last) parts.push({ first: from, last });
  return parts;
}

/** `known` with what is new in [first, last] added to it. */
export function withHole(known: readonly Gap[], first: number, last: number, reason: GapReason, time: number): Gap[] {
  const added = uncovered(first, last, known).map((part) => ({ ...part, lost: lengthOf(part), reason, time }));
  return added.length === 0 ? [...known] : [...known, ...added];
}

/**
 * `known` after the gateway's own word about [line.from, line.to]: what was `missing` there gets the gateway's reason, what
 * lies at or after the line itself is added. The rest was stored after all and is not counted.
 */
export function withDeclared(known: readonly Gap[], line: GapEvent): Gap[] {
  const time = Date.parse(line.time);
  const explained = known.flatMap((gap) => {
    if (gap.reason !== 'missing' || gap.last < line.from || gap.first > line.to) return [gap];
    const inside = { first: Math.max(gap.first, line.from), last: Math.min(gap.last, line.to) };
    const outside = [
      { first: gap.first, last: inside.first - 1 },
      { first: inside.last + 1, last: gap.last },
    ].filter((part) => part.first <= part.last);
    return [
      ...outside.map((part) => ({ ...gap, ...part, lost: lengthOf(part) })),
      { ...inside, lost: lengthOf(inside), reason: line.reason, time },
    ];
  });
  const ahead = Math.max(line.from, line.seq);
  return ahead <= line.to ? withHole(explained, ahead, line.to, line.reason, time) : explained;
}

const lengthOf = (range: { first: number; last: number }) => range.last - range.first + 1;
