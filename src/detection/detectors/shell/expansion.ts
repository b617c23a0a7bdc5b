/** What a parameter of the shell comes to (POSIX.1-2024, Shell Command Language §2.6.2), as far as a text alone shows it. */
export type Parameter = { readonly value: string; readonly end: number; readonly isSpace: boolean };

/** What is set in nearly every environment, as attackers use it: letters and slashes to cut out. */
const ENVIRONMENT: ReadonlyMap<string, string> = new Map([
  ['HOME', '/root'],
  ['PATH', '/usr/local/bin:/usr/bin:/bin'],
  ['SHELL', '/bin/sh'],
  ['BASH', '/bin/bash'],
  ['PWD', '/'],
]);

const MOST_NAME = 200;
const SLICE = /^(\w{1,64}):\s{0,2}(-?\d{1,3})(?::(-?\d{1,3}))?$/;
const DEFAULT = /^[\w@*!]{1,64}:?[-=+](.*)$/;
const IDENTIFIER = /[A-Za-z_]\w{0,63}/y;
const SPECIAL = '@*#?-$!0123456789';

/** The parameter at a dollar sign; null where there is none. What is not known is taken to be empty, as shells do. */
export function parameterOf(text: string, at: number, variables: ReadonlyMap<string, string>): Parameter | null {
  const next = text[at + 1];
  if (next === undefined) return null;
  if (next === '{') return bracedParameter(text, at, variables);
  if (SPECIAL.includes(next)) return { value: '', end: at + 2, isSpace: false };
  IDENTIFIER.lastIndex = at + 1;
  const name = IDENTIFIER.exec(text)?.[0];
  if (name === undefined) return null;
  const value = knownValue(name, variables);
  return { value, end: at + 1 + name.length, isSpace: name === 'IFS' || /^\s+$/.test(value) };
}

function bracedParameter(text: string, at: number, variables: ReadonlyMap<string, string>): Parameter | null {
  const inner = text.slice(at + 2, at + 2 + MOST_NAME);
  const close = inner.indexOf('}');
  if (close === -1) return null;
  const body = inner.slice(0, close);
  const end = at + 3 + close;
  if (/^IFS\b/.test(body)) return { value: '', end, isSpace: true };
  if (!/^[\w@*#?!$-]/.test(body)) return null;
  const slice = SLICE.exec(body);
  if (slice !== null) {
    const value = knownValue(slice[1] as string, variables);
    const from = Number(slice[2]);
    const rest = value.slice(from < 0 ? Math.max(0, value.length + from) : from);
    const length = slice[3] === undefined ? rest.length : Number(slice[3]);
    return { value: rest.slice(0, length), end, isSpace: false };
  }
  const otherwise = DEFAULT.exec(body)?.[1];
  if (otherwise !== undefined) return { value: otherwise, end, isSpace: false };
  return { value: /^\w+$/.test(body) ? knownValue(body, variables) : '', end, isSpace: false };
}

function knownValue(name: string, variables: ReadonlyMap<string, string>): string {
  return variables.get(name) ?? ENVIRONMENT.get(name) ?? '';
}

const ANSI_C = /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|(.))/g;
const LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ n: '\n', t: '\t', r: '\r', e: '\x1b', a: '\x07', b: '\b' }),
);

/** The inside of `$'…'`. */
export function decodeAnsiC(text: string): string {
  return text.replace(ANSI_C, (_, byte?: string, unit?: string, octal?: string, letter?: string) => {
    if (letter !== undefined) return LETTERS.get(letter) ?? letter;
    return String.fromCharCode(
      octal === undefined ? Number.parseInt(byte ?? unit ?? '0', 16) : Number.parseInt(octal, 8),
    );
  });
}
