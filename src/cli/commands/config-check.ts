import type { Command } from 'commander';
import { newCommand, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { note, print, printJson } from '../output.ts';

export function configCheckCommand(finish: (code: number) => void): Command {
  const command = newCommand('check', 'Say whether a configuration can be put into service, and what is wrong by line')
    .argument('<file>', 'the configuration')
    .option('--json', 'faults and warnings as JSON on standard output');
  return withExamples(command, ['config check nightlatch.yaml', 'config check nightlatch.yaml --json']).action(
    async (file: string, options: { json?: true }) => {
      const { checkConfigFile, faultCount, faultPlace, faultWords } = await import('../../app/config-file.ts');
      const result = checkConfigFile(file);
      const faults = 'faults' in result ? result.faults : [];
      const warnings = 'faults' in result ? [] : result.warnings;
      finish(faults.length === 0 ? EXIT.ok : EXIT.failed);
      if (options.json) return printJson({ file, valid: faults.length === 0, faults, warnings });
      for (const fault of faults) note(`${faultPlace(file, fault)}: ${faultWords(fault)} [${fault.code}]`);
      for (const warning of warnings)
        note(`${faultPlace(file, warning)}: warning: ${faultWords(warning)} [${warning.code}]`);
      if (faults.length > 0) note(`${file} has ${faultCount(faults.length)}.`);
      else print(`${file} is in order.`);
    },
  );
}
