import type { Command } from 'commander';
import { newCommand } from '../command.ts';
import { keysCreateCommand } from './keys-create.ts';
import { keysLeakedCommand } from './keys-leaked.ts';
import { keysListCommand } from './keys-list.ts';
import { keysReplaceCommand } from './keys-replace.ts';
import { keysRevokeCommand } from './keys-revoke.ts';

export function keysCommand(): Command {
  return newCommand('keys', 'Make, list, replace and revoke keys')
    .addCommand(keysCreateCommand())
    .addCommand(keysListCommand())
    .addCommand(keysReplaceCommand())
    .addCommand(keysLeakedCommand())
    .addCommand(keysRevokeCommand());
}
