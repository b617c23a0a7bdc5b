import type { Say } from './say-in.ts';

const SEES = new Set(['read', 'view', 'list', 'get', 'see']);
const USES = new Set(['use']);
const CHANGES = new Set(['write', 'change', 'edit', 'create', 'update', 'delete', 'manage']);

/** `customers:read` → thing "customers", deed "see". Words that nobody agreed on stay as they are, with deed "other". */
export function readScope(scope: string): { thing: string; deed: 'see' | 'change' | 'use' | 'other' } {
  const parts = /^([^:.]+)[:.]([^:.]+)$/.exec(scope);
  const thing = (parts?.[1] ?? scope).replaceAll(/[-_]/g, ' ');
  const verb = parts?.[2] ?? '';
  if (SEES.has(verb)) return { thing, deed: 'see' };
  if (CHANGES.has(verb)) return { thing, deed: 'change' };
  if (USES.has(verb)) return { thing, deed: 'use' };
  return { thing: scope, deed: 'other' };
}

/** "see customers", "change orders", or the scope itself when it follows no custom. */
export function scopeInWords(say: Say, scope: string): string {
  const { thing, deed } = readScope(scope);
  return say(`words.scope.${deed}`, { thing });
}

export function scopesInWords(say: Say, scopes: readonly string[], language: string): string {
  const list = scopes.map((scope) => scopeInWords(say, scope));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(list);
}
