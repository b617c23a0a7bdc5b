import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { print, printJson } from '../output.ts';
import { consentTo } from './config-consent.ts';
import { DAYS_OPTION, readDays } from './config-days.ts';

type Options = { data?: string; json?: true; yes?: true; days: string; probe: boolean };

export function configApplyCommand(finish: (code: number) => void): Command {
  const command = newCommand('apply', 'Put a configuration in force, see that it works, and go back when it does not')
    .argument('<file>', 'the configuration')
    .option('--yes', 'also when somebody would have been turned away')
    .option('--no-probe', 'do not look whether services that are new or have moved answer')
    .option(...DAYS_OPTION)
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['config apply nightlatch.yaml', 'config apply nightlatch.yaml --yes --json']).action(
    async (file: string, options: Options) => {
      const days = readDays(command, options.days);
      const { dataPaths } = await import('../../app/paths.ts');
      const { configurationOf } = await import('../../app/client/configuration.ts');
      const { planWords } = await import('../../app/client/plan-words.ts');
      const configuration = await configurationOf(dataPaths(options.data));
      const plan = await configuration.plan(file, days);
      if (!(await consentTo(plan, planWords(plan), options.yes === true))) return finish(EXIT.failed);
      const outcome = await configuration.apply(file, options.probe);
      if (options.json) return printJson(outcome);
      print(outcome.said);
    },
  );
}
