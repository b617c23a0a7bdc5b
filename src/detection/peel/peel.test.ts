import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Prefilter } from '../prefilter/prefilter.ts';
import { mayBeWrapped, peel, WRAP_HINTS } from './peel.ts';

const prefilter = new Prefilter([], WRAP_HINTS);

function peeled(text: string) {
  prefilter.candidates(text);
  const { signs, hinted } = prefilter;
  return mayBeWrapped(text.length, signs, hinted) ? peel(text, signs) : [];
}

function layersOf(text: string): string[] {
  return peeled(text).map((layer) => layer.text);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('what is wrapped', () => {
  it.each([
    ['url', '%3Cb%3E', '<b>'],
    ['url twice', '%253Cb%253E', '<b>'],
    ['url five times', '%2525252541', 'A'],
    ['%u', '%u003cb%u003e', '<b>'],
    ['overlong UTF-8', '%c0%bcb%c0%be', '<b>'],
    ['overlong UTF-8 of three bytes', '%e0%80%bc', '<'],
    ['named entities', '&lt;b&gt;', '<b>'],
    ['entities of entities', '&amp;lt;b&amp;gt;', '<b>'],
    ['numeric entities without end', '&#60b&#x3e', '<b>'],
    ['numeric entities with zeros', '&#0000000000060;b&#x0000000000003E;', '<b>'],
    ['old names without end', '&ltb&gt', '<b>'],
    ['entities in percent', '%26lt%3Bb%26gt%3B', '<b>'],
    ['escapes of bytes', '\\x3cb\\x3e', '<b>'],
    ['escapes of units', '\\u003cb\\u{3e}', '<b>'],
    ['octal escapes', '\\074b\\076', '<b>'],
    ['full-width', '＜b＞', '<b>'],
    ['letters of mathematics', '<𝐛>', '<b>'],
    ['letters in circles', 'ⓢⓔⓛect', 'select'],
    ['a long s', 'ſelect', 'select'],
    ['nobody sees', 's\u200bel\u00adect', 'select'],
    ['zero bytes between', '<\0b\0>', '<b>'],
    ['UTF-7', '+ADw-b+AD4-', '<b>'],
    ['UTF-7 without end', '+ADw-b +AD4 x', '<b > x'],
    ['base64', base64("' or 1=1 --"), "' or 1=1 --"],
    ['base64 for addresses', Buffer.from('<b>???>>></b>').toString('base64url'), '<b>???>>></b>'],
    ['base64 of base64', base64(base64('<b>bold text</b>')), '<b>bold text</b>'],
    ['base64 of percent', base64('%3Cb%3Ebold'), '<b>bold'],
    ['base64 in percent', encodeURIComponent(base64('<b>bold text</b>>')), '<b>bold text</b>>'],
    ['hex', Buffer.from('cat /etc/hosts').toString('hex'), 'cat /etc/hosts'],
    ['hex with a mark', `0x${Buffer.from("' or 'a'='a").toString('hex')}`, "' or 'a'='a"],
    ['data address', `data:text/html;base64,${base64('<b>bold text</b>')}`, '<b>bold text</b>'],
    [
      'data address within text',
      `see url(data:image/svg+xml;base64,${base64('<svg onload=x>')}) there`,
      '<svg onload=x>',
    ],
    ['token', `${base64('{"alg":"none","kid":"a"}')}.${base64('{"sub":"<b>"}')}.x`, '{"sub":"<b>"}'],
    ['token behind its scheme', `Bearer ${base64('{"alg":"none","kid":"a"}')}.x.y`, '{"alg":"none","kid":"a"}'],
  ])('%s', (_, wrapped, plain) => {
    expect(layersOf(wrapped)).toContain(plain);
  });
});

describe('what is not', () => {
  it.each([
    'a plain sentence, with marks; and 20 % off!',
    "O'Brien & Sons",
    'created_at_by_page',
    '8f14e45fceea167a5a36dedd4bea2543',
    'sk_live_51H8abcdefghijklmnop',
    'C:\\Users\\me',
    'a+b=c, A+B',
    '1+ADA is 2',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
    'größe, naïve, Ελληνικά, 日本語',
    '100%',
    'Tom & Jerry; &c &constructor; &toString;',
    '?a=1&lt=2&gt=3',
    '',
  ])('leaves %j alone', (text) => {
    expect(layersOf(text)).toEqual([]);
  });

  it('leaves random bytes in base64 alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 64 }), (bytes) => {
        fc.pre(bytes.some((byte, i) => i < 9 && byte > 127) && bytes.filter((byte) => byte > 126).length > 8);
        expect(layersOf(Buffer.from(bytes).toString('base64url'))).toEqual([]);
      }),
    );
  });
});

it('never throws, never gives the text itself, and names what it undid', () => {
  const pieces = [
    '%',
    '25',
    '%u00',
    '&#',
    '&lt',
    ';',
    '\\u',
    '\\x',
    '003c',
    '+A',
    'Dw-',
    '=',
    '\0',
    '\ud800',
    'eyJ',
    '.',
    ';base64,',
    'a',
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' }))), (some) => {
      const text = some.join('');
      const layers = peeled(text);
      expect(layers.length).toBeLessThan(20);
      for (const layer of layers) {
        expect(layer.text).not.toBe(text);
        expect(layer.undone.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 500 },
  );
});
