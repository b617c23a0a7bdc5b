import type { TextForm } from '../contracts/drafts/shape.ts';

const DIGITS_THAT_ARE_EXACT = 15;
const MOST_CHARACTERS = 254;

/** The forms that a text has, in a fixed order. Each is narrower than what JSON Schema's format of that name lets pass. */
export function formsOf(text: string): TextForm[] {
  if (text === '' || text.length > MOST_CHARACTERS) return [];
  return FORMS.flatMap(([form, fits]) => (fits(text) ? [form] : []));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const EMAIL = /^[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}$/i;
const WEB_ADDRESS =
  /^https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?(\?[A-Za-z0-9._~=&-]*)?$/;
const INTEGER = /^-?(0|[1-9]\d*)$/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

const FORMS: readonly (readonly [TextForm, (text: string) => boolean])[] = [
  ['boolean', (text) => text === 'true' || text === 'false'],
  ['date', isDate],
  ['date-time', (text) => text[10] === 'T' && isDate(text.slice(0, 10)) && TIME.test(text.slice(11))],
  ['email', (text) => EMAIL.test(text)],
  ['integer', (text) => text.length <= DIGITS_THAT_ARE_EXACT && INTEGER.test(text)],
  ['number', (text) => text.length <= DIGITS_THAT_ARE_EXACT && NUMBER.test(text)],
  ['uri', (text) => WEB_ADDRESS.test(text)],
  ['uuid', (text) => UUID.test(text)],
];

/** A day of the calendar (RFC 3339 §5.6). */
function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Words that a program uses among a few of them: `paid`, `PENDING`, `in-transit`. Names of people and places begin with one
 * capital letter and go on in small ones, so such words are never kept.
 */
export function isWord(text: string): boolean {
  return WORD.test(text);
}

const WORD = /^(?:[a-z]{2,}(?:[_-][a-z]+){0,3}|[A-Z]{2,}(?:[_-][A-Z]+){0,3})$/;
export const MOST_WORD_CHARACTERS = 24;
