import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutItems, nodeAt, placeJson, textOf } from './cut-items.ts';

/** White space, numbers of any spelling, and texts with escapes, as applications write them. */
const space = fc.constantFrom('', ' ', '\n  ', '\t');
const number = fc.constantFrom('0', '-0', '42', '1.50', '1e3', '12345678901234567890', '0.1000', '1E-2');
const text = fc.constantFrom('"a"', '"\\u00e9"', '"é€😀"', '"],{"', '"\\"x\\\\"', '""');
const value = fc.oneof(number, text, fc.constantFrom('null', 'true', '[1, 2]', '{"owner":"x"}'));
const item = fc
  .record({ own: fc.boolean(), before: space, after: space, value })
  .map(({ own, before, after, value }) => ({
    own,
    text: `{${before}"n":${value},${after}"owner":${own ? '"me"' : '"other"'}${before}}`,
  }));

const list = fc.array(fc.record({ item, before: space, after: space }), { maxLength: 8 });
const answer = fc.record({ list, head: value, tail: value, gap: space });

test('what stays is byte for byte what came, and what is cut is gone', () => {
  fc.assert(
    fc.property(answer, ({ list, head, tail, gap }) => {
      const items = list.map(({ item, before, after }) => `${before}${item.text}${after}`).join(',');
      const written = `{"head":${head},${gap}"data":{"items":[${items}]},${gap}"total":${tail}}`;
      const text = Buffer.from(written).toString('latin1');
      const placed = placeJson(text);
      const node = placed === null ? null : nodeAt(placed.root, ['data', 'items']);
      if (placed === null || node === null) throw new TypeError(`not read: ${written}`);
      const left = Buffer.from(
        cutItems(placed, node, (one) => textOf(placed, nodeAt(one, ['owner'])) === 'me'),
        'latin1',
      ).toString();
      const kept = list.filter(({ item }) => item.own).map(({ item }) => item.text);
      // All that is left but white space and commas between items stands where it stood.
      const open = written.indexOf('[', written.indexOf('"items"')) + 1;
      const close = written.length - `]},${gap}"total":${tail}}`.length;
      expect(left.startsWith(written.slice(0, open))).toBe(true);
      expect(left.endsWith(written.slice(close))).toBe(true);
      const middle = left.slice(open, left.length - (written.length - close));
      const parts = placeJson(Buffer.from(`[${middle}]`).toString('latin1'));
      const bytes = Buffer.from(`[${middle}]`);
      expect(
        parts?.root.children?.map(({ offset, length }) => bytes.subarray(offset, offset + length).toString()),
      ).toEqual(kept);
      if (list.every(({ item }) => item.own)) expect(left).toBe(written);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['{"id":12345678901234567890}', ['id'], '12345678901234567890'],
  ['{"id":"42"}', ['id'], '42'],
  ['{"id":42}', ['id'], '42'],
  ['{"id":"\\u0034\\u0032"}', ['id'], '42'],
  ['{"\\u0069d":"é\\u00e9"}', ['id'], 'éé'],
  ['{"größe":{"x":"1"}}', ['größe', 'x'], '1'],
  ['{"id":null}', ['id'], null],
  ['{"id":["42"]}', ['id'], null],
  ['{"id":{"id":"42"}}', ['id', 'id'], '42'],
  ['{"a":1}', ['id'], null],
  ['[1]', ['id'], null],
])('%s at %s is %s', (json, path, expected) => {
  const placed = placeJson(Buffer.from(json).toString('latin1'));
  if (placed === null) throw new TypeError('not read');
  expect(textOf(placed, nodeAt(placed.root, path))).toBe(expected);
});

test.each(['', '{', '[1,]', '// x\n[]', '{"a":1} x', "{'a':1}"])('%j is not read', (json) => {
  expect(placeJson(json)).toBeNull();
});
