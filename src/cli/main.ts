import { Command, CommanderError } from 'commander';
import { explainError } from '../app/system-errors.ts';
import { withExamples } from './command.ts';
import { backupCommand } from './commands/backup.ts';
import { banCommand } from './commands/ban.ts';
import { configCommand } from './commands/config.ts';
import { controlPlaneCommand } from './commands/control-plane.ts';
import { doctorCommand } from './commands/doctor.ts';
import { draftsCommand } from './commands/drafts.ts';
import { gatewayCommand } from './commands/gateway.ts';
import { hashPasswordCommand } from './commands/hash-password.ts';
import { inspectCommand } from './commands/inspect.ts';
import { keysCommand } from './commands/keys.ts';
import { lockCommand } from './commands/lock.ts';
import { practiceCommand } from './commands/practice.ts';
import { restoreCommand } from './commands/restore.ts';
import { startCommand } from './commands/start.ts';
import { unlockCommand } from './commands/unlock.ts';
import { versionCommand } from './commands/version.ts';
import { EXIT } from './exit-codes.ts';
import { printFailure } from './output.ts';

/** Runs one command; `argv` without the program. The exit code; what nobody foresaw is thrown for the launcher to report. */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    code = await explain(error);
  }
  // Whatever a role forgot to close must not keep the process; a role that runs has not resolved yet.
  setTimeout(() => process.exit(code), GRACE_MS).unref();
  return code;
}

const GRACE_MS = 500;

function createProgram(finish: (code: number) => void): Command {
  const program = withExamples(
    new Command('nightlatch').description('API security for small businesses.').exitOverride(),
    ['start', 'gateway --config nightlatch.yaml', 'config check nightlatch.yaml', 'doctor'],
  );
  const commands = [
    startCommand,
    practiceCommand,
    gatewayCommand,
    controlPlaneCommand,
    configCommand,
    keysCommand,
    hashPasswordCommand,
    lockCommand,
    unlockCommand,
    banCommand,
    draftsCommand,
    inspectCommand,
    doctorCommand,
    backupCommand,
    restoreCommand,
    versionCommand,
  ];
  for (const create of commands) program.addCommand(create(finish));
  everyCommand(program, (command) =>
    command.exitOverride().showHelpAfterError('Add --help for the options and examples.'),
  );
  return program;
}

function everyCommand(command: Command, change: (command: Command) => void): void {
  change(command);
  for (const child of command.commands) everyCommand(child, change);
}

async function explain(thrown: unknown): Promise<number> {
  if (thrown instanceof CommanderError) {
    // Commander has printed the help or its complaint already.
    return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  const error = explainError(thrown);
  if (error === null) throw thrown;
  const { isSupervised, tellSupervisor } = await import('../app/process/role-messages.ts');
  if (isSupervised()) {
    await tellSupervisor({ type: 'failed', code: error.code, message: error.message, next: error.next ?? null });
  }
  printFailure(error);
  if (process.env.NIGHTLATCH_DEBUG === '1') console.error(error);
  return error.code === 'not-running' ? EXIT.notRunning : EXIT.failed;
}
