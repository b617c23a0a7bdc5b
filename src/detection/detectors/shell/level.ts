import { type Arguments, argumentsOf } from './arguments.ts';
import {
  BARE,
  FILES,
  HOSTS,
  INTERPRETERS,
  LOUD,
  NUMBERS,
  OPTIONS,
  PRINTERS,
  RECONNAISSANCE,
  SHELLS,
  WRAPPERS,
} from './commands.ts';
import { isCommandGlob, isNameGlob } from './globs.ts';
import type { Redirect, ShellCommand, ShellWord } from './shell-command.ts';
import { CMDLET_ALIASES, CMDLETS, SUBCOMMANDS, WINDOWS_LOUD, WINDOWS_QUIET } from './windows-commands.ts';

/** How plainly words are meant as a command, from nothing to what only an attacker runs. */
export const LEVEL = {
  nothing: 0,
  /** A name that is also a word, alone. */
  bare: 1,
  /** A name that is no word, alone or with plain words. */
  named: 2,
  /** With arguments as a command takes them. */
  told: 3,
  severe: 4,
} as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

const SYSTEM_FOLDER =
  /^(?:(?:\.\.\/){0,12}\/?(?:usr\/)?(?:local\/)?s?bin\/|bin\/|[a-z]:[\\/]+win\w{2,6}[\\/]+system32[\\/]+)/i;
const WINDOWS_FOLDER = /^[a-z]:\\{1,2}win\w{2,6}\\/i;
const INLINE = /^-{1,2}(?:[a-z]{0,4}[ceEr]|command|enc|encodedcommand|eval|e[nc]\w{0,13}|nop\w{0,8}|w|nx|ex|wrapper)$/i;
const NUMBERED = /^(python|perl|ruby|php|node|lua|gcc|pip|clang)[\d.]{1,5}$/;

const NETWORK = /^\/dev\/(?:tcp|udp)\//;
const PROGRAM_FILE = /\.(?:php\d?|phtml|jspx?|aspx?|sh|py|pl|cgi|html?|bat|ps1|vbs|exe|txt)$|^\//i;

export function levelOf({ words, redirects }: ShellCommand): Level {
  let first = 0;
  let wrapped = false;
  let loudly = false;
  while (first < words.length - 1 && first < 6 && isWrapping(words, first)) {
    wrapped ||= WRAPPERS.has((words[first] as ShellWord).text.toLowerCase());
    loudly ||= LOUD_WRAPPERS.has((words[first] as ShellWord).text.toLowerCase());
    first++;
  }
  if (redirects.some(({ target }) => NETWORK.test(target))) return LEVEL.severe;
  const word = words[first];
  if (isPause(words)) return LEVEL.told;
  if (word === undefined) return LEVEL.nothing;
  const level = levelOfName(word, argumentsOf(words, first + 1), words, first);
  if (level === LEVEL.severe || redirects.length === 0) {
    return (wrapped && level === LEVEL.named) || (loudly && level === LEVEL.bare) ? LEVEL.told : level;
  }
  const { operator, target } = redirects[redirects.length - 1] as Redirect;
  if (operator === '<<<' && isKnown(word.text.toLowerCase())) return LEVEL.told;
  if (operator.startsWith('>') && level > LEVEL.nothing && PROGRAM_FILE.test(target)) return LEVEL.severe;
  return level >= LEVEL.bare && /^[./&\w]/.test(target) ? LEVEL.told : level;
}

const LOUD_WRAPPERS: ReadonlySet<string> = new Set(['sudo', 'doas', 'nohup', 'strace', 'ltrace']);
const EDITORS: ReadonlySet<string> = new Set(['vi', 'vim', 'ex', 'ed', 'gdb']);
const TAKING_OPTIONS: ReadonlySet<string> = new Set(
  'sudo doas nice ionice timeout stdbuf xargs setsid flock cpulimit taskset strace'.split(' '),
);

/** `timeout 10`, `timeout /t 10`: cmd.exe's way to wait. */
function isPause(words: readonly ShellWord[]): boolean {
  if (words[0]?.text.toLowerCase() !== 'timeout' || words.length < 2) return false;
  return words.slice(1).every(({ text }) => /^(?:\d{1,5}|\/t|\/nobreak)$/i.test(text));
}

/** Programs that are told what to do by plain words. */
function isTool(name: string): boolean {
  return /^(?:ansible|chef|apt|dpkg|aa)-[a-z-]{2,20}$/.test(name) || TOOLS.has(name);
}

const TOOLS: ReadonlySet<string> = new Set(
  'cscli netsh wmic systemctl iptables kubectl docker pip pip3 pipx schtasks sc useradd userdel usermod passwd'.split(
    ' ',
  ),
);

