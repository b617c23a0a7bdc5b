import { CMD_ENVIRONMENT } from './windows-commands.ts';

/** Line breaks that stand as escapes, and spaces that stand as plus signs: some application behind will read them so. */
export function withBreaks(text: string): string {
  let out = text;
  if (out.includes('\\')) out = out.replace(BREAKS_BEFORE, breaks).replace(BREAKS_BEHIND, breaks);
  if (out.includes('+') && !out.includes(' ')) out = out.replaceAll('+', ' ');
  return out;
}

const BREAKS_BEFORE = /(?<=^|[\s;|&"'])(?:\\[nr]){1,4}(?=[\w/.$`])/g;
const BREAKS_BEHIND = /(?:\\[nr]){1,4}(?=$|["';|&])/g;

/** As long as what they stand for, so that places stay. */
function breaks(escapes: string): string {
  return '\n'.padStart(escapes.length);
}

const JOINED = /(['"])\s{0,4}\+\s{0,4}\1/g;
const TICK = /(?<=[A-Za-z])`(?=[A-Za-z])/g;
const CUT = /%(\w{2,30}):~(-?\d{1,3})(?:,(-?\d{1,3}))?%/g;

/** What cmd.exe and PowerShell leave out (`^`, a backtick inside a word, `'a'+'b'`) or cut out of variables (`%PATH:~0,1%`). */
export function withoutWindowsQuoting(text: string): string {
  let out = text;
  if (out.includes('^')) out = out.replaceAll('^', '');
  if (out.includes('`')) out = out.replace(TICK, '');
  if (out.includes('+')) out = out.replace(JOINED, '');
  if (out.includes(':~')) out = out.replace(CUT, cut);
  return out;
}

function cut(whole: string, name: string, from: string, length?: string): string {
  const value = CMD_ENVIRONMENT.get(name.toLowerCase());
  if (value === undefined) return whole;
  const start = Number(from);
  const rest = value.slice(start);
  return length === undefined ? rest : rest.slice(0, Number(length));
}
