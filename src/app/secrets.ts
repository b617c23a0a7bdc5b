import { loadTokenFile } from '../platform/crypto/secret-file.ts';
import type { DataPaths } from './paths.ts';

/** The tokens with which gateway and command line of this machine prove themselves; made at the first start. */
export function prepareSecrets(paths: DataPaths): { gatewayToken: string; cliToken: string } {
  return {
    gatewayToken: loadTokenFile(paths.gatewayToken, 'nlg_'),
    cliToken: loadTokenFile(paths.cliToken, 'nlc_'),
  };
}
