import { decodeAnsiC, parameterOf } from './expansion.ts';

/** What a command follows on: the start of the text, a closing quote, an operator, or the opening of a substitution. */
export type Opening = 'start' | 'quote' | ';' | '|' | '||' | '&' | '&&' | 'newline' | '$(' | '`' | '<(' | '(';

export type ShellWord = {
  /** With the shell's quoting undone. */
  readonly text: string;
  readonly raw: string;
  /** Whether quotes, escapes or expansions stand within it, where nobody needs them. */
  readonly disguised: boolean;
};

export type Redirect = { readonly operator: string; target: string };

/** A simple command (POSIX.1-2024, Shell Command Language §2.9.1). */
export type ShellCommand = {
  readonly opening: Opening;
  /** The operator behind it, empty at the end of the text. */
  closing: string;
  readonly words: ShellWord[];
  readonly redirects: Redirect[];
  readonly start: number;
  end: number;
};

/** Where the text would stand in the command line it is put into. */
export type Quoting = 'none' | 'single' | 'double';

const PLAIN = /[^\s;|&()<>'"`\\$#{}]+/y;
const MOST_COOKED = 1024;
const MOST_DEPTH = 32;
const MOST_VARIABLE = 64;
const ASSIGNMENT = /^([A-Za-z_]\w{0,63})\+?=/;

type Frame = { command: ShellCommand; closer: ')' | '`'; inDouble: boolean; word: Builder };
type Builder = { text: string; start: number; disguised: boolean; brace: boolean };

/**
 * Reads a text as a POSIX shell would and undoes the shell's own quoting: quotes, escapes, parameters that are empty or assigned
 * before, `$IFS`, braces. An unclosed quote is a character like any other, for the text may be half of a command line. Linear:
 * each character is looked at a bounded number of times, and expansions are cut.
 */
export function lexShell(text: string, quoting: Quoting = 'none'): ShellCommand[] {
  return new Lexer(text).run(quoting);
}

class Lexer {
  readonly #text: string;
  readonly #commands: ShellCommand[] = [];
  readonly #stack: Frame[] = [];
  readonly #variables = new Map<string, string>();
  /** Characters of which the rest of the text is known to hold no more. */
  readonly #spent = new Set<string>();
  #at = 0;
  #inDouble = false;
  #command: ShellCommand;
  #word: Builder = { text: '', start: -1, disguised: false, brace: false };
  #redirect: Redirect | null = null;

  constructor(text: string) {
    this.#text = text;
    this.#command = this.#fresh('start', 0);
  }

  run(quoting: Quoting): ShellCommand[] {
    if (quoting === 'single') {
      const quote = this.#text.indexOf("'");
      if (quote === -1) return [];
      this.#at = quote + 1;
      this.#command = this.#fresh('quote', this.#at);
    }
    this.#inDouble = quoting === 'double';
    while (this.#at < this.#text.length) this.#step();
    this.#endCommand('');
    while (this.#stack.length > 0) this.#pop('');
    return this.#commands;
  }

  #step(): void {
    const character = this.#text[this.#at] as string;
    switch (character) {
      case "'":
        if (this.#inDouble) this.#add(1);
        else this.#single();
        return;
      case '"':
        this.#double();
        return;
      case '`':
        this.#backtick();
        return;
      case '\\':
        this.#backslash();
        return;
      case '$':
        this.#dollar();
        return;
      case ')':
        this.#close();
        return;
    }
    if (this.#inDouble) {
      this.#run();
      return;
    }
    switch (character) {
      case ' ':
      case '\t':
        this.#endWord();
        this.#at++;
        return;
      case '\n':
      case '\r':
        this.#operator('newline', 1);
        return;
      case ';':
        this.#operator(';', 1);
        return;
      case '|':
        if (this.#next('|')) this.#operator('||', 2);
        else this.#operator('|', 1);
        return;
      case '&':
        if (this.#next('>')) {
          this.#redirection(1);
          return;
        }
        if (this.#next('&')) this.#operator('&&', 2);
        else this.#operator('&', 1);
        return;
      case '<':
      case '>':
        this.#redirection(0);
        return;
      case '(':
        this.#parenthesis();
        return;
      case '{':
      case '}':
        this.#brace(character);
        return;
      case '#':
        this.#hash();
        return;
    }
    this.#run();
  }

  /** A stretch of characters without a meaning of their own. */
  #run(): void {
    PLAIN.lastIndex = this.#at;
    const run = PLAIN.exec(this.#text);
    this.#add(run === null ? 1 : run[0].length);
  }

  #add(length: number): void {
    this.#append(this.#text.slice(this.#at, this.#at + length), this.#at);
    this.#at += length;
  }

  #append(text: string, start: number): void {
    const word = this.#word;
    if (word.start < 0) word.start = start;
    if (word.text.length < MOST_COOKED) word.text += text;
  }

  #next(character: string, ahead = 1): boolean {
    return this.#text[this.#at + ahead] === character;
  }

  /** Where the character comes next, or -1; a search that failed is not made again. */
  #find(character: string, from: number): number {
    if (this.#spent.has(character)) return -1;
    const found = this.#text.indexOf(character, from);
    if (found === -1) this.#spent.add(character);
    return found;
  }

  #single(): void {
    const close = this.#find("'", this.#at + 1);
    if (close === -1) {
      this.#add(1);
      return;
    }
    if (this.#isInWord() || isWordCode(this.#text.charCodeAt(close + 1))) this.#word.disguised = true;
    this.#append(this.#text.slice(this.#at + 1, Math.min(close, this.#at + MOST_COOKED)), this.#at);
    this.#at = close + 1;
  }

  /** A quote with more of the word before its opening or behind its closing is there to split the word. */
  #double(): void {
    if (!this.#inDouble && this.#find('"', this.#at + 1) === -1) {
      this.#add(1);
      return;
    }
    const splits = this.#inDouble
      ? this.#word.start >= 0 && isWordCode(this.#text.charCodeAt(this.#at + 1))
      : this.#isInWord();
    if (splits) this.#word.disguised = true;
    this.#append('', this.#at);
    this.#at++;
    this.#inDouble = !this.#inDouble;
  }

  #isInWord(): boolean {
    const { start, text } = this.#word;
    return start >= 0 && isWordCode(text.charCodeAt(text.length - 1));
  }

  #backtick(): void {
    const top = this.#stack[this.#stack.length - 1];
    if (top?.closer === '`') {
      this.#pop('`');
      this.#at++;
      return;
    }
    if (this.#stack.length >= MOST_DEPTH || this.#find('`', this.#at + 1) === -1) {
      this.#add(1);
      return;
    }
    this.#push('`', '`', 1);
  }

  #backslash(): void {
    const next = this.#text[this.#at + 1];
    if (next === undefined || (this.#inDouble && !'$`"\\\n'.includes(next))) {
      this.#add(1);
      return;
    }
    if (next !== '\n') this.#append(next, this.#at);
    if (isWordCode(next.charCodeAt(0))) this.#word.disguised = true;
    this.#at += 2;
  }

  #dollar(): void {
    const next = this.#text[this.#at + 1];
    if (next === '(') {
      if (this.#stack.length >= MOST_DEPTH) {
        this.#add(2);
        return;
      }
      this.#push('$(', ')', 2);
      return;
    }
    if (next === "'" && !this.#inDouble) {
      const close = this.#find("'", this.#at + 2);
      if (close === -1) {
        this.#add(1);
        return;
      }
      this.#append(decodeAnsiC(this.#text.slice(this.#at + 2, Math.min(close, this.#at + MOST_COOKED))), this.#at);
      this.#word.disguised = true;
      this.#at = close + 1;
      return;
    }
    if (next === '"' && !this.#inDouble) {
      this.#append('', this.#at);
      this.#at++;
      return;
    }
    if (next === '{' && (this.#next('`', 2) || this.#next('$', 2))) {
      this.#append('', this.#at);
      this.#at += 2;
      return;
    }
    const parameter = parameterOf(this.#text, this.#at, this.#variables);
    if (parameter === null) {
      this.#add(1);
      return;
    }
    if (parameter.isSpace && !this.#inDouble) {
      this.#endWord();
    } else {
      this.#expand(parameter.value);
    }
    this.#at = parameter.end;
  }

  /** Puts in what a parameter stands for, which the shell splits where it is not quoted (§2.6.5). */
  #expand(value: string): void {
    const fields = this.#inDouble || !/\s/.test(value) ? [value] : value.split(/\s+/);
    for (let i = 0; i < fields.length; i++) {
      if (i > 0) this.#endWord();
      this.#append(fields[i] as string, this.#at);
      this.#word.disguised = true;
    }
  }

  #close(): void {
    const top = this.#stack[this.#stack.length - 1];
    if (top?.closer === ')' && !this.#inDouble) {
      this.#pop(')');
      this.#at++;
      return;
    }
    this.#add(1);
  }

  #parenthesis(): void {
    if (this.#word.start >= 0) {
      this.#add(this.#next(')') ? 2 : 1);
      return;
    }
    if (this.#next(')') || this.#stack.length >= MOST_DEPTH) {
      this.#add(this.#next(')') ? 2 : 1);
      return;
    }
    this.#push('(', ')', 1);
  }

  #brace(character: string): void {
    if (character === '{' && this.#word.start < 0 && /\s/.test(this.#text[this.#at + 1] ?? ' ')) {
      this.#operator('(', 1);
      return;
    }
    if (character === '{') this.#word.brace = true;
    this.#add(1);
  }

  /** A comment, at the start of a word. */
  #hash(): void {
    if (this.#word.start >= 0) {
      this.#add(1);
      return;
    }
    const end = this.#find('\n', this.#at);
    this.#at = end === -1 ? this.#text.length : end;
  }

  #redirection(skip: number): void {
    let end = this.#at + skip + 1;
    while (end < this.#at + 4 && '<>&'.includes(this.#text[end] ?? ' ')) end++;
    const operator = this.#text.slice(this.#at, end);
    if (operator.length === 1 && this.#text.startsWith('()', end)) {
      this.#word.disguised = true;
      this.#at = end + 2;
      return;
    }
    if (this.#text[end] === '(' && operator.length === 1 && this.#stack.length < MOST_DEPTH) {
      this.#endWord();
      this.#push('<(', ')', 2);
      return;
    }
    if (/^\d$/.test(this.#word.text)) this.#word = emptyWord();
    this.#endWord();
    this.#redirect = { operator, target: '' };
    this.#command.redirects.push(this.#redirect);
    this.#at = end;
  }

  #operator(opening: Opening, length: number): void {
    const closing = opening === 'newline' ? '\n' : opening;
    this.#endCommand(closing);
    this.#at += length;
    this.#command = this.#fresh(opening, this.#at);
  }

  #push(opening: Opening, closer: Frame['closer'], length: number): void {
    this.#stack.push({ command: this.#command, closer, inDouble: this.#inDouble, word: this.#word });
    if (this.#word.start >= 0) this.#word.disguised = true;
    this.#at += length;
    this.#inDouble = false;
    this.#word = emptyWord();
    this.#redirect = null;
    this.#command = this.#fresh(opening, this.#at);
  }

  #pop(closing: string): void {
    this.#endCommand(closing);
    const frame = this.#stack.pop();
    if (frame === undefined) return;
    this.#command = frame.command;
    this.#inDouble = frame.inDouble;
    this.#word = frame.word;
    if (closing === '') this.#endCommand('');
  }

  #fresh(opening: Opening, start: number): ShellCommand {
    return { opening, closing: '', words: [], redirects: [], start, end: start };
  }

  #endCommand(closing: string): void {
    this.#endWord();
    this.#redirect = null;
    const command = this.#command;
    command.closing = closing;
    command.end = this.#at;
    if (command.words.length > 0 || command.redirects.length > 0) this.#commands.push(command);
  }

  #endWord(): void {
    const { text, start, disguised, brace } = this.#word;
    if (start < 0) return;
    this.#word = emptyWord();
    if (this.#redirect !== null) {
      this.#redirect.target = text;
      this.#redirect = null;
      return;
    }
    const words = this.#command.words;
    const assigned = words.length === 0 ? ASSIGNMENT.exec(text) : null;
    if (assigned !== null) {
      const value = text.slice(assigned[0].length, assigned[0].length + MOST_VARIABLE);
      this.#variables.set(assigned[1] as string, value);
    }
    const raw = this.#text.slice(start, this.#at);
    if (brace) {
      const isTelling = disguised || SPELLING_BRACES.test(text);
      for (const part of expandBraces(text)) words.push({ text: part, raw, disguised: isTelling });
      return;
    }
    if (text === '' && disguised) return;
    words.push({ text, raw, disguised });
  }
}

function emptyWord(): Builder {
  return { text: '', start: -1, disguised: false, brace: false };
}

function isWordCode(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
}

/** Braces that spell a command, and not a list of names: with an empty part, an option, a path, or letters around them. */
const SPELLING_BRACES = /^\w{1,20}\{|\}\w{1,20}$|[{,][,}\-/~$.]|:\/\//;
const MOST_BRACED = 256;
const MOST_ALTERNATIVES = 16;

/** `a{b,c}d` → `abd acd`; the first group only, and only short words: nobody writes long ones. */
function expandBraces(word: string): string[] {
  const open = word.indexOf('{');
  const close = word.indexOf('}', open);
  if (open === -1 || close === -1 || word.length > MOST_BRACED) return [word];
  const alternatives = word.slice(open + 1, close).split(',');
  if (alternatives.length < 2 || alternatives.length > MOST_ALTERNATIVES) return [word];
  const before = word.slice(0, open);
  const after = word.slice(close + 1);
  return alternatives.map((one) => before + one + after).filter((one) => one !== '');
}
