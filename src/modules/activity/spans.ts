/** The spans that roll-ups are kept for, in milliseconds; `level` in the tables is the position here. */
export const LEVELS_MS = [60_000, 3_600_000, 86_400_000] as const;
const MINUTE_MS = LEVELS_MS[0];

/** Roll-ups of `level` that start at or after `from` and before `to`. */
export type Piece = { level: number; from: number; to: number };

/**
 * The fewest roll-ups that make up [from, to): whole days, hours before and after them, minutes before and after those.
 * `from` and `to` are Unix milliseconds at full minutes.
 */
export function piecesOf(from: number, to: number, level: number = LEVELS_MS.length - 1): Piece[] {
  if (from >= to) return [];
  const span = LEVELS_MS[level];
  if (span === undefined) throw new RangeError('from and to must be full minutes');
  const first = Math.ceil(from / span) * span;
  const last = Math.floor(to / span) * span;
  if (first >= last) return level === 0 ? [] : piecesOf(from, to, level - 1);
  return [...piecesOf(from, first, level - 1), { level, from: first, to: last }, ...piecesOf(last, to, level - 1)];
}

export const minuteFloor = (time: number) => Math.floor(time / MINUTE_MS) * MINUTE_MS;
export const minuteCeil = (time: number) => Math.ceil(time / MINUTE_MS) * MINUTE_MS;
