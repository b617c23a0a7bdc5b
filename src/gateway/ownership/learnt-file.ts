import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../platform/logger.ts';
import { LearntOwnership } from './learnt-ownership.ts';

/** `learnt-ownership.json` in the gateway's folder: numbers alone, no ids and no names of callers. */
const Stored = z.strictObject({
  format: z.literal(1),
  objects: z.base64(),
  resources: z.array(
    z.strictObject({
      name: z.string(),
      since: z.number(),
      asks: z.number(),
      objects: z.number(),
      known: z.number(),
      unknown: z.number(),
      readersOfAll: z.array(z.int()),
    }),
  ),
  scores: z.array(
    z.strictObject({
      resource: z.string(),
      caller: z.int(),
      score: z.number(),
      at: z.number(),
      foreign: z.int(),
      isMixer: z.boolean(),
      steps: z.int(),
      given: z.int(),
      recent: z.array(z.int()),
    }),
  ),
});

const FILE = 'learnt-ownership.json';

/** What was learnt before, or nothing yet; what is wrong with a file that cannot be used is logged. */
export function loadLearnt(dataDir: string, key: Buffer, logger: Logger): LearntOwnership {
  const learnt = new LearntOwnership(key);
  let text: string;
  try {
    text = readFileSync(join(dataDir, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      logger.error({ error: String(error) }, 'what was learnt about owners cannot be read; it is learnt anew');
    }
    return learnt;
  }
  try {
    const stored = Stored.parse(JSON.parse(text));
    learnt.objects.unpack(Buffer.from(stored.objects, 'base64'));
    for (const { name, readersOfAll, ...rest } of stored.resources) {
      const resource = Object.assign(learnt.resource(name), rest);
      for (const caller of readersOfAll) resource.readersOfAll.add(caller);
    }
    for (const { resource, caller, recent, ...rest } of stored.scores) {
      const score = Object.assign(learnt.scores.of(learnt.resource(resource), caller), rest);
      if (rest.isMixer) score.resource.mixers++;
      for (const tag of recent) score.remember(tag);
    }
    return learnt;
  } catch (error) {
    logger.error({ error: String(error) }, 'what was learnt about owners does not fit this version; it is learnt anew');
    return new LearntOwnership(key);
  }
}

/** Replaces the file as a whole. A disk that is full costs what was learnt since the last time, and is logged. */
export function storeLearnt(dataDir: string, learnt: LearntOwnership, logger: Logger): void {
  const stored: z.infer<typeof Stored> = {
    format: 1,
    objects: learnt.objects.pack().toString('base64'),
    resources: [...learnt.resources()].map(({ name, since, asks, objects, known, unknown, readersOfAll }) => ({
      ...{ name, since, asks, objects, known, unknown },
      readersOfAll: [...readersOfAll],
    })),
    scores: [...learnt.scores.values()].map(
      ({ resource, caller, score, at, foreign, isMixer, steps, given, recent }) => ({
        ...{ resource: resource.name, caller, score, at, foreign, isMixer, steps, given, recent },
      }),
    ),
  };
  const file = join(dataDir, FILE);
  try {
    writeFileSync(`${file}.new`, JSON.stringify(stored), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    learnt.isChanged = false;
  } catch (error) {
    logger.error({ error: String(error) }, 'what was learnt about owners could not be kept on disk');
  }
}
