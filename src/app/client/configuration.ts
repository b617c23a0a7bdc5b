import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ConfigApplied,
  ConfigPlan,
  type Revision,
  RevisionRestored,
  Revisions,
} from '../../contracts/api/configuration.ts';
import { loadConfigFile } from '../config-file.ts';
import type { DataPaths } from '../paths.ts';
import { changeWords } from './change-words.ts';
import { withInstallation } from './installation.ts';

/** What became of it, in words: the last line says whether it is live. */
export type Outcome = { revision: number; changes: string[]; said: string };

/** The configuration of a data folder as the command line changes it: through its control plane, or the file of a lone gateway. */
export type ConfigurationClient = {
  plan(file: string, days: number): Promise<ConfigPlan>;
  apply(file: string, probe: boolean): Promise<Outcome>;
  history(): Promise<Revision[]>;
  /** Null: the revision before the one in force. */
  planRollback(revision: number | null, days: number): Promise<{ revision: number; plan: ConfigPlan }>;
  rollback(revision: number): Promise<Outcome>;
};

export async function configurationOf(paths: DataPaths): Promise<ConfigurationClient> {
  const lone = !existsSync(paths.database) && existsSync(join(paths.folder, 'gateway.id'));
  return lone ? ofFile(paths.folder) : ofControlPlane(paths);
}

function ofControlPlane(paths: DataPaths): ConfigurationClient {
  const plan = (body: object) => withInstallation(paths, (at) => at.call('POST', '/api/config/plan', ConfigPlan, body));
  const history = async () =>
    (await withInstallation(paths, (at) => at.call('GET', '/api/config/revisions', Revisions))).items;
  const read = (file: string) => {
    // Judged here first, as the faults then name this file.
    loadConfigFile(file);
    return readFileSync(file, 'utf8');
  };
  return {
    history,
    plan: async (file, days) => plan({ yaml: read(file), days }),
    async apply(file, probe) {
      const body = { yaml: read(file), probe };
      const { changes, change } = await withInstallation(paths, (at) =>
        at.call('POST', '/api/config/apply', ConfigApplied, body),
      );
      return { revision: change.revision, changes, said: changeWords(change) };
    },
    async planRollback(wanted, days) {
      const revision = wanted ?? (await history()).find((one) => !one.inForce && one.restorable)?.revision ?? 0;
      return { revision, plan: await plan({ revision, days }) };
    },
    async rollback(revision) {
      const path = `/api/config/revisions/${revision}/restore`;
      const { changes, change } = await withInstallation(paths, (at) => at.call('POST', path, RevisionRestored));
      return { revision: change.revision, changes, said: changeWords(change) };
    },
  };
}

async function ofFile(folder: string): Promise<ConfigurationClient> {
  const lone = await import('../standalone-config/standalone-config.ts');
  const never = new AbortController().signal;
  const outcome = ({ revision, changes, running }: Awaited<ReturnType<typeof lone.applyFile>>): Outcome => ({
    ...{ revision, changes },
    said: running
      ? `In service (revision ${revision} of the file).`
      : 'The file is in its place. No gateway runs on it; it takes effect with the next start.',
  });
  return {
    plan: (file, days) => lone.planFile(folder, readFileSync(file, 'utf8'), file, { days, signal: never }),
    apply: async (file, probe) => outcome(await lone.applyFile(folder, readFileSync(file, 'utf8'), file, probe)),
    history: async () => lone.history(folder),
    async planRollback(wanted, days) {
      const { revision, text } = lone.textToGoBackTo(folder, wanted);
      const plan = await lone.planFile(folder, text, `revision ${revision}`, { days, signal: never });
      return { revision, plan };
    },
    async rollback(wanted) {
      const { revision, text } = lone.textToGoBackTo(folder, wanted);
      return outcome(await lone.applyFile(folder, text, `revision ${revision}`, false));
    },
  };
}
