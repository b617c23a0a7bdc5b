import type { SnapshotServer } from '../../contracts/snapshot/snapshot-server.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { selfSignedCertificate } from '../tls/self-signed.ts';

const LOOK_EVERY_MS = 3_600_000;
/** The next certificate is made before any worker asks for one, and is good already: it is backdated by a day. */
const AHEAD_MS = 12 * 3_600_000;

/** Makes the self-signed certificate, so that all workers find the same one. */
export function keepSelfSigned(dataDir: string, clock: Clock, logger: Logger) {
  let inService: SnapshotServer | null = null;
  const prepare = async (server: SnapshotServer): Promise<void> => {
    if (server.https === 'self-signed') await selfSignedCertificate(dataDir, server.hostnames, clock.now() + AHEAD_MS);
  };
  const timer = setInterval(() => {
    if (inService === null) return;
    prepare(inService).catch((error: unknown) => {
      logger.error({ error: String(error) }, 'the next self-signed certificate could not be made');
    });
  }, LOOK_EVERY_MS).unref();
  return {
    /** Throws `AppError('certificate-not-kept')`. */
    prepare,
    adopt(server: SnapshotServer): void {
      inService = server;
    },
    close: () => clearInterval(timer),
  };
}
