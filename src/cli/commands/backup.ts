import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { note, print, printJson } from '../output.ts';

type Options = { withKey?: true; data?: string; json?: true };

export function backupCommand(): Command {
  const command = newCommand('backup', 'Copy everything into one file, also while it runs')
    .argument('<file>', 'a new file, such as nightlatch-2027-01-31.tar.gz')
    .option('--with-key', 'include master.key, so that the copy works on another machine; keep such a file locked away')
    .option('--json', 'as JSON')
    .option(...DATA_OPTION);
  return withExamples(command, ['backup nightlatch.tar.gz', 'backup nightlatch.tar.gz --with-key']).action(
    async (file: string, options: Options) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { makeBackup } = await import('../../app/backup/make.ts');
      const made = await makeBackup(dataPaths(options.data), { file, withKey: options.withKey === true });
      if (options.json) return printJson(made);
      print(`Written to ${made.file} (${Math.ceil(made.bytes / 1024)} KiB).`);
      if (made.withKey)
        note('It holds the master key: whoever has this file can read everything. Keep it locked away.');
      else note('It does not hold master.key, which the extra sign-in step needs. Keep a copy of that file elsewhere.');
    },
  );
}
