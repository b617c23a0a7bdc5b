import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { RequestEvent } from '../../contracts/events/gateway-event.ts';
import type { Foresight } from '../../contracts/events/recorded-call.ts';
// Not through its index: nothing is served here.
import { listLanes, listSegments, type Segment } from '../../gateway/spool/segments.ts';

/** The spool itself holds 512 MiB at most; this is for one that was told to hold more. */
const MOST_BYTES = 1024 ** 3;

/**
 * Shows a foresight the calls of the spool in [from, to), Unix milliseconds, in the order in which they were
 * recorded, that of several workers segment by segment. Ends early
 * when `signal` is aborted. Answers false when the oldest were left out because of their size.
 */
export async function replaySpool(
  dataDir: string,
  span: { from: number; to: number },
  foresight: Foresight,
  signal: AbortSignal,
): Promise<boolean> {
  const folder = join(dataDir, 'spool');
  const all = listLanes(folder)
    .flatMap((lane) => listSegments(folder, lane))
    .filter((segment) => segment.modifiedMs >= span.from)
    .sort((a, b) => a.modifiedMs - b.modifiedMs);
  const chosen = newest(all);
  for (const segment of chosen) {
    for await (const line of createInterface({ input: createReadStream(segment.file, { signal }) })) {
      const call = readCall(line);
      if (call === null) continue;
      const time = Date.parse(call.time);
      if (time < span.from || time >= span.to) continue;
      const wouldDeny = call.decisions
        .filter(({ decision }) => decision === 'would-deny')
        .map(({ policy, code }) => ({ policy, code: code ?? '' }));
      foresight.add({ ...call, time, wouldDeny });
    }
  }
  return chosen.length === all.length;
}

/** As many as may be read, in the order in which they were written. */
function newest(segments: readonly Segment[]): Segment[] {
  let from = segments.length;
  for (let left = MOST_BYTES; from > 0; from--) {
    left -= segments[from - 1]?.bytes ?? 0;
    if (left < 0) break;
  }
  return segments.slice(from);
}

/** Other lines than requests, and one that is still being written, are no calls. */
function readCall(line: string): RequestEvent | null {
  if (!line.includes('"type":"request"')) return null;
  try {
    return RequestEvent.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
