import { readFileSync } from 'node:fs';
import { AppError } from '../../platform/app-error.ts';

/** The token of a connected gateway; never taken from the command line, where every user of the machine could read it. */
export function readGatewayToken(file: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const token = file === undefined ? (env.NIGHTLATCH_GATEWAY_TOKEN ?? '') : readFileSync(file, 'utf8');
  if (token.trim() !== '') return token.trim();
  throw new AppError('token-missing', 'A gateway under a control plane needs its token, and there is none.', {
    next: 'Copy gateway.token from the data folder of the control plane and name it with --token-file.',
  });
}
