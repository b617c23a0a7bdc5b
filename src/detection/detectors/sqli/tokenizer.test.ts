import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Prefilter } from '../../prefilter/prefilter.ts';
import { Subject } from '../../subject.ts';
import { sqli } from './sqli.ts';
import { tokenize } from './tokenizer.ts';
import { TOKEN } from './tokens.ts';

const NAMES = new Map<number, string>(Object.entries(TOKEN).map(([name, kind]) => [kind, name]));
const prefilter = new Prefilter([sqli], []);

function kindsOf(text: string, from = 0): string {
  return tokenize(text, from)
    .kinds.map((kind) => NAMES.get(kind))
    .join(' ');
}

function look(text: string) {
  const leaf = { carrier: 'query', role: 'value', text, parent: null, key: 'q' } as const;
  prefilter.candidates(text);
  const { signs, literals } = prefilter;
  return sqli.look(new Subject(text, { signs, literals }, leaf, []));
}

/** Texts in which SQL's own marks are frequent. */
const sqlish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          "'",
          '"',
          '`',
          '/*',
          '*/',
          '/*!',
          '--',
          '#',
          '\n',
          '(',
          ')',
          ',',
          ';',
          '=',
          '||',
          '@',
          '@@',
          '$$',
          '0x',
          '1.e',
          '\\',
          '[',
          ']',
          '{',
          '}',
          ' ',
        ],
        ...[
          'select',
          'union',
          'or',
          'and',
          'from',
          'case',
          'when',
          'if',
          'in',
          'like',
          'x',
          'sleep',
          'not',
          'uni/**/on',
          'é',
          '’',
          '\u0000',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join('').toLowerCase());

describe('SQL tokens', () => {
  it.each([
    ["1 or 'a'='a", 'number logic string compare openString'],
    ['users.name, t.*', 'name comma name'],
    ['master..xp_cmdshell', 'name'],
    ['0x4f 1.5e3 .5', 'number number number'],
    ["n'x' x'4f' _utf8'y'", 'string string string'],
    ['`a b` [order id]', 'quotedName quotedName'],
    ['@@version @x', 'variable variable'],
    ["'it''s' 'a\\'b'", 'string string'],
    ['a <=> b := c :: d', 'name compare name compare name arithmetic name'],
    ['1 /* c */ + 2 -- d', 'number arithmetic number'],
    ['/*!50000select*/ 1', 'select number'],
    ['uni/**/on', 'union'],
    ['$$text$$', 'string'],
    ['{fn sleep(1)}', 'name open number close'],
    ['1.e(ascii)', 'open name close'],
  ])('reads %s', (text, kinds) => {
    expect(kindsOf(text)).toBe(kinds);
  });

  it('knows the comment that ends a text', () => {
    expect(tokenize("anna'-- ", 5).lastComment).toBe(5);
    expect(tokenize('1 /* a */ 2', 0).lastComment).toBe(-1);
    expect(tokenize('1 #a\n /* b', 0).lastComment).toBe(6);
  });

  it('covers the text in order, with nothing but space, comments and marks of its own between', () => {
    fc.assert(
      fc.property(sqlish, (text) => {
        const tokens = tokenize(text, 0);
        let before = 0;
        for (let i = 0; i < tokens.length; i++) {
          expect(tokens.start(i)).toBeGreaterThanOrEqual(before);
          expect(tokens.end(i)).toBeGreaterThan(tokens.start(i));
          before = tokens.end(i);
        }
        expect(before).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('reads every letter and digit outside of comments', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b1', '2', '+', '=', '(', ')', ',', ' '), { maxLength: 50 }),
        (parts) => {
          const text = parts.join('');
          const tokens = tokenize(text, 0);
          const read = tokens.starts.map((start, i) => text.slice(start, tokens.end(i))).join('');
          expect(read).toBe(text.replaceAll(' ', ''));
        },
      ),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(sqlish, (text) => {
        const found = look(text);
        expect(found === null || (found.confidence > 0 && found.end <= text.length)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('takes time in proportion to the text', () => {
    const pieces = [
      "'",
      '(',
      '/*',
      '/*!',
      '(select ',
      "' or ",
      'a ',
      "@'",
      '1.e(',
      '[a',
      '{a ',
      'uni/**/',
      '--\n',
      '$$',
      '1,',
      "x'='",
      ';drop ',
    ];
    for (const piece of pieces) {
      const [short, long] = [piece.repeat(2_000), piece.repeat(40_000)].map(steps);
      // Twenty times the text: a square would be four hundred times the time.
      expect({ piece, ratio: (long ?? 0) / (short ?? 1) < 120 }).toEqual({ piece, ratio: true });
    }
  });
});

/** Milliseconds for one look, the best of some. */
function steps(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    look(text);
    best = Math.min(best, performance.now() - start);
  }
  return Math.max(best, 0.05);
}
