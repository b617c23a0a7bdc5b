import { SENSITIVE_FILE } from './commands.ts';
import { isFileGlob } from './globs.ts';
import type { ShellWord } from './shell-command.ts';

/** What a command's arguments look like: whether they are such as a command takes, or words of a sentence. */
export type Arguments = {
  readonly count: number;
  /** A file that only an attacker wants to see. */
  readonly sensitive: boolean;
  readonly options: number;
  readonly paths: number;
  readonly hosts: number;
  readonly files: number;
  readonly numbers: number;
  /** Options and paths of Windows. */
  readonly windows: number;
  /** Quoted in the middle, expanded, or with a pattern. */
  readonly disguised: number;
  /** Words of any language. */
  readonly plain: number;
};

const OPTION = /^(?:-{1,2}[A-Za-z0-9?]|\+[A-Za-z!])[\w-]{0,40}(?:[=:,].{0,400})?$/s;
const WINDOWS_OPTION = /^\/[A-Za-z?]{1,12}(?::.{0,80})?$/;
const WINDOWS_PATH =
  /^(?:"?[A-Za-z]:(?:[\\/]|$)|\\\\[\w.$-]{1,60}\\|%\w{2,30}%|\.{1,2}\\|HK(?:LM|CU|CR|EY_\w{4,30})\b)/i;
const PATH = /^(?:~|\.{1,2})?\/(?:[\w.*?[\]-]|$)|^~$|^\.{1,2}$|^[\w.-]{1,80}\/[\w.-]{1,80}\//;
const URL = /^(?:[a-z][a-z0-9+.-]{1,15}:\/\/|\/\/)[^\s]/i;
const HOST =
  /^(?:[\w.+-]{1,40}@)?(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]{2,45}\]|(?:[a-z0-9-]{1,63}\.){1,6}(?:[a-z]{2,10}))(?::\d{1,5})?(?:\/\S{0,400})?$/i;
const FILE = /^[\w*?.-]{1,100}\.(?:\w{1,5}|\*)$|^\*$|^[\w?-]{0,40}\*[\w?.-]{0,40}$/;
const NUMBER = /^\d{1,9}(?:\.\d{1,6})?[smhdkMG]?$/;

export function argumentsOf(words: readonly ShellWord[], from: number): Arguments {
  const seen = {
    count: 0,
    sensitive: false,
    options: 0,
    paths: 0,
    hosts: 0,
    files: 0,
    numbers: 0,
    windows: 0,
    disguised: 0,
    plain: 0,
  };
  for (let i = from; i < words.length && seen.count < 64; i++) {
    const { text, raw, disguised } = words[i] as ShellWord;
    seen.count++;
    const short = text.length > 512 ? text.slice(0, 512) : text;
    if (SENSITIVE_FILE.test(short) || SENSITIVE_FILE.test(raw.slice(0, 512)) || isFileGlob(short))
      seen.sensitive = true;
    if (OPTION.test(short)) seen.options++;
    else if (WINDOWS_PATH.test(raw.slice(0, 512))) seen.windows++;
    else if (URL.test(short) || HOST.test(short)) seen.hosts++;
    else if (WINDOWS_OPTION.test(short)) {
      seen.windows++;
      seen.paths++;
    } else if (PATH.test(short)) seen.paths++;
    else if (FILE.test(short)) seen.files++;
    else if (NUMBER.test(short)) seen.numbers++;
    else if (disguised && /\w/.test(short)) seen.disguised++;
    else if (/^["'(]?[\p{L}’'-]+[.,;:!?)"']{0,3}$/u.test(raw)) seen.plain++;
  }
  return seen;
}
