/** A piece of a text that some template engine would evaluate. */
export type Piece = {
  readonly kind:
    | 'output'
    | 'statement'
    | 'dollar'
    | 'hash'
    | 'erb'
    | 'directive'
    | 'smarty'
    | 'php'
    | 'thymeleaf'
    | 'razor'
    | 'at';
  readonly source: string;
  readonly start: number;
  readonly end: number;
};

/** Beyond this an expression is cut: nothing honest is as long, and an attack shows its hand before. */
const LONGEST = 4_000;
/** The same for one that nothing closes. */
const LONGEST_OPEN = 300;

type Opener = { readonly open: string; readonly close: string; readonly kind: Piece['kind'] };

/** By their first character, longest first. */
const OPENERS: Readonly<Record<string, readonly Opener[]>> = {
  '{': [
    { open: '{{', close: '}}', kind: 'output' },
    { open: '{%', close: '%}', kind: 'statement' },
    { open: '{#', close: '#}', kind: 'statement' },
    { open: '{php}', close: '{/php}', kind: 'php' },
    { open: '{$', close: '}', kind: 'smarty' },
    { open: '{', close: '}', kind: 'smarty' },
  ],
  $: [{ open: '${', close: '}', kind: 'dollar' }],
  '#': [{ open: '#{', close: '}', kind: 'hash' }],
  '*': [{ open: '*{', close: '}', kind: 'hash' }],
  '~': [{ open: '~{', close: '}', kind: 'hash' }],
  '%': [{ open: '%{', close: '}', kind: 'hash' }],
  '@': [
    { open: '@{', close: '}', kind: 'at' },
    { open: '@(', close: ')', kind: 'razor' },
  ],
  '<': [
    { open: '<%', close: '%>', kind: 'erb' },
    { open: '<#', close: '>', kind: 'directive' },
    { open: '<@', close: '>', kind: 'directive' },
  ],
  '[': [
    { open: '[[', close: ']]', kind: 'thymeleaf' },
    { open: '[(', close: ')]', kind: 'thymeleaf' },
    { open: '[#', close: ']', kind: 'directive' },
    { open: '[=', close: ']', kind: 'dollar' },
  ],
};

const START = /[{$#*~%@<[]/g;

/**
 * The pieces in their order. A close that is missing leaves the piece open to its end: what comes behind may close it. A brace inside
 * of an expression pairs with its own. The search goes on inside of a piece, for pieces that hide there, while what is read twice
 * stays in proportion to the text.
 */
export function* findPieces(text: string): Generator<Piece> {
  let budget = 8 * LONGEST + 2 * text.length;
  START.lastIndex = 0;
  let from = 0;
  for (;;) {
    START.lastIndex = from;
    const match = START.exec(text);
    if (match === null) return;
    const at = match.index;
    const opener = OPENERS[match[0]]?.find(({ open }) => text.startsWith(open, at));
    from = at + (opener?.open.length ?? 1);
    if (opener === undefined || (opener.open === '{' && !SMARTY_CALL.test(text.slice(from, from + 40)))) continue;
    // `{%22` is a quote in a URL.
    if (opener.open === '{%' && !STATEMENT.test(text.slice(from, from + 12))) continue;
    const to = closing(text, from, opener.close);
    yield {
      kind: opener.kind,
      source: text.slice(from, to),
      start: at,
      end: Math.min(text.length, to + opener.close.length),
    };
    budget -= to - from;
    if ((opener.close.length > 1 && opener.kind !== 'thymeleaf') || budget < 0) from = Math.max(from, to);
  }
}

const STATEMENT = /^[-+~]?\s{0,9}[a-z_$"'(]/i;
const SMARTY_CALL =
  /^(?:(?:system|exec|passthru|shell_exec|popen|proc_open|eval|assert|phpinfo|file_get_contents|file_put_contents|call_user_func|fopen|readfile|include|unlink|scandir)\(|if\s|eval\s|self::|smarty_\w{1,40}::|fetch\s|math\s|[@=]?\d+\s?\*\s?\d)/i;

function closing(text: string, from: number, close: string): number {
  const most = Math.min(text.length, from + LONGEST);
  if (close.length > 1) {
    const at = text.slice(from, most).indexOf(close);
    return at === -1 ? Math.min(most, from + LONGEST_OPEN) : from + at;
  }
  let depth = 0;
  for (let at = from; at < most; at++) {
    const character = text[at];
    if (character === close) {
      if (depth === 0) return at;
      depth--;
    } else if (
      (close === '}' && character === '{') ||
      (close === ')' && character === '(') ||
      (close === ']' && character === '[')
    )
      depth++;
  }
  return most;
}
