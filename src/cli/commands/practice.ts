import type { Command } from 'commander';
import { newCommand, withExamples } from '../command.ts';

type Options = { data?: string; console?: string; gateway?: string };

export function practiceCommand(finish: (code: number) => void): Command {
  const command = newCommand(
    'practice',
    'Run everything with the practice shop behind the gateway and a little traffic',
  )
    .option('--data <folder>', 'data folder (default: "practice" within the usual data folder)')
    .option('--console <host:port>', 'address of the console (default: 127.0.0.1:4400)')
    .option('--gateway <host:port>', 'address of the gateway (default: 127.0.0.1:8080)');
  return withExamples(command, ['practice', 'practice --console 127.0.0.1:4500 --gateway 127.0.0.1:8090']).action(
    async (options: Options) => {
      const { runPractice } = await import('../../app/practice/run.ts');
      finish(await runPractice(options));
    },
  );
}
