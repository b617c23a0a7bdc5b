import { setImmediate as nextTurn } from 'node:timers/promises';
import { GatewayEvent } from '../../contracts/events/gateway-event.ts';

/** A line of a spool as it arrived: an event, or something unreadable, whose number may still be legible. */
export type SpoolLine = { seq: number; event: GatewayEvent } | { seq: number | null; event: null };

/**
 * Reads a batch of newline-delimited JSON, giving way to others between pieces. Blank lines mean nothing. A last line without a
 * line end that cannot be read may still be on its way and is left out. Never throws.
 */
export async function readLines(body: Buffer): Promise<SpoolLine[]> {
  const lines: SpoolLine[] = [];
  let start = 0;
  while (start < body.length) {
    const found = body.indexOf(NEWLINE, start);
    const end = found === -1 ? body.length : found;
    const text = body.toString('utf8', start, end).trim();
    start = end + 1;
    if (text === '') continue;
    const line = readLine(text);
    if (line.event === null && found === -1) break;
    lines.push(line);
    if (lines.length % LINES_AT_ONCE === 0) await nextTurn();
  }
  return lines;
}

function readLine(text: string): SpoolLine {
  const parsed = GatewayEvent.safeParse(parseJson(text));
  if (parsed.success) return { seq: parsed.data.seq, event: parsed.data };
  const legible = Number(/^\s*\{\s*"seq"\s*:\s*(\d{1,15})\s*[,}]/.exec(text)?.[1] ?? Number.NaN);
  return { seq: legible >= 1 ? legible : null, event: null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not swallowed: what is no event is stored as a damaged gap by the caller.
    return undefined;
  }
}

const NEWLINE = 0x0a;
const LINES_AT_ONCE = 400;
