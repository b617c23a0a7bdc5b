import type { Command } from 'commander';
import { newCommand, withExamples } from '../command.ts';
import { print, printJson } from '../output.ts';

type Options = { data?: string; json?: true };

export function banCommand(): Command {
  return newCommand('ban', 'See which addresses the gateway keeps out for guessing, and let one in again')
    .addCommand(listCommand())
    .addCommand(liftCommand());
}

function listCommand(): Command {
  const command = newCommand('list', 'Who is kept out at the moment, until when and why')
    .option('--data <folder>', 'data folder of the gateway, or of the installation that it belongs to')
    .option('--json', 'as JSON');
  return withExamples(command, ['ban list', 'ban list --data /var/lib/nightlatch --json']).action(
    async (options: Options) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { listBans } = await import('../../app/client/bans.ts');
      const { mode, bans } = listBans(dataPaths(options.data));
      if (options.json) return printJson({ mode, bans });
      if (bans.length === 0) return print('Nobody is kept out.');
      if (mode === 'monitor') print('These would be kept out; bans are only watched (bans.mode: monitor).');
      for (const { address, until, reason } of bans) print(`${address}  until ${until}  ${reason}`);
    },
  );
}

function liftCommand(): Command {
  const command = newCommand('lift', 'Let an address in again at once')
    .argument('<address>', 'as "ban list" shows it')
    .option('--data <folder>', 'data folder of the gateway, or of the installation that it belongs to')
    .option('--json', 'as JSON');
  return withExamples(command, ['ban lift 203.0.113.7', 'ban lift 2001:db8:1:2::/64']).action(
    async (address: string, options: Options) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { liftBan } = await import('../../app/client/bans.ts');
      const lifted = await liftBan(dataPaths(options.data), address);
      if (options.json) printJson({ address, lifted });
      else print(lifted ? `${address} is let in again.` : `${address} was not kept out.`);
    },
  );
}
