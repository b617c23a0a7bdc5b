import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { print, printJson } from '../output.ts';

export function configHistoryCommand(): Command {
  const command = newCommand('history', 'The last 20 revisions: who changed what, and when')
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['config history', 'config history --json']).action(
    async (options: { data?: string; json?: true }) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { configurationOf } = await import('../../app/client/configuration.ts');
      const { historyWords } = await import('../../app/client/plan-words.ts');
      const revisions = await (await configurationOf(dataPaths(options.data))).history();
      if (options.json) return printJson(revisions);
      if (revisions.length === 0) return print('No revision is kept yet.');
      for (const line of historyWords(revisions)) print(line);
    },
  );
}
