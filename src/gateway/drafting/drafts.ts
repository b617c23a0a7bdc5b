import type { OperationShape } from '../../contracts/drafts/shape.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { mergeOperations, operationKey } from '../../shapes/operation.ts';
import { published } from '../../shapes/published.ts';
import { type Generations, readDraftFile, writeDraftFile } from './draft-file.ts';

/** More operations than an API of a small business has; further ones are not learnt. */
const MOST_OPERATIONS = 1_000;
/** What was not seen for one to two generations is forgotten. */
const GENERATION_MS = 30 * 86_400_000;
const KEEP_EVERY_MS = 10_000;

/** What was learnt about the calls of all routes. Kept in the gateway's folder, without words that are not beyond doubt. */
export class Drafts {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #operations: Map<string, Generations>;
  readonly #timer: NodeJS.Timeout;
  #changed = false;

  /** `folder`: of this thread, where several serve; callers stay on their connections, so that each sees others. */
  constructor(folder: string, clock: Clock, logger: Logger) {
    this.#folder = folder;
    this.#clock = clock;
    this.#logger = logger;
    this.#operations = new Map(readDraftFile(folder, logger).map((one) => [operationKey(one.current), one]));
    this.#timer = setInterval(() => this.#keep(), KEEP_EVERY_MS).unref();
  }

  add(seen: OperationShape): void {
    const key = operationKey(seen);
    const before = this.#operations.get(key);
    if (before === undefined && this.#operations.size >= MOST_OPERATIONS) return;
    this.#operations.set(key, before === undefined ? { current: seen, previous: null } : added(before, seen));
    this.#changed = true;
  }

  published(): OperationShape[] {
    const oldest = this.#clock.now() - 2 * GENERATION_MS;
    for (const [key, { current }] of this.#operations) if (current.until < oldest) this.#operations.delete(key);
    return [...this.#operations.values()].map(({ current, previous }) =>
      published(previous === null ? current : mergeOperations(previous, current)),
    );
  }

  close(): void {
    clearInterval(this.#timer);
    this.#keep();
  }

  #keep(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const all = [...this.#operations.values()].map(({ current, previous }) => ({
      current: published(current),
      previous: previous === null ? null : published(previous),
    }));
    writeDraftFile(this.#folder, all, this.#logger);
  }
}

function added({ current, previous }: Generations, seen: OperationShape): Generations {
  const age = seen.until - current.from;
  if (age < GENERATION_MS) return { current: mergeOperations(current, seen), previous };
  return { current: seen, previous: age < 2 * GENERATION_MS ? current : null };
}