/** Whether the word only sets the stage: an assignment, a wrapper, or the options between a wrapper and its command. */
function isWrapping(words: readonly ShellWord[], at: number): boolean {
  const text = (words[at] as ShellWord).text;
  if (/^[A-Za-z_]\w{0,40}=/.test(text)) return true;
  if (WRAPPERS.has(text.toLowerCase()) && !(words[at + 1] as ShellWord).text.startsWith('-')) return true;
  if (TAKING_OPTIONS.has(text.toLowerCase())) return true;
  return at > 0 && /^(?:-\w{1,10}|\d{1,6}|\/)$/.test(text) && WRAPPERS.has((words[0] as ShellWord).text.toLowerCase());
}

function levelOfName(word: ShellWord, args: Arguments, words: readonly ShellWord[], at: number): Level {
  const written = WINDOWS_FOLDER.test(word.raw) ? word.raw : word.text;
  const text = written.length > 128 ? '' : written.replace(/^[@("'\\]{1,3}/, '').replace(/\/{2,}/g, '/');
  if (isCommandGlob(text)) return LEVEL.severe;
  if (isNameGlob(text) && (args.sensitive || args.paths > 0 || word.disguised)) return LEVEL.severe;
  const path = SYSTEM_FOLDER.exec(text)?.[0] ?? '';
  const name = text
    .slice(path.length)
    .replace(/\.exe$/i, '')
    .toLowerCase()
    .replace(NUMBERED, '$1');
  if (name === '' || /\s/.test(name)) return LEVEL.nothing;
  if (path !== '' && /^[\w.+-]{1,40}$/.test(name)) return isKnown(name) || args.count > 0 ? LEVEL.severe : LEVEL.told;
  const level = levelOfKnown(name, args, words, at);
  if (!word.disguised || !isKnown(name)) return level;
  if (RECONNAISSANCE.has(name) || LOUD.has(name) || level >= LEVEL.told) return LEVEL.severe;
  return args.plain > 2 ? level : LEVEL.told;
}

export function isKnown(name: string): boolean {
  return KNOWN.has(name);
}

/** As it is written: in any case, with a version or an ending behind it. */
export function isKnownName(word: string): boolean {
  if (word === '' || word.length > LONGEST_NAME) return false;
  const name = word.toLowerCase();
  return KNOWN.has(name) || (/[\d.]/.test(name) && KNOWN.has(name.replace(/\.exe$/, '').replace(NUMBERED, '$1')));
}

const LONGEST_NAME = 40;

function levelOfKnown(name: string, args: Arguments, words: readonly ShellWord[], at: number): Level {
  const telling =
    args.options +
    args.paths +
    args.hosts +
    args.files +
    args.numbers +
    args.windows +
    args.disguised +
    (args.sensitive ? 1 : 0);
  if (args.plain > 4 && !args.sensitive) return LEVEL.nothing;
  if (SHELLS.has(name) || INTERPRETERS.has(name)) return levelOfInterpreter(name, args, words, at, telling);
  if (CMDLETS.has(name) || CMDLET_ALIASES.has(name)) return args.count > 0 ? LEVEL.told : LEVEL.bare;
  const isLoud = LOUD.has(name) || RECONNAISSANCE.has(name) || WINDOWS_LOUD.has(name);
  if (isLoud && isSevere(name, args, words, at)) return LEVEL.severe;
  if (isLoud && telling > 0) return args.sensitive ? LEVEL.severe : LEVEL.told;
  if (isTool(name) && args.count > 0 && args.count <= 5) return LEVEL.told;
  const quiet = levelOfQuiet(name, args, words, at, telling);
  if (quiet > LEVEL.nothing) return quiet;
  if (RECONNAISSANCE.has(name)) return args.count === 0 ? LEVEL.named : LEVEL.nothing;
  if (isLoud) return args.count === 0 ? LEVEL.bare : args.count <= 3 ? LEVEL.bare : LEVEL.nothing;
  return BARE.has(name) && args.count === 0 ? LEVEL.bare : LEVEL.nothing;
}

function levelOfInterpreter(
  name: string,
  args: Arguments,
  words: readonly ShellWord[],
  at: number,
  telling: number,
): Level {
  const rest = words.slice(at + 1, at + 9);
  if (rest.length > 1 && rest.some(({ text }) => INLINE.test(text))) return LEVEL.severe;
  if (rest.length === 1 && /^-[ce][^\s]{4}/.test(rest[0]?.text ?? '')) return LEVEL.severe;
  if (name === 'cmd' && rest.some(({ text }) => /^\/[ckr]/i.test(text))) return LEVEL.severe;
  if (args.sensitive) return LEVEL.severe;
  if (telling > 0 && args.plain <= 2) return LEVEL.told;
  return args.count === 0 ? LEVEL.bare : LEVEL.nothing;
}

const CONNECTORS: ReadonlySet<string> = new Set(['nc', 'ncat', 'netcat', 'socat', 'telnet']);
const DOWNLOADERS: ReadonlySet<string> = new Set([
  'wget',
  'curl',
  'certutil',
  'bitsadmin',
  'mshta',
  'regsvr32',
  'tftp',
  'lwp-download',
]);

function isSevere(name: string, args: Arguments, words: readonly ShellWord[], at: number): boolean {
  if (CONNECTORS.has(name)) return args.options > 0 && args.numbers + args.hosts > 0;
  if (DOWNLOADERS.has(name)) return args.hosts > 0 && args.options > 0;
  const next = words[at + 1]?.text ?? '';
  if (name === 'chmod') return /^(?:\+x|[0-7]{3,4}|[ugoa]\+\w)$/i.test(next);
  return false;
}

const LOCATORS: ReadonlySet<string> = new Set(['which', 'whereis', 'command']);

const READERS: ReadonlySet<string> = new Set([
  'cat',
  'tac',
  'nl',
  'more',
  'less',
  'head',
  'tail',
  'ls',
  'dir',
  'type',
  'cp',
  'mv',
  'rm',
  'vi',
  'vim',
  'cd',
  'll',
]);

function levelOfQuiet(name: string, args: Arguments, words: readonly ShellWord[], at: number, telling: number): Level {
  const next = words[at + 1]?.text.toLowerCase() ?? '';
  if (SUBCOMMANDS.get(name)?.has(next)) return args.count > 2 || args.windows > 0 ? LEVEL.severe : LEVEL.told;
  if (WINDOWS_QUIET.has(name) && args.windows > args.paths && args.plain <= 4)
    return args.sensitive ? LEVEL.severe : LEVEL.told;
  // `sort -price`: a field, and which way.
  if (name === 'sort' && /^-[a-z_]{3,}$/.test(next)) return LEVEL.nothing;
  if (name === 'rm' && /^-[rf]{1,3}$/.test(next)) return LEVEL.severe;
  if (name === 'find' && words.some(({ text }) => /^-(?:exec|delete|name|perm|user)$/.test(text))) return LEVEL.severe;
  if (name === 'dd' && /^[io]f=/.test(next)) return LEVEL.severe;
  if (name === 'alias' && /=|^[-+]/.test(next)) return LEVEL.told;
  if (LOCATORS.has(name) && args.count === 1 && (LOUD.has(next) || INTERPRETERS.has(next) || next === 'nc'))
    return LEVEL.told;
  if (EDITORS.has(name) && words.some(({ text }) => text.includes('!'))) return LEVEL.told;
  if (name === 'at' && /^(?:\d{1,2}:\d{2}|now)$/.test(next)) return LEVEL.told;
  if (name === 'kill' && /^-?\d+$/.test(next)) return LEVEL.told;
  if (args.plain > 2) return args.sensitive ? LEVEL.told : LEVEL.nothing;
  if (FILES.has(name)) {
    if (args.sensitive) return LEVEL.severe;
    if (args.paths > 0 || args.options > 0 || args.files > 0 || args.disguised > 0) return LEVEL.told;
    if (READERS.has(name) && args.count > 0 && args.count <= 2) return LEVEL.bare;
  }
  if (HOSTS.has(name) && (args.options > 0 || args.hosts > 0)) return LEVEL.told;
  if (NUMBERS.has(name) && args.numbers === 1 && args.count === 1) return LEVEL.told;
  if (OPTIONS.has(name) && args.options > 0) return LEVEL.told;
  if (PRINTERS.has(name) && args.sensitive) return LEVEL.severe;
  if (PRINTERS.has(name) && args.count > 0 && args.plain <= 1)
    return telling > 0 || args.count <= 2 ? LEVEL.told : LEVEL.bare;
  if (BARE.has(name) && (args.options > 0 || args.paths > 0)) return LEVEL.told;
  return LEVEL.nothing;
}

const KNOWN: ReadonlySet<string> = new Set(
  [
    ...[LOUD, RECONNAISSANCE, BARE, FILES, SHELLS, INTERPRETERS, HOSTS, NUMBERS, PRINTERS, OPTIONS, WRAPPERS],
    ...[WINDOWS_LOUD, WINDOWS_QUIET, CMDLETS, CMDLET_ALIASES, TOOLS],
  ].flatMap((names) => [...names]),
);
