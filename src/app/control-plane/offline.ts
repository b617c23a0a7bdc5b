import { createLogger } from '../../platform/logger.ts';
import type { DataPaths } from '../paths.ts';
import { openParts } from './parts.ts';

type Answer = { status: number; text: string };

/**
 * The control plane's API within this process and without a port, for the command line when nothing runs: the same rules and
 * the same audit log hold. Gateways take over what was changed once they are connected again.
 */
export async function openOffline(paths: DataPaths): Promise<{
  send(method: string, path: string, body: unknown): Promise<Answer>;
  close(): Promise<void>;
}> {
  const logger = createLogger('command-line');
  logger.level = 'error';
  const parts = await openParts({ paths, logger, practice: false, gatewayListen: null, origins: [] });
  return {
    async send(method, path, body) {
      const answer = await parts.server.app.inject({
        method: method as 'GET',
        url: path,
        headers: { authorization: `Bearer ${parts.cliToken}` },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      return { status: answer.statusCode, text: answer.body };
    },
    close: () => parts.close(),
  };
}
