import { CommandBuilder, emptyWord, isWordCode } from './command-builder.ts';
import { decodeAnsiC, parameterOf } from './expansion.ts';
import type { Opening, ShellCommand } from './shell-command.ts';

/** Where the text would stand in the command line it is put into. */
export type Quoting = 'none' | 'single' | 'double';

const PLAIN = /[^\s;|&()<>'"`\\$#{}]+/y;
const MOST_COOKED = 1024;

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
  readonly #build: CommandBuilder;
  /** Characters of which the rest of the text is known to hold no more. */
  readonly #spent = new Set<string>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#build = new CommandBuilder(text);
  }

  run(quoting: Quoting): ShellCommand[] {
    if (quoting === 'single') {
      const quote = this.#text.indexOf("'");
      if (quote === -1) return [];
      this.#at = quote + 1;
      this.#build.begin('quote', this.#at);
    }
    this.#build.inDouble = quoting === 'double';
    while (this.#at < this.#text.length) this.#step();
    return this.#build.finish(this.#at);
  }

  #step(): void {
    const character = this.#text[this.#at] as string;
    switch (character) {
      case "'":
        if (this.#build.inDouble) this.#add(1);
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
    if (this.#build.inDouble) {
      this.#run();
      return;
    }
    switch (character) {
      case ' ':
      case '\t':
        this.#build.endWord(this.#at);
        this.#at++;
        return;
      case '\n':
      case '\r':
        this.#operator('newline');
        return;
      case ';':
        this.#operator(';');
        return;
      case '|':
        this.#operator(this.#next('|') ? '||' : '|');
        return;
      case '&':
        if (this.#next('>')) {
          this.#redirection(1);
          return;
        }
        this.#operator(this.#next('&') ? '&&' : '&');
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
    this.#build.append(this.#text.slice(this.#at, this.#at + length), this.#at);
    this.#at += length;
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
    if (this.#build.isInWord() || isWordCode(this.#text.charCodeAt(close + 1))) this.#build.word.disguised = true;
    this.#build.append(this.#text.slice(this.#at + 1, Math.min(close, this.#at + MOST_COOKED)), this.#at);
    this.#at = close + 1;
  }

  /** A quote with more of the word before its opening or behind its closing is there to split the word. */
  #double(): void {
    if (!this.#build.inDouble && this.#find('"', this.#at + 1) === -1) {
      this.#add(1);
      return;
    }
    const splits = this.#build.inDouble
      ? this.#build.word.start >= 0 && isWordCode(this.#text.charCodeAt(this.#at + 1))
      : this.#build.isInWord();
    if (splits) this.#build.word.disguised = true;
    this.#build.append('', this.#at);
    this.#at++;
    this.#build.inDouble = !this.#build.inDouble;
  }

  #backtick(): void {
    if (this.#build.closer === '`') {
      this.#build.pop('`', this.#at);
      this.#at++;
      return;
    }
    if (this.#build.isDeep || this.#find('`', this.#at + 1) === -1) {
      this.#add(1);
      return;
    }
    this.#at += 1;
    this.#build.push('`', '`', this.#at);
  }

  #backslash(): void {
    const next = this.#text[this.#at + 1];
    if (next === undefined || (this.#build.inDouble && !'$`"\\\n'.includes(next))) {
      this.#add(1);
      return;
    }
    if (next !== '\n') this.#build.append(next, this.#at);
    if (isWordCode(next.charCodeAt(0))) this.#build.word.disguised = true;
    this.#at += 2;
  }

  #dollar(): void {
    const next = this.#text[this.#at + 1];
    if (next === '(') {
      if (this.#build.isDeep) {
        this.#add(2);
        return;
      }
      this.#at += 2;
      this.#build.push('$(', ')', this.#at);
      return;
    }
    if (next === "'" && !this.#build.inDouble) {
      const close = this.#find("'", this.#at + 2);
      if (close === -1) {
        this.#add(1);
        return;
      }
      this.#build.append(
        decodeAnsiC(this.#text.slice(this.#at + 2, Math.min(close, this.#at + MOST_COOKED))),
        this.#at,
      );
      this.#build.word.disguised = true;
      this.#at = close + 1;
      return;
    }
    if (next === '"' && !this.#build.inDouble) {
      this.#build.append('', this.#at);
      this.#at++;
      return;
    }
    if (next === '{' && (this.#next('`', 2) || this.#next('$', 2))) {
      this.#build.append('', this.#at);
      this.#at += 2;
      return;
    }
    const parameter = parameterOf(this.#text, this.#at, this.#build.variables);
    if (parameter === null) {
      this.#add(1);
      return;
    }
    if (parameter.isSpace && !this.#build.inDouble) {
      this.#build.endWord(this.#at);
    } else {
      this.#build.expand(parameter.value, this.#at);
    }
    this.#at = parameter.end;
  }

  #close(): void {
    if (this.#build.closer === ')' && !this.#build.inDouble) {
      this.#build.pop(')', this.#at);
      this.#at++;
      return;
    }
    this.#add(1);
  }

  #parenthesis(): void {
    if (this.#build.word.start >= 0 || this.#next(')') || this.#build.isDeep) {
      this.#add(this.#next(')') ? 2 : 1);
      return;
    }
    this.#at += 1;
    this.#build.push('(', ')', this.#at);
  }

  #brace(character: string): void {
    if (character === '{' && this.#build.word.start < 0 && /\s/.test(this.#text[this.#at + 1] ?? ' ')) {
      this.#operator('(');
      return;
    }
    if (character === '{') this.#build.word.brace = true;
    this.#add(1);
  }

  /** A comment, at the start of a word. */
  #hash(): void {
    if (this.#build.word.start >= 0) {
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
      this.#build.word.disguised = true;
      this.#at = end + 2;
      return;
    }
    if (this.#text[end] === '(' && operator.length === 1 && !this.#build.isDeep) {
      this.#build.endWord(this.#at);
      this.#at += 2;
      this.#build.push('<(', ')', this.#at);
      return;
    }
    if (/^\d$/.test(this.#build.word.text)) this.#build.word = emptyWord();
    this.#build.endWord(this.#at);
    this.#build.redirectTo(operator);
    this.#at = end;
  }

  #operator(opening: Opening): void {
    const closing = opening === 'newline' ? '\n' : opening;
    this.#build.endCommand(closing, this.#at);
    this.#at += opening === 'newline' ? 1 : opening.length;
    this.#build.begin(opening, this.#at);
  }
}
