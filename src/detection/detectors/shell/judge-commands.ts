import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { directly, isFilterLine } from './at-start.ts';
import { cmdStatement } from './cmd-language.ts';
import { SHELLS } from './commands.ts';
import { isCommandGlob, isFileGlob } from './globs.ts';
import { isKnown, LEVEL, levelOf } from './level.ts';
import { isMarkdown } from './markdown.ts';
import type { Opening, ShellCommand } from './shell-command.ts';

/** How sure an opening makes of a command, by level: nothing, bare, named, told, severe. */
const SURENESS: Readonly<Record<Opening, readonly [number, number, number, number, number]>> = {
  start: [0, 0, 0, CONFIDENCE.possible, CONFIDENCE.likely],
  quote: [0, 0, CONFIDENCE.likely, CONFIDENCE.possible, CONFIDENCE.likely],
  newline: [0, CONFIDENCE.weak, CONFIDENCE.possible, CONFIDENCE.likely, 90],
  ';': [0, CONFIDENCE.weak, 80, 85, CONFIDENCE.certain],
  '|': [0, CONFIDENCE.weak, 80, 85, CONFIDENCE.certain],
  '||': [0, CONFIDENCE.possible, 80, 85, CONFIDENCE.certain],
  '&': [0, CONFIDENCE.weak, 80, 85, CONFIDENCE.certain],
  '&&': [0, CONFIDENCE.possible, 80, 85, CONFIDENCE.certain],
  '$(': [0, CONFIDENCE.likely, 85, 90, CONFIDENCE.certain],
  '`': [0, CONFIDENCE.likely, 80, 85, CONFIDENCE.certain],
  '<(': [0, CONFIDENCE.likely, 85, 90, CONFIDENCE.certain],
  '(': [0, 0, CONFIDENCE.possible, CONFIDENCE.possible, 85],
};

const NAME: Readonly<Record<Opening, string>> = {
  start: 'command',
  quote: 'command',
  newline: 'newline',
  ';': 'sequence',
  '|': 'pipe',
  '||': 'or-list',
  '&': 'background',
  '&&': 'and-list',
  '$(': 'substitution',
  '`': 'backticks',
  '<(': 'process-substitution',
  '(': 'subshell',
};

export type Reading = { readonly text: string; readonly commands: readonly ShellCommand[]; readonly prose: number };

