import type { SpoolStatus } from './spool.ts';

/** All lanes as one: `lastSeq` and `shippedSeq` become counts of events, as each lane numbers its own from 1. */
export function sumSpools(lanes: readonly SpoolStatus[]): SpoolStatus {
  const sum: SpoolStatus = { lastSeq: 0, shippedSeq: 0, bytes: 0, droppedEvents: 0 };
  for (const lane of lanes) {
    sum.lastSeq += lane.lastSeq;
    sum.shippedSeq += Math.min(lane.shippedSeq, lane.lastSeq);
    sum.bytes += lane.bytes;
    sum.droppedEvents += lane.droppedEvents;
  }
  return sum;
}
