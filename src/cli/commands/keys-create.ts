import type { Command } from 'commander';
import { collect, DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { note, print, printJson } from '../output.ts';

type Options = { scope?: string[]; expires?: string; offline?: true; id?: string; data?: string; json?: true };

export function keysCreateCommand(): Command {
  const command = newCommand('create', 'Make a key; it is shown once')
    .argument('<consumer>', 'who it is for; made when new')
    .option('--scope <scope>', 'what the key may see; may be given several times', collect)
    .option('--expires <date>', 'last day (2027-01-31), UTC')
    .option('--offline', 'touch nothing: print a new key and the lines for nightlatch.yaml with its hash')
    .option('--id <id>', 'with --offline: the id of the key in the file', 'k1')
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, [
    'keys create web-shop --scope customers:read --expires 2027-12-31',
    'keys create web-shop --offline >> nightlatch.yaml',
  ]).action(async (consumer: string, options: Options) => {
    const keys = await import('../../app/client/keys.ts');
    const wish = { consumer, scopes: options.scope ?? [], expires: options.expires };
    if (options.offline) {
      const offline = keys.createOfflineKey({ ...wish, id: options.id ?? 'k1' });
      if (options.json) return printJson(offline);
      // The lines go to a file, the key to whoever needs it.
      note(`The key, shown this once: ${offline.secret}`);
      return print(offline.yaml);
    }
    const { dataPaths } = await import('../../app/paths.ts');
    const { changeWords } = await import('../../app/client/change-words.ts');
    const created = await keys.createKey(dataPaths(options.data), wish);
    if (options.json) return printJson(created);
    print(created.secret);
    note(`This key for ${consumer} is shown this once (id ${created.key.id}).`);
    note(changeWords(created.change));
  });
}
