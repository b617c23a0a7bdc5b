import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OperationShape } from '../../contracts/drafts/shape.ts';
import type { Logger } from '../../platform/logger.ts';
import { mergeLists } from '../../shapes/operation.ts';

/** What was learnt of an operation in this month and in the one before, so that what is no longer seen fades. */
const Generations = z.strictObject({ current: OperationShape, previous: OperationShape.nullable() });
export type Generations = z.infer<typeof Generations>;
const OnDisk = z.strictObject({ format: z.literal(1), operations: z.array(Generations) });

const draftFile = (dataDir: string): string => join(dataDir, 'learnt-shapes.json');

/** Empty when there is none, or when it is of another version: it is learnt anew. */
export function readDraftFile(dataDir: string, logger: Pick<Logger, 'warn'>): Generations[] {
  let text: string;
  try {
    text = readFileSync(draftFile(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      logger.warn({ error: String(error) }, 'what was learnt about calls cannot be read');
    }
    return [];
  }
  try {
    return OnDisk.parse(JSON.parse(text)).operations;
  } catch {
    logger.warn({}, 'what was learnt about calls is in no form that this version knows; it is learnt anew');
    return [];
  }
}

export function writeDraftFile(dataDir: string, operations: readonly Generations[], logger: Logger): void {
  const file = draftFile(dataDir);
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify({ format: 1, operations })}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    logger.warn({ error: String(error) }, 'what was learnt about calls could not be written; it is kept in memory');
  }
}

/** What a gateway has written down, all its threads together, whether it runs or not. */
export function readStoredDrafts(dataDir: string, logger: Pick<Logger, 'warn'>): OperationShape[] {
  const workers = join(dataDir, 'workers');
  const folders = existsSync(workers) ? readdirSync(workers).map((name) => join(workers, name)) : [];
  return mergeLists(
    [dataDir, ...folders]
      .flatMap((folder) => readDraftFile(folder, logger))
      .map(({ current, previous }) => (previous === null ? [current] : [previous, current])),
  );
}
