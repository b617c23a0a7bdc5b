import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCase } from '../../contracts/detection/test-case.ts';
import type { CaseFolder } from '../../modules/provisioning/index.ts';
import { makePrivateFolder } from '../paths.ts';
import { writePrivateFile } from '../private-file.ts';
import { readCases } from './test-cases.ts';

/** The folder in which the control plane keeps honest calls, one file each. */
export function openCaseFolder(folder: string): CaseFolder {
  const fileOf = (reference: string) => join(folder, `${reference}.json`);
  return {
    keep(one: TestCase) {
      makePrivateFolder(folder);
      writePrivateFile(fileOf(one.reference), `${JSON.stringify(one, null, 2)}\n`);
    },
    list: () => readCases(folder),
    remove(reference) {
      // Only what is listed: a reference from outside must not name another file.
      if (!readCases(folder).some((one) => one.reference === reference)) return false;
      rmSync(fileOf(reference), { force: true });
      return true;
    },
  };
}
