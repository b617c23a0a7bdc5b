import type { Command } from 'commander';
import { newCommand } from '../command.ts';
import { draftsExportCommand } from './drafts-export.ts';

export function draftsCommand(): Command {
  return newCommand('drafts', 'API descriptions drafted from what the gateway has seen').addCommand(
    draftsExportCommand(),
  );
}
