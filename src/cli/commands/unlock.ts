import type { Command } from 'commander';
import { newCommand, withExamples } from '../command.ts';
import { print, printJson } from '../output.ts';

export function unlockCommand(): Command {
  const command = newCommand('unlock', 'Open again what "lock" closed')
    .option('--data <folder>', 'data folder of the control plane, or of a gateway that runs alone')
    .option('--json', 'as JSON');
  return withExamples(command, ['unlock', 'unlock --data /var/lib/nightlatch']).action(
    async (options: { data?: string; json?: true }) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { lockWords, unlock } = await import('../../app/client/lock.ts');
      const state = await unlock(dataPaths(options.data));
      if (options.json) printJson(state);
      else print(lockWords(state));
    },
  );
}
