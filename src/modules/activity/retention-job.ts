import type { Logger } from '../../platform/logger.ts';
import type { Retention } from './retention.ts';
import type { Activity } from './service.ts';

/** Removes what is too old a minute after the start and every six hours from then on. `stop` waits for a step under way. */
export function startRetention(deps: { activity: Activity; logger: Logger; retention?: Retention }): {
  stop(): Promise<void>;
} {
  const ending = new AbortController();
  let running = Promise.resolve();
  const run = () => {
    running = deps.activity.removeOld(ending.signal, deps.retention).then(
      (removed) => {
        if (removed.calls + removed.rollups + removed.words > 0) deps.logger.info(removed, 'old activity was removed');
      },
      (error: unknown) => deps.logger.error({ err: error }, 'old activity could not be removed'),
    );
  };
  const first = setTimeout(run, FIRST_MS).unref();
  const others = setInterval(run, EVERY_MS).unref();
  return {
    async stop() {
      clearTimeout(first);
      clearInterval(others);
      ending.abort();
      await running;
    },
  };
}

const FIRST_MS = 60_000;
const EVERY_MS = 6 * 3_600_000;
