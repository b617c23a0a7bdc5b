import type { Say } from './say-in.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

/** The browser's own variant of the chosen language (en-GB), so that dates and clock look as they do elsewhere for them. */
export function regional(language: string): string {
  const own = globalThis.navigator?.language ?? language;
  return own.split('-')[0] === language ? own : language;
}

/** "just now", "12 minutes ago", "today at 09:30", "yesterday at 09:30", "3 Dec 2026". `at` and `now` in ms since 1970. */
export function momentInWords(say: Say, language: string, at: number, now: number): string {
  const locale = regional(language);
  const date = new Date(at);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(date);
  const past = now - at;
  if (past >= -MINUTE && past < MINUTE) return say('words.moment.now');
  if (past > 0 && past < HOUR) return say('words.moment.minutes', { count: Math.round(past / MINUTE) });
  if (sameDay(date, new Date(now))) return say('words.moment.today', { time });
  if (sameDay(date, new Date(now - DAY))) return say('words.moment.yesterday', { time });
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(date);
}

/** Hours, minutes and seconds, as a list of calls needs them. */
export function clockTime(language: string, at: string): string {
  return new Intl.DateTimeFormat(regional(language), { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(at),
  );
}

export function hourAndMinute(language: string, at: string): string {
  return new Intl.DateTimeFormat(regional(language), { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** The whole truth, for titles and developers. */
export function fullMoment(language: string, at: string): string {
  return new Intl.DateTimeFormat(regional(language), { dateStyle: 'full', timeStyle: 'long' }).format(new Date(at));
}

/** 0.4 ms, 23 ms, 1.8 s. */
export function lengthInWords(say: Say, language: string, ms: number): string {
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(regional(language), { maximumFractionDigits: digits }).format(value);
  if (ms >= 1000) return say('words.length.seconds', { number: number(ms / 1000, 1) });
  return say('words.length.milliseconds', { number: number(ms, ms < 10 ? 1 : 0) });
}
