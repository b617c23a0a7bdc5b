import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { print, printJson } from '../output.ts';

export function doctorCommand(finish: (code: number) => void): Command {
  const command = newCommand(
    'doctor',
    'Say what is running, reachable and misconfigured; exit code 1 when something is wrong',
  )
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['doctor', 'doctor --json']).action(async (options: { data?: string; json?: true }) => {
    const { dataPaths } = await import('../../app/paths.ts');
    const { examine } = await import('../../app/doctor/examine.ts');
    const { healthLines } = await import('../../app/doctor/table.ts');
    const health = await examine(dataPaths(options.data));
    finish(health.healthy ? EXIT.ok : EXIT.failed);
    if (options.json) return printJson(health);
    for (const line of healthLines(health)) print(line);
  });
}
