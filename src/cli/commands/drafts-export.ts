import type { Command } from 'commander';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { printJson } from '../output.ts';

export function draftsExportCommand(): Command {
  const command = newCommand('export', 'Print what was learnt about an API as OpenAPI 3.1')
    .option('--service <name>', 'which API; may be left out where there is one')
    .option(...DATA_OPTION);
  return withExamples(command, ['drafts export --service shop > shop.openapi.json']).action(
    async (options: { data?: string; service?: string }) => {
      const { dataPaths } = await import('../../app/paths.ts');
      const { exportDraft } = await import('../../app/client/drafts.ts');
      printJson(await exportDraft(dataPaths(options.data), options.service));
    },
  );
}
