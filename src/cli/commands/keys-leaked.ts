import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { note, print, printJson } from '../output.ts';

export function keysLeakedCommand(): Command {
  const command = newCommand('leaked', 'End a key that strangers have seen: at once, everywhere, for good')
    .argument('<id>', 'id of the key, as "keys list" shows it')
    .option('--new', 'make a new key for the same caller in the same step')
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['keys leaked k_7k3mq0zd', 'keys leaked k_7k3mq0zd --new']).action(
    async (id: string, options: { new?: true; data?: string; json?: true }) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { changeWords } = await import('../../app/client/change-words.ts');
      const { endLeakedKey } = await import('../../app/client/keys.ts');
      const ended = await endLeakedKey(dataPaths(options.data), id, options.new === true);
      if (options.json) return printJson(ended);
      if (ended.secret !== null) print(ended.secret);
      note(`The key ${id} is revoked, and what it had open is closed.`);
      if (ended.key !== null) note(`The new key for ${ended.key.consumer} is shown this once (id ${ended.key.id}).`);
      note(changeWords(ended.change));
    },
  );
}
