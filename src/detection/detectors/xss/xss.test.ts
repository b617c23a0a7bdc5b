import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Leaf } from '../../leaf.ts';
import { Prefilter } from '../../prefilter/prefilter.ts';
import { Subject } from '../../subject.ts';
import { xss } from './xss.ts';

const prefilter = new Prefilter([xss], []);
const LEAF: Leaf = { carrier: 'json', role: 'value', text: '', parent: null, key: 'next' };

/** Texts made of what this detector looks for. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<img src=x onerror=',
        '<script>',
        'javascript:',
        'alert',
        'alert(1)',
        'window[',
        ']',
        "';",
        '"',
        '`',
        '${',
        '-',
        '/*',
        '*/',
        'constructor',
        '.',
        '=',
        '(',
        ')',
        '![',
        '](',
        'style="',
        'url(',
        '\\61',
        '+ADw-',
        '\u00bc',
        '\u00be',
        '/script',
        ' onload=',
        '\n',
        '\0',
        "'+'",
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''));

it('judges any text without throwing, and points into it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      prefilter.candidates(text);
      const { signs, literals } = prefilter;
      const evidence = xss.look(new Subject(text, { signs, literals }, LEAF, []));
      if (evidence === null) return;
      expect(evidence.technique).toMatch(/^[a-z][a-z\d-]*$/);
      expect(evidence.start).toBeGreaterThanOrEqual(0);
      expect(evidence.end).toBeGreaterThanOrEqual(evidence.start);
      expect(evidence.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 500 },
  );
});
