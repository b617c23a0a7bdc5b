import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { print, printJson } from '../output.ts';

export function keysRevokeCommand(): Command {
  const command = newCommand('revoke', 'Revoke a key: at once, everywhere, for good')
    .argument('<id>', 'id of the key, as "keys list" shows it')
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['keys revoke key_01J9Z3']).action(
    async (id: string, options: { data?: string; json?: true }) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { changeWords } = await import('../../app/client/change-words.ts');
      const { revokeKey } = await import('../../app/client/keys.ts');
      const change = await revokeKey(dataPaths(options.data), id);
      if (options.json) return printJson(change);
      print(`The key ${id} is revoked.`);
      print(changeWords(change));
    },
  );
}
