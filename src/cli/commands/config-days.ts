import type { Command } from 'commander';

export const DAYS_OPTION = ['--days <n>', 'how many days of recorded calls are looked at', '7'] as const;

/** 1 to 90; anything else is wrong usage. */
export function readDays(command: Command, text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 90) command.error('error: --days is a whole number from 1 to 90');
  return days;
}
