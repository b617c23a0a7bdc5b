import { expandBraces, SPELLING_BRACES } from './braces.ts';
import type { Opening, Redirect, ShellCommand } from './shell-command.ts';

const MOST_COOKED = 1024;
const MOST_DEPTH = 32;
const MOST_VARIABLE = 64;
const ASSIGNMENT = /^([A-Za-z_]\w{0,63})\+?=/;

type Frame = { command: ShellCommand; closer: ')' | '`'; inDouble: boolean; word: WordUnderWay };
type WordUnderWay = { text: string; start: number; disguised: boolean; brace: boolean };

/** Puts words together to commands, and commands within commands. */
export class CommandBuilder {
  readonly commands: ShellCommand[] = [];
  /** What was assigned before. */
  readonly variables = new Map<string, string>();
  inDouble = false;
  word: WordUnderWay = emptyWord();
  redirect: Redirect | null = null;
  readonly #text: string;
  readonly #stack: Frame[] = [];
  #command: ShellCommand = fresh('start', 0);

  constructor(text: string) {
    this.#text = text;
  }

  /** What ends the substitution that is being read. */
  get closer(): Frame['closer'] | undefined {
    return this.#stack[this.#stack.length - 1]?.closer;
  }

  get isDeep(): boolean {
    return this.#stack.length >= MOST_DEPTH;
  }

  begin(opening: Opening, start: number): void {
    this.#command = fresh(opening, start);
  }

  finish(at: number): ShellCommand[] {
    this.endCommand('', at);
    while (this.#stack.length > 0) this.pop('', at);
    return this.commands;
  }

  redirectTo(operator: string): void {
    this.redirect = { operator, target: '' };
    this.#command.redirects.push(this.redirect);
  }

  append(text: string, start: number): void {
    const word = this.word;
    if (word.start < 0) word.start = start;
    if (word.text.length < MOST_COOKED) word.text += text;
  }

  isInWord(): boolean {
    const { start, text } = this.word;
    return start >= 0 && isWordCode(text.charCodeAt(text.length - 1));
  }

  /** Puts in what a parameter stands for, which the shell splits where it is not quoted (§2.6.5). */
  expand(value: string, at: number): void {
    const fields = this.inDouble || !/\s/.test(value) ? [value] : value.split(/\s+/);
    for (let i = 0; i < fields.length; i++) {
      if (i > 0) this.endWord(at);
      this.append(fields[i] as string, at);
      this.word.disguised = true;
    }
  }

  /** Into a substitution or a subshell, whose text begins at `start`. */
  push(opening: Opening, closer: Frame['closer'], start: number): void {
    this.#stack.push({ command: this.#command, closer, inDouble: this.inDouble, word: this.word });
    if (this.word.start >= 0) this.word.disguised = true;
    this.inDouble = false;
    this.word = emptyWord();
    this.redirect = null;
    this.#command = fresh(opening, start);
  }

  pop(closing: string, at: number): void {
    this.endCommand(closing, at);
    const frame = this.#stack.pop();
    if (frame === undefined) return;
    this.#command = frame.command;
    this.inDouble = frame.inDouble;
    this.word = frame.word;
    if (closing === '') this.endCommand('', at);
  }

  endCommand(closing: string, at: number): void {
    this.endWord(at);
    this.redirect = null;
    const command = this.#command;
    command.closing = closing;
    command.end = at;
    if (command.words.length > 0 || command.redirects.length > 0) this.commands.push(command);
  }

  endWord(at: number): void {
    const { text, start, disguised, brace } = this.word;
    if (start < 0) return;
    this.word = emptyWord();
    if (this.redirect !== null) {
      this.redirect.target = text;
      this.redirect = null;
      return;
    }
    const words = this.#command.words;
    const assigned = words.length === 0 ? ASSIGNMENT.exec(text) : null;
    if (assigned !== null) {
      const value = text.slice(assigned[0].length, assigned[0].length + MOST_VARIABLE);
      this.variables.set(assigned[1] as string, value);
    }
    const raw = this.#text.slice(start, at);
    if (brace) {
      const isTelling = disguised || SPELLING_BRACES.test(text);
      for (const part of expandBraces(text)) words.push({ text: part, raw, disguised: isTelling });
      return;
    }
    if (text === '' && disguised) return;
    words.push({ text, raw, disguised });
  }
}

export function emptyWord(): WordUnderWay {
  return { text: '', start: -1, disguised: false, brace: false };
}

function fresh(opening: Opening, start: number): ShellCommand {
  return { opening, closing: '', words: [], redirects: [], start, end: start };
}

export function isWordCode(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
}
