import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { print, printJson } from '../output.ts';
import { consentTo } from './config-consent.ts';
import { DAYS_OPTION, readDays } from './config-days.ts';

type Options = { data?: string; json?: true; yes?: true; days: string };

export function configRollbackCommand(finish: (code: number) => void): Command {
  const command = newCommand(
    'rollback',
    'Bring the rules of an earlier revision back; callers and keys stay as they are',
  )
    .argument('[revision]', 'a number of "config history"; left out: the one before')
    .option('--yes', 'also when somebody would have been turned away')
    .option(...DAYS_OPTION)
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['config rollback', 'config rollback 41']).action(
    async (revision: string | undefined, options: Options) => {
      const wanted = revision === undefined ? null : Number(revision);
      if (wanted !== null && !Number.isInteger(wanted))
        command.error('error: a revision is a number of "config history"');
      const days = readDays(command, options.days);
      const { dataPaths } = await import('../../app/paths.ts');
      const { configurationOf } = await import('../../app/client/configuration.ts');
      const { planWords } = await import('../../app/client/plan-words.ts');
      const configuration = await configurationOf(dataPaths(options.data));
      const back = await configuration.planRollback(wanted, days);
      if (!(await consentTo(back.plan, planWords(back.plan), options.yes === true))) return finish(EXIT.failed);
      const outcome = await configuration.rollback(back.revision);
      if (options.json) return printJson(outcome);
      print(`Back to the rules of revision ${back.revision}. ${outcome.said}`);
    },
  );
}
