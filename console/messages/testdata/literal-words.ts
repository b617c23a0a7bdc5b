import { parseSync } from '@swc/core';

/** Attributes that people read or hear. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'title',
  'label',
  'description',
  'placeholder',
  'alt',
  'text',
]);
const WORD = /\p{L}{3,}/u;
/** An example of an address is the same in every language. */
const EXAMPLE = /^https?:/;

type Node = { type?: string; value?: unknown; name?: { value?: unknown } };

function visit(node: unknown, found: string[]): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, found);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, value, name } = node as Node;
  if (type === 'JSXText' && WORD.test(String(value))) found.push(String(value).trim());
  if (type === 'JSXAttribute' && SPOKEN.has(String(name?.value))) {
    const text = (value as Node | null)?.type === 'StringLiteral' ? String((value as Node).value) : '';
    if (WORD.test(text) && !EXAMPLE.test(text)) found.push(text);
  }
  for (const child of Object.values(node)) visit(child, found);
}

/** Texts for people that stand in a component instead of in the catalog. */
export function literalWords(source: string): string[] {
  const found: string[] = [];
  visit(parseSync(source, { syntax: 'typescript', tsx: true }), found);
  return found;
}
