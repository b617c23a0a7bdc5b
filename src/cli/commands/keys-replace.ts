import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { note, print, printJson } from '../output.ts';

export function keysReplaceCommand(): Command {
  const command = newCommand('replace', 'Make a new key for the same caller; the old one goes on for a while')
    .argument('<id>', 'id of the old key, as "keys list" shows it')
    .option('--overlap <time>', 'for how long the old key goes on, up to 30d; 0h: it ends at once', '72h')
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['keys replace k_7k3mq0zd', 'keys replace k_7k3mq0zd --overlap 7d']).action(
    async (id: string, options: { overlap: string; data?: string; json?: true }) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { changeWords } = await import('../../app/client/change-words.ts');
      const { replaceKey } = await import('../../app/client/keys.ts');
      const replaced = await replaceKey(dataPaths(options.data), id, options.overlap);
      if (options.json) return printJson(replaced);
      print(replaced.secret);
      note(`This key for ${replaced.key.consumer} is shown this once (id ${replaced.key.id}).`);
      note(
        replaced.old.revokedAt === null
          ? `The old key ${id} works until ${replaced.old.expiresAt}. "keys list" shows whether it is still used.`
          : `The old key ${id} is revoked.`,
      );
      note(changeWords(replaced.change));
    },
  );
}
