import type { Leaf } from '../../leaf.ts';

/**
 * How likely an application sends the browser to a field's value, by the field's name: `followed` where that is its only use,
 * `address` where it may as well be fetched, shown or kept.
 */
export type Usage = 'followed' | 'address' | 'other';

const FOLLOWED =
  /(?:redirect|return|next|continue|dest(?:ination)?|goto|forward|callback|relaystate|success|cancel|failure|logout|login|back|after|exit|jump|rurl|checkout)(?:to|url|uri|path|link|page|target)?$|^(?:go|out|to|ru|service|u|r|location)$/;
const ADDRESS =
  /(?:url|uri|link|href|src|site|page|target|domain|host|path|location|file|image|open|view|show|ref|referer|referrer|origin|address)$/;

export function usageOf(leaf: Leaf): Usage {
  const own = flat(leaf.key);
  if (FOLLOWED.test(own)) return 'followed';
  if (!ADDRESS.test(own)) return 'other';
  // `{ "redirect": { "url": … } }`
  return leaf.parent !== null && leaf.parent.parent !== null && FOLLOWED.test(flat(leaf.parent.key))
    ? 'followed'
    : 'address';
}

function flat(key: string | number): string {
  return typeof key === 'number'
    ? ''
    : key
        .slice(0, 64)
        .toLowerCase()
        .replace(/[^a-z]/g, '');
}
