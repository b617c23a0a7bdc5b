import { AppError } from '../../../platform/app-error.ts';

const LONGEST_REASON = 500;
const TIMEOUT_MS = 10_000;

/** What went wrong at an authority as a plain sentence with the next step. What the authority wrote is quoted as it is. */
export async function explainAcmeError(error: unknown, directory: string): Promise<AppError> {
  if (error instanceof AppError) return error;
  const { host } = new URL(directory);
  // Where a connection came to nothing, the library fails over it with a TypeError and loses the reason.
  const code = error instanceof TypeError ? await whyUnreachable(directory) : (error as NodeJS.ErrnoException).code;
  if (code !== undefined && !code.startsWith('ERR_BAD')) {
    return new AppError('acme-unreachable', `The certificate authority at ${host} cannot be reached (${code}).`, {
      next: 'Check the internet connection of this machine; the gateway goes on trying.',
      cause: error,
    });
  }
  return new AppError('acme-refused', `The certificate authority at ${host} refused: ${plainReason(error)}`, {
    next: 'Put right what it names; the gateway goes on trying, a few times an hour.',
    cause: error,
  });
}

async function whyUnreachable(directory: string): Promise<string> {
  try {
    await fetch(directory, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return 'the connection broke off';
  } catch (error) {
    const { cause, name } = error as Error;
    return (cause as NodeJS.ErrnoException | undefined)?.code ?? name;
  }
}

/** An authority's words, on one line. They come from outside: no control characters, no novels. */
export function plainReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON);
}
