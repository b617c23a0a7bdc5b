import type { AppError } from '../app/system-errors.ts';

/** What a person or a script asked for goes to standard output, everything else to standard error. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** One plain sentence, the places that are wrong, and the next step. */
export function printFailure(error: AppError): void {
  note(error.message);
  for (const fault of error.faults ?? []) note(`  ${fault.place}: ${fault.message}`);
  if (error.next !== undefined) note(error.next);
}
