import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { AppError } from '../../platform/app-error.ts';
import { hashPassphrase } from '../../platform/crypto/passphrase-hash.ts';

/** Shorter ones are guessed; longer ones do not fit into the header field that the gateway looks at. */
const LEAST = 12;
const MOST = 512;

/** The hash (argon2id, PHC string format) of a password that is asked for here. Throws `AppError('password-unfit')`. */
export async function hashPassword(): Promise<string> {
  return await hashPassphrase(await readPassword());
}

/**
 * A password from the terminal, where it is typed twice and not shown, or the first line of standard input.
 */
async function readPassword(): Promise<string> {
  const { stdin } = process;
  const password = stdin.isTTY ? await typed('Password: ') : await firstLine();
  if (password.length < LEAST || password.length > MOST || /\p{Cc}/u.test(password)) {
    throw new AppError('password-unfit', `A password has ${LEAST} to ${MOST} characters and no control characters.`, {
      next: 'Choose another one; a password manager makes good ones.',
    });
  }
  if (stdin.isTTY && (await typed('Once more: ')) !== password) {
    throw new AppError('password-unfit', 'The two are not the same.', { next: 'Try again.' });
  }
  return password;
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}

async function typed(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
