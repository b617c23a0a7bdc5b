import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../../platform/app-error.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 120_000;
const LONGEST_OUTPUT = 300;

/**
 * The owner's program that sets and removes a TXT record: `hooks/NAME add|remove RECORD VALUE`, without a shell. It ends with 0
 * once the record can be seen. It lies in the gateway's own folder and a configuration names it only, so that nobody who can
 * change a configuration can choose what runs on the gateway's machine.
 */
export async function runDnsHook(
  dataDir: string,
  name: string,
  action: 'add' | 'remove',
  record: string,
  value: string,
): Promise<void> {
  const folder = join(dataDir, 'hooks');
  const file = join(folder, name);
  try {
    await run(file, [action, record, value], {
      cwd: folder,
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
      maxBuffer: 1024 * 1024,
      // No secrets of the gateway's own environment.
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
    });
  } catch (cause) {
    throw new AppError('dns-hook-failed', `The program ${file} ${reasonOf(cause)}.`, {
      next: `Try it by hand: ${file} ${action} ${record} ${value}`,
      cause,
    });
  }
}

function reasonOf(error: unknown): string {
  const { code, killed, stderr } = error as { code?: string | number; killed?: boolean; stderr?: string };
  if (killed === true) return `was stopped after ${TIMEOUT_MS / 1000} seconds`;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES') return 'may not be run by this user';
  const said = (stderr ?? '')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, LONGEST_OUTPUT);
  return `failed (${code ?? 'unknown reason'})${said === '' ? '' : `: ${said}`}`;
}
