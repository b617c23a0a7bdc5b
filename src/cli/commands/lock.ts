import type { Command } from 'commander';
import { collect, newCommand, withExamples } from '../command.ts';
import { print, printJson } from '../output.ts';

type Options = { message?: string; route?: string[]; allowConsumer?: string[]; data?: string; json?: true };

export function lockCommand(): Command {
  const command = newCommand('lock', 'Emergency: close all routes, or named ones, with a plain maintenance answer')
    .option('--message <text>', 'what callers read')
    .option('--route <id>', 'close only this route ("GET /orders"); may be given several times', collect)
    .option('--allow-consumer <name>', 'who may stay; may be given several times', collect)
    .option('--data <folder>', 'data folder of the control plane, or of a gateway that runs alone')
    .option('--json', 'as JSON');
  return withExamples(command, [
    'lock',
    'lock --message "Back at 14:00" --allow-consumer warehouse',
    'lock --route "POST /orders" --data /var/lib/nightlatch',
  ]).action(async (options: Options) => {
    const { dataPaths } = await import('../../app/paths.ts');
    const { lock, lockWords } = await import('../../app/client/lock.ts');
    const state = await lock(dataPaths(options.data), {
      message: options.message,
      routes: options.route ?? 'all',
      allowConsumers: options.allowConsumer ?? [],
    });
    if (options.json) printJson(state);
    else print(lockWords(state));
  });
}
