import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttackProfile } from '../../contracts/detection/attack-kinds.ts';
import { TestCase } from '../../contracts/detection/test-case.ts';
import { createInspector, type Verdict } from '../../detection/index.ts';
import { AppError } from '../../platform/app-error.ts';

export type JudgedCase = { readonly kept: TestCase; readonly verdict: Verdict };

/** Judges every kept honest call anew. Throws `AppError('case-unreadable')`; no folder means no cases. */
export function judgeCases(folder: string, profile: AttackProfile): JudgedCase[] {
  const inspect = createInspector({ profile });
  return readCases(folder).map((kept) => {
    const { body, ...request } = kept.request;
    return { kept, verdict: inspect({ ...request, body: body === null ? null : Buffer.from(body) }) };
  });
}

export function readCases(folder: string): TestCase[] {
  return names(folder).map((name) => {
    try {
      return TestCase.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    } catch (cause) {
      throw new AppError('case-unreadable', `${join(folder, name)} is no test case that can be read.`, {
        next: 'Repair the file or take it out of the folder.',
        cause,
      });
    }
  });
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
