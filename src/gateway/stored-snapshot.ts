import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import type { Logger } from '../platform/logger.ts';

/** Keeps the snapshot in service on disk, so that a restart does not need the control plane. Replaced as a whole. */
export function storeSnapshot(dataDir: string, snapshot: GatewaySnapshot, logger: Logger): void {
  const file = join(dataDir, 'snapshot.json');
  try {
    writeFileSync(`${file}.new`, JSON.stringify(snapshot), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    // The configuration is live all the same; only a restart without the control plane would miss it.
    logger.error({ error: String(error) }, 'the configuration in service could not be kept on disk');
  }
}

/** The stored snapshot, or null; what is wrong with an unusable one is logged. */
export function loadSnapshot(dataDir: string, logger: Logger): GatewaySnapshot | null {
  let text: string;
  try {
    text = readFileSync(join(dataDir, 'snapshot.json'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      logger.error({ error: String(error) }, 'the stored configuration cannot be read');
    }
    return null;
  }
  try {
    return GatewaySnapshot.parse(JSON.parse(text));
  } catch (error) {
    logger.error({ error: String(error) }, 'the stored configuration does not fit this version and is not used');
    return null;
  }
}
