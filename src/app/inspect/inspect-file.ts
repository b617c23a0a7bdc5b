import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { AttackProfile } from '../../contracts/detection/attack-kinds.ts';
import { createInspector, type Verdict } from '../../detection/index.ts';
import { readRequest } from './read-request.ts';

/**
 * Judges the request in a file; "-" is standard input. Throws `AppError('request-unreadable')`, and the operating system's error
 * when the file cannot be read.
 */
export async function inspectFile(file: string, profile: AttackProfile): Promise<Verdict> {
  const bytes = file === '-' ? await buffer(process.stdin) : readFileSync(file);
  return createInspector({ profile })(readRequest(bytes));
}
