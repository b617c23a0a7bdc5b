import type { Command } from 'commander';
import { newCommand } from '../command.ts';
import { configCheckCommand } from './config-check.ts';
import { configExportCommand } from './config-export.ts';
import { configImportCommand } from './config-import.ts';
import { configSchemaCommand } from './config-schema.ts';

export function configCommand(finish: (code: number) => void): Command {
  return newCommand('config', 'Check, describe, export and import the configuration')
    .addCommand(configCheckCommand(finish))
    .addCommand(configSchemaCommand())
    .addCommand(configExportCommand())
    .addCommand(configImportCommand());
}
