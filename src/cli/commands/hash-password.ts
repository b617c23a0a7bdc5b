import type { Command } from 'commander';
import { newCommand, withExamples } from '../command.ts';
import { note, print } from '../output.ts';

/** The password is read from the terminal or from standard input, never from the command line, which others can see. */
export function hashPasswordCommand(): Command {
  const command = newCommand(
    'hash-password',
    'Hash a password for consumers[].basic; it is typed in, or read from standard input',
  );
  return withExamples(command, ['hash-password', 'hash-password < password.txt']).action(async () => {
    const { hashPassword } = await import('../../app/client/hash-password.ts');
    print(await hashPassword());
    note('Write this as "passwordHash" under consumers[].basic, in quotes.');
  });
}
