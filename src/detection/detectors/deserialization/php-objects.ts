import { CONFIDENCE, type Evidence } from '../../evidence.ts';

/**
 * Objects in PHP's own serialised form (the manual on `serialize`): `O:4:"Name":1:{…}` and `C:…`, also within arrays. Arrays and
 * scalars alone do no harm.
 */
const OBJECT = /(?:^|[;{|'"=\s:,&])([oc]):\+?(\d{1,5}):\\?["'&]([a-z0-9_\\\x7f-\xff]{0,200})/g;

export function findPhpObject(lower: string): Evidence | null {
  OBJECT.lastIndex = 0;
  for (let match = OBJECT.exec(lower); match !== null; match = OBJECT.exec(lower)) {
    const [whole, , length = '0', name = ''] = match;
    const start = match.index;
    const tail = lower.slice(start + whole.length, start + whole.length + 16);
    if (!/^(?:\\?["']|quot;|#)/.test(tail)) continue;
    const exact = Math.abs(Number(length) - name.length) <= 2;
    if (/:\d{1,5}:/.test(tail)) {
      return { technique: 'php-object', confidence: exact ? CONFIDENCE.certain : 85, start, end: start + whole.length };
    }
    if (exact && name.length > 2)
      return { technique: 'php-object', confidence: CONFIDENCE.likely, start, end: start + whole.length };
  }
  return null;
}
