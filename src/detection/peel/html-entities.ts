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

const REFERENCE = /&(?:#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,10}));?|([a-zA-Z]{2,16});)/g;

/** Undoes one layer of character references; what is none stays. */
export function decodeHtmlEntities(text: string): string {
  return text.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCodePoint(code);
  });
}
