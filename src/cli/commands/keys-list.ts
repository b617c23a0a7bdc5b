import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { print, printJson } from '../output.ts';

export function keysListCommand(): Command {
  const command = newCommand('list', 'List the keys')
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['keys list', 'keys list --json']).action(
    async (options: { data?: string; json?: true }) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { keyLines, listKeys } = await import('../../app/client/keys.ts');
      const keys = await listKeys(dataPaths(options.data));
      if (options.json) return printJson(keys);
      for (const line of keyLines(keys)) print(line);
    },
  );
}
