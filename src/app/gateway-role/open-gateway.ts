import { createGateway, createWorkersGateway, type ServedGateway } from '../../gateway/index.ts';
import type { Logger } from '../../platform/logger.ts';
import { productVersion } from '../paths.ts';

/** A gateway in this thread, or in `workers` threads when that is more than one. */
export function openGateway(dataDir: string, workers: number, logger: Logger): Promise<ServedGateway> {
  const options = { dataDir, version: productVersion(), logger };
  return workers === 1 ? createGateway(options) : createWorkersGateway({ ...options, workers });
}
