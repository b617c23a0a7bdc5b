import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeclarations } from './document-type.ts';
import { xmlAttackIn } from './xml-attacks.ts';

describe('readDeclarations', () => {
  it('finds nothing in a document without a type', () => {
    expect(readDeclarations('<?xml version="1.0"?><a>&amp;</a>')).toBeNull();
  });

  it.each([
    ['<!DOCTYPE a SYSTEM "a.dtd">', 'a.dtd'],
    ["<!DOCTYPE a SYSTEM 'a.dtd'>", 'a.dtd'],
    ['<!DOCTYPE a PUBLIC "-//A" "http://a.example/a.dtd">', 'http://a.example/a.dtd'],
    ['<!doctype a public "-//A">', null],
    ['<!DOCTYPE a [<!ELEMENT a ANY>]>', null],
  ])('knows the external subset of %s', (text, subset) => {
    expect(readDeclarations(text)?.subset ?? null).toBe(subset);
  });

  it('reads entities of all kinds', () => {
    const text =
      '<!DOCTYPE a [<!ENTITY i "text"><!ENTITY e SYSTEM "file:///a"><!ENTITY p PUBLIC "-//A" "http://a.example/">' +
      '<!ENTITY % q SYSTEM "http://a.example/q"><!ENTITY cut SYSTEM "file:///b';
    expect(readDeclarations(text)?.entities).toEqual([
      { name: 'i', parameter: false, external: null, text: 'text' },
      { name: 'e', parameter: false, external: 'file:///a', text: '' },
      { name: 'p', parameter: false, external: 'http://a.example/', text: '' },
      { name: 'q', parameter: true, external: 'http://a.example/q', text: '' },
      { name: 'cut', parameter: false, external: 'file:///b', text: '' },
    ]);
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '<!DOCTYPE ',
      '<!ENTITY ',
      '% ',
      'a ',
      'SYSTEM ',
      'PUBLIC ',
      '"',
      "'",
      '>',
      '[',
      '&a;',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        readDeclarations(pieces.join(''));
        xmlAttackIn(pieces.join(''));
      }),
    );
  });
});

describe('xmlAttackIn', () => {
  it('calls a long entity used often what it is', () => {
    const text = `<!DOCTYPE a [<!ENTITY x "${'z'.repeat(2_000)}">]><a>${'&x;'.repeat(100)}</a>`;
    expect(xmlAttackIn(text)?.technique).toBe('entity-expansion');
  });

  it.each([
    '<!DOCTYPE html>',
    '<a/>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/a.dtd">',
  ])('leaves %s alone', (text) => {
    expect(xmlAttackIn(text)).toBeNull();
  });
});
