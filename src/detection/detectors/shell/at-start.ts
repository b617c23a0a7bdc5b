import { CONFIDENCE } from '../../evidence.ts';
import { argumentsOf } from './arguments.ts';
import { SHELLS } from './commands.ts';
import { LEVEL, type Level, levelOf } from './level.ts';
import { lexShell } from './lexer.ts';
import type { ShellCommand } from './shell-command.ts';

/**
 * Commands that nothing stands before. An injected one has to break out of something first; what begins with its command is pasted by
 * people too, into tickets and notes. So here the command itself has to tell.
 */
export function directly(
  { commands, text }: { readonly commands: readonly ShellCommand[]; readonly text: string },
  at: number,
  level: Level,
): number {
  const command = commands[at] as ShellCommand;
  const { words, closing } = command;
  // The path of a shell is a setting as often as a command.
  if (words.length === 1 && !words[0]?.disguised && /^["']?\/[\w/.-]+$/.test(words[0]?.raw ?? ''))
    return CONFIDENCE.possible;
  if (words[0]?.raw === '/usr/bin/env') return CONFIDENCE.weak;
  const first = (words[0]?.text ?? '').toLowerCase();
  if (PASTED.has(first) && isBare(command)) return CONFIDENCE.possible;
  if (SHELLS.has(first) && !runsKnown(words.map((word) => word.text))) return CONFIDENCE.possible;
  if (level === LEVEL.severe) return 90;
  if (closing === '|' && commands.length > 1)
    return isFilterLine(commands, at) ? CONFIDENCE.possible : CONFIDENCE.likely;
  if (text.length > 400 || QUIET_ALONE.has(first)) return CONFIDENCE.possible;
  return CONFIDENCE.likely;
}

/** What people paste to show what they did. */
const PASTED: ReadonlySet<string> = new Set('curl wget ssh docker podman kubectl'.split(' '));

/** They write a file, or send one. */
const WRITING =
  /^-(?:[A-Za-z]{0,4}[oOTK]|-output|-output-document|-remote-name|-upload-file|-post-file|-config|oProxy)/;

/** Whether a command shows something and does no more. */
function isBare({ words, redirects, closing }: ShellCommand): boolean {
  if (redirects.length > 0 || (closing !== '' && closing !== '\n') || argumentsOf(words, 1).sensitive) return false;
  return !words.some(({ text, raw, disguised }) => disguised || WRITING.test(text) || /[`]|\$\(/.test(raw));
}

const RUNS_TEXT = /^-[a-z]{0,4}c[a-z]{0,3}$/;

/** Whether a shell is given a script in which something is a command that we know; without a script, yes. */
function runsKnown(words: readonly string[]): boolean {
  const option = words.findIndex((word) => RUNS_TEXT.test(word));
  if (option === -1 || option === words.length - 1) return true;
  const script = words.slice(option + 1, option + 9).join(' ');
  return lexShell(script).some((command) => levelOf(command) >= LEVEL.bare);
}

/** `grep x a.log | sort | head`, from its beginning: programs that let text through, and no file that is worth a look. */
export function isFilterLine(commands: readonly ShellCommand[], at: number): boolean {
  if (commands.length > MOST_IN_LINE || commands[0]?.opening !== 'start' || at >= commands.length) return false;
  return commands.every(({ opening, words, redirects }, i) => {
    if (redirects.length > 0 || (i > 0 && opening !== '|')) return false;
    const [first] = words;
    if (first === undefined || first.disguised || !FILTERS.has(first.text)) return false;
    return !argumentsOf(words, 1).sensitive && !words.some(({ text }) => ESCAPES.test(text));
  });
}

const MOST_IN_LINE = 12;
const FILTERS: ReadonlySet<string> = new Set(
  'awk gawk mawk sed grep egrep fgrep zgrep sort uniq cut tr head tail wc column rev nl paste comm join fold jq less more'.split(
    ' ',
  ),
);
/** Both awk and sed can run others. */
const ESCAPES = /system|getline|popen|\|\s{0,4}"|^[\d$,]{0,8}e\b|\/[a-z]{0,3}e[a-z]{0,3}$/;

/** Commands that people also type as notes and search terms, with a number or a name behind them. */
const QUIET_ALONE: ReadonlySet<string> = new Set(
  'sleep usleep echo print printf expr docker git npm yarn npx pip pip3 make more sort split join look type view test at batch get fetch host cut mail find where file service screen date start call open stat ln tar zip unzip touch mkdir gzip gunzip diff patch'.split(
    ' ',
  ),
);
