import type { i18n } from 'i18next';
import type { ProtectionFinding } from '../../src/contracts/api/protections.ts';
import { attackTitle, fieldInWords } from './attack.ts';
import { isDenialCode } from './denial.ts';
import type { Say } from './say-in.ts';

/** "body.items[].note" → "note"; "body" and what nobody knows by name stay general. */
export function placeInWords(say: Say, place: string): string {
  const name = place.split('.').at(-1)?.replaceAll('[]', '') ?? '';
  if (place === 'body' || name === '{…}' || name === '') return say('protection.place.something');
  return say('protection.place.named', { name });
}

export function placesInWords(say: Say, language: string, places: readonly string[]): string {
  const words = [...new Set(places.map((place) => placeInWords(say, place)))];
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
}

/** "body.note: maxLength" → "“note” is too long". */
export function faultInWords({ t, exists }: Pick<i18n, 't' | 'exists'>, about: string): string {
  const [place = '', rule = ''] = about.split(': ');
  const known = `protection.fault.${rule}`;
  return t(exists(known) ? known : 'protection.fault.other', { what: placeInWords(t, place) });
}

/** Why, as half a sentence: the fault where there is one, else what its code means. */
export function whyInWords(i18n: i18n, { about, code, policy }: Pick<ProtectionFinding, 'about' | 'code' | 'policy'>) {
  if (about !== null && policy === 'attack-filter') return attackInWords(i18n, about);
  if (about !== null) return faultInWords(i18n, about);
  const known = `protection.code.${code}`;
  if (i18n.exists(known)) return i18n.t(known);
  return code !== null && isDenialCode(code) ? i18n.t(`denials.${code}.reason`) : (code ?? policy);
}

/** "query.q: sqli" → "“q” in the address: questions to your database". */
function attackInWords(i18n: Pick<i18n, 't' | 'exists'>, about: string): string {
  const [place = '', kind = ''] = about.split(': ');
  return i18n.t('protection.code.attack', { where: fieldInWords(i18n.t, place), title: attackTitle(i18n, kind) });
}

const HOUR_MS = 3_600_000;

/** "3 hours", "2 days": how long ago something began. */
export function lengthOfTime(say: Say, ms: number): string {
  const [unit, size] = ms >= 48 * HOUR_MS ? ['d', 24 * HOUR_MS] : ms >= HOUR_MS ? ['h', HOUR_MS] : ['m', 60_000];
  const count = Math.max(1, Math.round(ms / (size as number)));
  return count === 1 ? say(`words.span.one.${unit}`) : say(`words.span.many.${unit}`, { count });
}
