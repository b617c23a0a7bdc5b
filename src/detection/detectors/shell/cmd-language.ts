import type { ShellCommand } from './shell-command.ts';
import { WINDOWS_LOUD, WINDOWS_QUIET } from './windows-commands.ts';

/** A backslash before it joins it to the folder in front. */
const VARIABLE = /(?:^|\s)%{1,2}\S{0,10}$/;
const COMPARISON = /^(?:equ|neq|lss|leq|gtr|geq)$/;
const TEST = /^(?:exist|defined|errorlevel|cmdextversion)$/;
const MARKED = /[%![\]"'(){}/]/;

/**
 * Whether the command is a loop or a condition of cmd.exe (Microsoft's reference: `for`, `if`): 0 for no, 1 for words that could also
 * be another language's, 2 for cmd.exe's own, 3 for its loop.
 */
export function cmdStatement(command: ShellCommand): 0 | 1 | 2 | 3 {
  const words = command.words.map(({ raw }) => raw.toLowerCase());
  const [keyword = ''] = words;
  if (keyword === 'for') return isLoop(words) ? 3 : 0;
  if (keyword !== 'if' && keyword !== 'if/i') return 0;
  let at = 1;
  let isMarked = keyword === 'if/i';
  while (words[at] === '/i' || words[at] === 'not') {
    isMarked ||= words[at] === '/i';
    at++;
  }
  const test = words[at] ?? '';
  if (TEST.test(test)) {
    const value = words[at + 1] ?? '';
    if (test === 'errorlevel' || test === 'cmdextversion') return /^\d+$/.test(value) ? 2 : 0;
    if (/^[A-Z]+$/.test(command.words[at]?.raw ?? '')) return 2;
    return isMarked || at > 1 || words.length > at + 2 || /[.\\:]/.test(value) || test === 'defined' || value === ''
      ? 2
      : 1;
  }
  const operator = words.slice(at, at + 4).findIndex((word) => COMPARISON.test(word));
  if (operator >= 0) return 2;
  const equals = words.slice(at, at + 3).findIndex((word) => word.includes('=='));
  if (equals === -1) return 0;
  const rest = words.slice(at + equals + 1);
  // Python and its like: cmd.exe joins no conditions, and no colon ends them.
  if (rest.some((word) => word === 'or' || word === 'and' || word.endsWith(':'))) return 0;
  const compared = command.words.slice(at, at + equals + 2);
  if (isMarked || compared.some(({ raw }) => /[%!]/.test(raw)) || rest.some(isCommandWord)) return 2;
  return compared.some(({ raw }) => MARKED.test(raw)) && rest.length > 0 ? 2 : 1;
}

function isLoop(words: readonly string[]): boolean {
  for (let i = 1; i < Math.min(words.length, 12); i++) {
    if (words[i] === 'in' && VARIABLE.test(words[i - 1] ?? '')) return true;
  }
  return false;
}

function isCommandWord(word: string): boolean {
  return WINDOWS_LOUD.has(word) || WINDOWS_QUIET.has(word);
}
