import type { Command } from 'commander';
import { newCommand, withExamples } from '../command.ts';
import { print, printJson } from '../output.ts';

export function versionCommand(): Command {
  const command = newCommand('version', 'Print the version').option('--json', 'as JSON, with the version of Node.js');
  return withExamples(command, ['version', 'version --json']).action(async (options: { json?: true }) => {
    const { productVersion } = await import('../../app/paths.ts');
    if (options.json) printJson({ nightlatch: productVersion(), node: process.version });
    else print(productVersion());
  });
}
