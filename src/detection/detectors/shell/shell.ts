import type { TextDetector } from '../../detector.ts';
import type { Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { isFilterLine } from './at-start.ts';
import { withBreaks, withoutWindowsQuoting } from './disguises.ts';
import { isPlainlyHarmless } from './glance.ts';
import { judgeCommands } from './judge-commands.ts';
import { lexShell, type Quoting } from './lexer.ts';
import { LITERALS } from './literals.ts';
import { findSignature } from './signatures.ts';

const SEPARATING = SIGN.semicolon | SIGN.pipe | SIGN.ampersand | SIGN.backtick | SIGN.dollar | SIGN.newline;
/** With one of these a name can be spelt so that no literal shows. */
const DISGUISING = SIGN.quote | SIGN.doubleQuote | SIGN.backslash | SIGN.caret | SIGN.less | SIGN.greater;
/** In a path, files are named by patterns. */
const GLOBBING = SIGN.star | SIGN.bracket;
/** Beside braces: a list of words, or a function. */
const LISTING = SIGN.comma | SIGN.parenthesis;

/**
 * Commands for a shell (CWE-78): the text is read as a shell would read it, unquoted and inside either kind of quotes, with the shell's
 * own quoting undone; what counts is what the simple commands in it are and what stands before them.
 */
export const shell: TextDetector = {
  id: 'shell',
  literals: LITERALS,
  concerns: ({ signs }, hasLiteral) =>
    hasLiteral ||
    (signs & (SEPARATING | DISGUISING)) !== 0 ||
    ((signs & GLOBBING) !== 0 && (signs & SIGN.slash) !== 0) ||
    ((signs & SIGN.bracket) !== 0 && (signs & SIGN.colon) !== 0) ||
    ((signs & SIGN.brace) !== 0 && (signs & LISTING) !== 0),
  look,
};

function look(subject: Subject): Evidence | null {
  const { text } = subject;
  let best = findSignature(subject.lower);
  if (best === null && isPlainlyHarmless(text, subject.features.signs)) return null;
  const consider = (one: Evidence | null): void => {
    if (one !== null && one.confidence > (best?.confidence ?? 0)) best = one;
  };
  const read = (reading: string, quoting: Quoting = 'none'): void => {
    if ((best?.confidence ?? 0) >= ENOUGH) return;
    consider(judgeCommands({ text: reading, commands: lexShell(reading, quoting), prose: subject.prose }));
  };
  const commands = lexShell(text);
  consider(judgeCommands({ text, commands, prose: subject.prose }));
  // Its quotes are its own.
  if (commands.length > 1 && isFilterLine(commands, 0)) return best;
  if (leavesQuotes(text, "'", LEAVES_SINGLE)) read(text, 'single');
  if (leavesQuotes(text, '"', LEAVES_DOUBLE)) read(text, 'double');
  const broken = withBreaks(text);
  if (broken !== text) {
    read(broken);
    if (broken.includes('"')) read(broken, 'double');
  }
  const plain = withoutWindowsQuoting(text);
  if (plain !== text) read(plain);
  return best;
}

const ENOUGH = 90;

const LEAVES_SINGLE = /'\s{0,4}[;|&`$<>\n)]/;
const LEAVES_DOUBLE = /"\s{0,4}[;|&`$<>\n)]/;
const SHORT = 80;

/** Whether a text may close quotes that it was put into: an apostrophe in a sentence does not. */
function leavesQuotes(text: string, quote: string, pattern: RegExp): boolean {
  return text.includes(quote) && (text.length < SHORT || pattern.test(text));
}
