import type { Logger } from '../../platform/logger.ts';
import { loadLearnt, storeLearnt } from './learnt-file.ts';
import type { LearntOwnership } from './learnt-ownership.ts';

/** What a gateway has learnt about owners: read when the first route needs it, kept on disk from time to time. */
export class OwnerMemory {
  readonly #dataDir: string;
  readonly #logger: Logger;
  #learnt: LearntOwnership | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(dataDir: string, logger: Logger) {
    this.#dataDir = dataDir;
    this.#logger = logger;
  }

  /** Throws what `loadMasterKey` throws for a key file that cannot be used. */
  open(): LearntOwnership {
    this.#learnt ??= loadLearnt(this.#dataDir, this.#logger);
    this.#timer ??= setInterval(() => this.#store(), STORE_EVERY_MS).unref();
    return this.#learnt;
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#store();
  }

  #store(): void {
    if (this.#learnt?.isChanged === true) storeLearnt(this.#dataDir, this.#learnt, this.#logger);
  }
}

const STORE_EVERY_MS = 120_000;
