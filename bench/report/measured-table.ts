import type { Measured } from '../measure/rounds.ts';
import type { Spread } from '../measure/statistics.ts';
import type { Table } from './table.ts';

/** The table of targets that were measured in rounds. `yardstick` names what the ratio relates to; `missing` the absent. */
export function measuredTable(
  yardstick: string,
  measured: readonly Measured[],
  missing: readonly { label: string; reason: string }[] = [],
): Table {
  return {
    columns: ['', 'CPU µs/request', 'middle half', `× ${yardstick}`, 'middle half', 'p50 ms', 'p99 ms', 'requests/s'],
    rows: [
      ...measured.map((one) => [
        one.label,
        one.cpuMicros.median.toFixed(1),
        middleHalf(one.cpuMicros, 1),
        one.ratio.median.toFixed(2),
        middleHalf(one.ratio, 2),
        one.p50Ms.toFixed(2),
        one.p99Ms.toFixed(2),
        String(Math.round(one.perSecond)),
      ]),
      ...missing.map(({ label, reason }) => [`${label}: ${reason}`]),
    ],
  };
}

export function middleHalf(spread: Spread, decimals: number): string {
  return `${spread.q1.toFixed(decimals)}–${spread.q3.toFixed(decimals)}`;
}
