import type { Command } from 'commander';
import { newCommand } from '../command.ts';
import { configApplyCommand } from './config-apply.ts';
import { configCheckCommand } from './config-check.ts';
import { configExportCommand } from './config-export.ts';
import { configHistoryCommand } from './config-history.ts';
import { configImportCommand } from './config-import.ts';
import { configPlanCommand } from './config-plan.ts';
import { configRollbackCommand } from './config-rollback.ts';
import { configSchemaCommand } from './config-schema.ts';

export function configCommand(finish: (code: number) => void): Command {
  return newCommand('config', 'Check, plan, apply, take back, export and import the configuration')
    .addCommand(configCheckCommand(finish))
    .addCommand(configPlanCommand())
    .addCommand(configApplyCommand(finish))
    .addCommand(configRollbackCommand(finish))
    .addCommand(configHistoryCommand())
    .addCommand(configSchemaCommand())
    .addCommand(configExportCommand())
    .addCommand(configImportCommand());
}
