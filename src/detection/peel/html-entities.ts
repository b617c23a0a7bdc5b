/** Character references of HTML: all numeric ones, and of the named ones those for characters that mean something in a language. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    lt: '<',
    gt: '>',
    amp: '&',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    tab: '\t',
    newline: '\n',
    lpar: '(',
    rpar: ')',
    lbrace: '{',
    lcub: '{',
    rbrace: '}',
    rcub: '}',
    lbrack: '[',
    lsqb: '[',
    rbrack: ']',
    rsqb: ']',
    colon: ':',
    semi: ';',
    equals: '=',
    comma: ',',
    period: '.',
    sol: '/',
    bsol: '\\',
    grave: '`',
    diacriticalgrave: '`',
    num: '#',
    dollar: '$',
    percnt: '%',
    ast: '*',
    excl: '!',
    quest: '?',
    vert: '|',
    verbar: '|',
    plus: '+',
    commat: '@',
    lowbar: '_',
    hat: '^',
  }),
);

// Numbers may begin with any zeros; the oldest names need no semicolon (HTML Standard §13.5).
const REFERENCE =
  /&(?:#(?:[xX]0{0,100}([0-9a-fA-F]{1,6})|0{0,100}([0-9]{1,7}));?|([a-zA-Z]{2,16});|(lt|gt|quot|LT|GT|QUOT)(?!=))/g;

/** Undoes one layer of character references; what is none stays. */
export function decodeHtmlEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string, old?: string) => {
    const word = name ?? old;
    if (word !== undefined) return NAMED.get(word) ?? NAMED.get(word.toLowerCase()) ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCodePoint(code);
  });
}
