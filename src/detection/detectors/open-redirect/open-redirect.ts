import type { TextDetector } from '../../detector.ts';
import type { Evidence } from '../../evidence.ts';
import type { Subject } from '../../subject.ts';
import { usageOf } from './followed.ts';
import { trickIn } from './tricks.ts';

/**
 * Open redirect (CWE-601). That an address names another host is honest: callbacks and pictures do. What counts are spellings by which
 * an address that looks like a path, or like another host, leaves the site.
 */
export const openRedirect: TextDetector = {
  id: 'open-redirect',
  literals: ['//', '/\\', '\\/', '\\\\', 'http:', 'https:', '/\t', '/\r', '/\n', '/\0', '\t/', '\n/', '\r/', '@'],
  concerns: (_, hasLiteral) => hasLiteral,
  look,
};

function look({ text, leaf }: Subject): Evidence | null {
  if (leaf.role === 'name' || leaf.carrier === 'path') return null;
  const trick = trickIn(text, usageOf(leaf));
  return trick === null ? null : { ...trick, start: 0, end: Math.min(text.length, 80) };
}
