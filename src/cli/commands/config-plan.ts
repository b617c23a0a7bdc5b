import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { note, print, printJson } from '../output.ts';
import { DAYS_OPTION, readDays } from './config-days.ts';

export function configPlanCommand(): Command {
  const command = newCommand('plan', 'Say what a configuration would change, and whom it would have turned away')
    .argument('<file>', 'the configuration')
    .option(...DAYS_OPTION)
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['config plan nightlatch.yaml', 'config plan nightlatch.yaml --days 30 --json']).action(
    async (file: string, options: { data?: string; json?: true; days: string }) => {
      const days = readDays(command, options.days);
      const { dataPaths } = await import('../../app/paths.ts');
      const { configurationOf } = await import('../../app/client/configuration.ts');
      const { planWords } = await import('../../app/client/plan-words.ts');
      const configuration = await configurationOf(dataPaths(options.data));
      const slow = setTimeout(() => note('Looking at the recorded calls; Ctrl-C stops it, nothing is changed.'), 1_000);
      const plan = await configuration.plan(file, days).finally(() => clearTimeout(slow));
      if (options.json) return printJson(plan);
      for (const line of planWords(plan)) print(line);
    },
  );
}
