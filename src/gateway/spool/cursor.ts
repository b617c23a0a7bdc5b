import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { laneSuffix } from './segments.ts';

/** How far the control plane has the events: through `seq`. Losing it only means that some are offered again. */
export class ShippingCursor {
  readonly #file: string;
  #seq: number;

  constructor(dataDir: string, spoolIsNew: boolean, lane: number) {
    this.#file = join(dataDir, `cursor${laneSuffix(lane)}.json`);
    this.#seq = spoolIsNew ? 0 : readSeq(this.#file);
  }

  get seq(): number {
    return this.#seq;
  }

  moveTo(seq: number): void {
    this.#seq = seq;
    writeFileSync(`${this.#file}.new`, JSON.stringify({ seq }), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function readSeq(file: string): number {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const seq = typeof parsed === 'object' && parsed !== null && 'seq' in parsed ? parsed.seq : 0;
    return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0 ? seq : 0;
  } catch {
    // Missing or damaged: begin with the oldest event there is; the control plane skips what it has.
    return 0;
  }
}
