import type { ActivitySummary } from '../../../src/contracts/api/activity.ts';
import type { Outcome } from '../../words/denial.ts';

export const WIDTH = 960;
export const HEIGHT = 160;
const GAP = 3;
/** What happened at all is seen: never thinner than this. */
const THINNEST = 2.5;

export type Bar = { outcome: Outcome; x: number; y: number; width: number; height: number };

/** The rectangles of the day's picture, bottom up in each half hour, and the calls of the busiest one. */
export function barsOf(buckets: ActivitySummary['buckets']): { bars: Bar[]; most: number } {
  const most = Math.max(0, ...buckets.map((one) => one.letIn + one.turnedAway + one.failed));
  if (most === 0) return { bars: [], most };
  const step = WIDTH / buckets.length;
  const room = HEIGHT - 2 * THINNEST;
  const bars = buckets.flatMap((bucket, place) => {
    let floor = HEIGHT;
    const parts: [Outcome, number][] = [
      ['let-in', bucket.letIn],
      ['turned-away', bucket.turnedAway],
      ['failed', bucket.failed],
    ];
    return parts
      .filter(([, count]) => count > 0)
      .map(([outcome, count]) => {
        const height = Math.max(THINNEST, (count / most) * room);
        floor -= height;
        return { outcome, x: place * step + GAP / 2, y: floor, width: step - GAP, height };
      });
  });
  return { bars, most };
}