/** The strongest of the commands that a text holds. */
export function judgeCommands(reading: Reading): Evidence | null {
  let best: Evidence | null = null;
  const { commands } = reading;
  // Writing for people does not begin with an operator.
  const prose = /^\s{0,8}[;|&`$]/.test(reading.text) ? 0 : reading.prose;
  const lines = linesOf(reading.text);
  const seen = new Set<string>();
  for (let i = 0; i < commands.length; i++) {
    const command = commands[i] as ShellCommand;
    if (commands.length > MANY_COMMANDS && isSeen(seen, command, reading.text)) continue;
    const confidence = damped(confidenceOf(reading, i, lines), command, prose, reading.text);
    if (confidence > (best?.confidence ?? 0)) {
      best = {
        technique: NAME[command.opening],
        confidence,
        start: command.start,
        end: Math.max(command.end, command.start + 1),
      };
      if (confidence >= CONFIDENCE.certain) break;
    }
  }
  return best;
}

const MANY_COMMANDS = 64;
const SHORT_COMMAND = 32;

/** In a long text the same short command is judged once: its neighbours no longer matter. */
function isSeen(seen: Set<string>, { opening, words, start, end }: ShellCommand, text: string): boolean {
  if (end - start > SHORT_COMMAND || words.some(({ disguised }) => disguised)) return false;
  const key = `${opening} ${text.slice(start, end)}`;
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

/** Line breaks with something on both sides, as far as it matters. */
function linesOf(text: string): number {
  return text.length > 2_000 ? MANY_LINES : (text.match(/\S[^\S\n]{0,8}\n(?=\s{0,8}\S)/g)?.length ?? 0);
}

const MANY_LINES = 50;

function confidenceOf(reading: Reading, at: number, lines: number): number {
  const command = reading.commands[at] as ShellCommand;
  const { opening, words } = command;
  if (!mayBeCommand(command)) return 0;
  const statement = cmdStatement(command);
  if (statement > 0 && opening !== '`')
    return statement === 3 ? LOOP : statement === 2 ? STATEMENT : CONFIDENCE.possible;
  if (
    words.length > 0 &&
    words.length <= 4 &&
    words.some(({ text, disguised }) => isFileGlob(text) || (disguised && HIDDEN_FILE.test(text)))
  ) {
    return 90;
  }
  if (words.length <= 3 && isCommandGlob(words[0]?.text ?? '')) return 85;
  const level = levelOf(command);
  // Hardly anything else has a dollar, a parenthesis and a command's name in a row.
  if (level === LEVEL.nothing)
    return opening === '$(' && words.length > 1 && words.length < 8 && isKnown(words[0]?.raw ?? '')
      ? CONFIDENCE.likely
      : 0;
  // `a=1&b=two words`: a query, unless its words can be nothing else.
  if (opening === '&' && level < LEVEL.severe && QUERY_PAIR.test(words[0]?.text ?? '')) return 0;
  if (isCapitalised(command) && level < LEVEL.severe) return 0;
  if (
    opening === '|' &&
    level === LEVEL.bare &&
    at > 0 &&
    runsInput(command) &&
    !runsInput(reading.commands[at - 1] as ShellCommand)
  )
    return 85;
  if (opening === '(' && level >= LEVEL.named && '&.'.includes(reading.text.charAt(command.start - 2) || ' '))
    return CONFIDENCE.likely;
  if ((opening === 'start' || opening === 'quote') && level >= LEVEL.told) return directly(reading, at, level);
  if (opening === '|' && isFilterLine(reading.commands, at)) return CONFIDENCE.possible;
  if (opening === 'newline' && (lines > 4 || (lines > 1 && level < LEVEL.severe && !startsText(reading, at))))
    return CONFIDENCE.possible;
  const sure = SURENESS[opening][level];
  if (level === LEVEL.bare && STANDS_ALONE.has(opening) && isAlone(reading, at)) return CONFIDENCE.likely;
  if (level === LEVEL.named && opening === 'newline' && isAlone(reading, at)) return CONFIDENCE.likely;
  if (
    (level === LEVEL.named || level === LEVEL.told) &&
    opening === 'start' &&
    command.closing !== '' &&
    reading.commands.length > 1
  ) {
    return level === LEVEL.named && words.length === 1 && at === 0
      ? CONFIDENCE.likely
      : Math.max(sure, CONFIDENCE.possible);
  }
  return sure;
}

function startsText({ text, commands }: Reading, at: number): boolean {
  const { start } = commands[at] as ShellCommand;
  return start < 200 && text.slice(0, start).trim() === '';
}

/** Most commands in honest texts are a word that is no command's name: they are done with at once. */
function mayBeCommand({ words, redirects }: ShellCommand): boolean {
  const [first] = words;
  if (first === undefined || redirects.length > 0 || first.disguised || !/^[A-Za-z_-]{1,40}$/.test(first.text))
    return true;
  return isKnown(first.text.toLowerCase()) || words.some(({ disguised, text }) => disguised || /[?*[]/.test(text));
}

const HIDDEN_FILE = /^\/?etc\/(?:passwd|shadow|hosts)$/;
const QUERY_PAIR = /^[\w.[\]-]{1,40}=/;
const STANDS_ALONE: ReadonlySet<Opening> = new Set<Opening>([';', '|', '||', '&', '&&', 'newline', 'quote']);

/** `Find`, `Cat`: as sentences begin. */
function isCapitalised({ words, opening }: ShellCommand): boolean {
  return (
    opening !== '$(' &&
    opening !== '`' &&
    /^[A-Z][a-z]+$/.test(words[0]?.raw ?? '') &&
    !/^(?:Dir|Type|Net)$/.test(words[0]?.raw ?? '')
  );
}

/** Whether what comes through the pipe is run. */
function runsInput({ words }: ShellCommand): boolean {
  const name = (words[0]?.text ?? '').replace(/^\/(?:usr\/)?bin\//, '');
  return words.length === 1 && (SHELLS.has(name) || PIPED_INTERPRETERS.has(name));
}

const PIPED_INTERPRETERS: ReadonlySet<string> = new Set(['python', 'python3', 'perl', 'ruby', 'php']);

const LEAST =
  /^[\s"'`)\]}%*.,:;$-]{0,200}$|^[\w-]{0,2}["')]{0,3}$|^-?\d[\d.]{0,40}["')]{0,3}$|^[^\s=]{0,200}[./:@\\][^\s=]{0,200}$|^[\w -]{0,40}["']$/;

/** Whether a name without arguments has nothing beside it but what it was put behind: a number, a host, a quote. */
function isAlone({ commands, text }: Reading, at: number): boolean {
  const { start, end } = commands[at] as ShellCommand;
  if (commands.length > 3 || text.length > 200) return false;
  const before = text
    .slice(0, start)
    .replace(/[;|&\r\n]{1,2}\s{0,40}$/, '')
    .trimEnd();
  const after = text.slice(end).replace(/^\s{0,40}[;|&\r\n]{1,2}/, '');
  return LEAST.test(before) && /^[\s"'`)\]};|&#*/-]*$/.test(after);
}

/** In writing for people a command is mostly something that they write about. */
function damped(confidence: number, { opening, words, end }: ShellCommand, prose: number, text: string): number {
  if (confidence === LOOP) return confidence;
  if (opening === '`' && isMarkdown(text))
    return Math.min(confidence, confidence >= 90 ? CONFIDENCE.possible : CONFIDENCE.weak);
  if (prose < (confidence === STATEMENT ? MUCH_PROSE : PROSE) || confidence < CONFIDENCE.likely) return confidence;
  if (opening === '`') return CONFIDENCE.possible;
  // Words in front are a cheap disguise: what runs does so whatever stands before it. Who writes about a command goes on writing.
  if (confidence >= 90 && (opening === '$(' || LAST.test(text.slice(end, end + 40)))) return CONFIDENCE.likely;
  if (confidence >= 90 && prose < MUCH_PROSE && words.some(({ text }) => HIDDEN_FILE.test(text))) return confidence;
  return CONFIDENCE.possible;
}

const LAST = /^[\s"'`)\]};|&]{0,39}(?:$|#)/;

/** Of loops and conditions of cmd.exe: half of their words are English. */
const STATEMENT = 84;
/** Nothing but cmd.exe's loop has a variable with a percent sign before its `in`. */
const LOOP = 86;
const PROSE = 0.55;
const MUCH_PROSE = 0.8;
