import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { loadMasterKey } from '../../platform/crypto/secret-file.ts';
import type { Logger } from '../../platform/logger.ts';
import { loadLearnt, storeLearnt } from './learnt-file.ts';
import { LearntOwnership } from './learnt-ownership.ts';

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

  open(): LearntOwnership {
    this.#learnt ??= this.#load();
    return this.#learnt;
  }

  close(): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.#store();
  }

  /** A disk that is full, or a key file that others can read, keeps nobody out: then nothing is kept beyond this process. */
  #load(): LearntOwnership {
    let key: Buffer;
    try {
      key = loadMasterKey(join(this.#dataDir, 'learnt.key'));
    } catch (error) {
      this.#logger.error({ error: String(error) }, 'what is learnt about owners is forgotten when the gateway ends');
      return new LearntOwnership(randomBytes(32));
    }
    this.#timer = setInterval(() => this.#store(), STORE_EVERY_MS).unref();
    return loadLearnt(this.#dataDir, key, this.#logger);
  }

  #store(): void {
    if (this.#learnt?.isChanged === true) storeLearnt(this.#dataDir, this.#learnt, this.#logger);
  }
}

const STORE_EVERY_MS = 120_000;
