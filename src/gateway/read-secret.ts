import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SecretSource } from '../contracts/config/secret-source.ts';
import { AppError } from '../platform/app-error.ts';

/**
 * The secret from where the configuration says it lies; relative files are seen from `folder`, and a line break at the end is no
 * part of it. `what` names it in a complaint. Throws `AppError('secret-missing')`: a configuration without it is refused.
 */
export function readSecret(source: SecretSource, folder: string, what: string): string {
  const secret = 'env' in source ? (process.env[source.env] ?? '') : readText(resolve(folder, source.file));
  if (secret !== '') return secret;
  const place = 'env' in source ? `the environment variable ${source.env}` : `the file ${source.file}`;
  throw new AppError('secret-missing', `There is no secret in ${place}, where ${what} should be.`, {
    status: 422,
    next: 'Put it there, where the gateway can read it, and apply the configuration again.',
  });
}

/** Empty for a file that cannot be read: whatever the reason, the next step is the same. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return '';
  }
}
