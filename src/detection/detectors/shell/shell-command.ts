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
