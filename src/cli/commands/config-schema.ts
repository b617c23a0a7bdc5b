import type { Command } from 'commander';
import { newCommand, withExamples } from '../command.ts';
import { printJson } from '../output.ts';

export function configSchemaCommand(): Command {
  const command = newCommand('schema', 'Print the JSON Schema of the configuration, for editors and other tools');
  return withExamples(command, ['config schema > nightlatch.schema.json']).action(async () => {
    const { configJsonSchema } = await import('../../configuration/index.ts');
    printJson(configJsonSchema());
  });
}
