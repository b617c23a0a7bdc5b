import { Cron } from 'croner';
import type { Logger } from '../../platform/logger.ts';

export type Job = {
  readonly id: string;
  /** Cron pattern, local time: minute, hour, day, month, weekday. */
  readonly when: string;
  run(signal: AbortSignal): Promise<void> | void;
};

/**
 * Runs jobs at their times, each at most once at a time. A failure is logged and the job runs again at its next time.
 * `stop` tells running ones to end and waits for them.
 */
export function startJobs(jobs: readonly Job[], logger: Logger): { stop(): Promise<void> } {
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  const crons = jobs.map(
    (job) =>
      new Cron(job.when, { name: job.id, protect: true, unref: true }, async () => {
        const run = (async () => job.run(ending.signal))().catch((error: unknown) => {
          logger.error({ err: error, job: job.id }, 'a job failed');
        });
        running.add(run);
        await run;
        running.delete(run);
      }),
  );
  return {
    async stop() {
      for (const cron of crons) cron.stop();
      ending.abort();
      await Promise.all(running);
    },
  };
}
