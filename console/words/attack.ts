import type { i18n } from 'i18next';
import type { Say } from './say-in.ts';

/** "query.q" → "“q” of the address"; names that only the caller knows stay general. */
export function fieldInWords(say: Say, place: string): string {
  const [carrier = '', ...names] = place.split('.');
  const name = names.at(-1)?.replaceAll(/\[(?:\*|\d+)?\]/g, '') ?? '';
  const known = CARRIERS.find((one) => carrier === one || carrier.startsWith(`${one}[`));
  if (known === undefined) return say('protection.place.something');
  if (known === 'path' || name === '' || name === '{…}' || name === '*') return say(`protection.field.${known}`);
  return say(`protection.fieldNamed.${known}`, { name });
}

const CARRIERS = ['query', 'header', 'cookie', 'body', 'path'] as const;

/** "Questions to your database"; a kind newer than this page is shown as it is. */
export function attackTitle({ t, exists }: Pick<i18n, 't' | 'exists'>, kind: string): string {
  return exists(`attacks.${kind}.title`) ? t(`attacks.${kind}.title`) : kind;
}
