import { Command } from 'commander';
import { EXIT_CODES_HELP } from './exit-codes.ts';

/** The examples and exit codes that stand below a command's options in `--help`. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  $ nightlatch ${example}`).join('\n');
  return command.addHelpText('after', `\nExamples:\n${lines}\n${EXIT_CODES_HELP}`);
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

export const DATA_OPTION = ['--data <folder>', 'data folder (default: NIGHTLATCH_HOME, else ./data)'] as const;

export function newCommand(name: string, description: string): Command {
  return new Command(name).description(description);
}
