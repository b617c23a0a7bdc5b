import type { Command } from 'commander';
import { newCommand } from '../command.ts';
import { keysCreateCommand } from './keys-create.ts';
import { keysListCommand } from './keys-list.ts';
import { keysRevokeCommand } from './keys-revoke.ts';

export function keysCommand(): Command {
  return newCommand('keys', 'Make, list and revoke keys')
    .addCommand(keysCreateCommand())
    .addCommand(keysListCommand())
    .addCommand(keysRevokeCommand());
}
