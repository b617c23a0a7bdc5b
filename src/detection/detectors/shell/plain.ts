import { SIGN } from '../../prefilter/signs.ts';
import { isKnown } from './level.ts';

/** Signs by which a name could be spelt in more than one way, or stand where no operator is. */
const SPELLING =
  SIGN.quote |
  SIGN.doubleQuote |
  SIGN.backtick |
  SIGN.dollar |
  SIGN.brace |
  SIGN.bracket |
  SIGN.backslash |
  SIGN.percent |
  SIGN.star |
  SIGN.caret |
  SIGN.newline |
  SIGN.less |
  SIGN.greater |
  SIGN.equals;

const NAME = /[;|&(]\s{0,8}([^\s;|&()]{0,40})/g;

/**
 * Whether a text has no command in it, seen at a glance: without quotes and their like a command stands at the start or behind an
 * operator, under its own name. User agents and lists of parameters are done with here.
 */
export function isPlainlyHarmless(text: string, signs: number): boolean {
  if ((signs & SPELLING) !== 0 || text.includes('?') || text.includes('+')) return false;
  // The start counts as an operator. Every match takes one character at least.
  const source = `;${text}`;
  NAME.lastIndex = 0;
  for (let match = NAME.exec(source); match !== null; match = NAME.exec(source)) {
    const name = match[1] as string;
    if (match.index > 0 && /^[./~@!\d]|:/.test(name)) return false;
    if (/^[./~@]|^[A-Za-z]:/.test(name)) return false;
    if (isKnown(name.toLowerCase()) || isKnown(/^[a-z_]*/i.exec(name)?.[0].toLowerCase() ?? '')) return false;
  }
  return true;
}
