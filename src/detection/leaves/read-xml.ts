import type { PlaceNode } from '../leaf.ts';
import { decodeHtmlEntities } from '../peel/html-entities.ts';
import type { Reading } from './reading.ts';

const MOST_NAMES = 3;

/**
 * Texts and attributes of an XML document, without entities of its own: what a DTD declares is judged as a whole by the detector
 * for XML, and never fetched or put in; the texts in it are visited like others.
 */
export function readXml(reading: Reading, text: string, parent: PlaceNode): void {
  new XmlReader(reading, text, parent).run();
}

class XmlReader {
  readonly #reading: Reading;
  readonly #text: string;
  readonly #parent: PlaceNode;
  readonly #path: string[] = [];
  #at = 0;

  constructor(reading: Reading, text: string, parent: PlaceNode) {
    this.#reading = reading;
    this.#text = text;
    this.#parent = parent;
  }

  run(): void {
    const text = this.#text;
    while (this.#at < text.length) {
      const open = this.#find('<', this.#at);
      const between = text.slice(this.#at, open).trim();
      if (between !== '') this.#visit(decodeHtmlEntities(between), this.#here());
      if (open === text.length) return;
      if (text.startsWith('<![CDATA[', open)) this.#section(open + 9, ']]>');
      else if (text.startsWith('<!--', open)) this.#section(open + 4, '-->');
      else if (text.startsWith('<?', open)) this.#section(open + 2, '?>', /^xml\s/);
      else if (text.startsWith('<!', open)) this.#declaration(open);
      else this.#tag(open + 1);
    }
  }

  /** The innermost names, as people write a place. */
  #here(): string {
    return this.#path.slice(-MOST_NAMES).join('.') || 'xml';
  }

  #visit(text: string, key: string, role: 'value' | 'name' = 'value'): void {
    if (text !== '') this.#reading.visit(text, 'xml', role, this.#parent, key);
  }

  #find(what: string, from: number): number {
    const at = this.#text.indexOf(what, from);
    return at === -1 ? this.#text.length : at;
  }

  #section(from: number, end: string, unless?: RegExp): void {
    const to = this.#find(end, from);
    this.#at = Math.min(this.#text.length, to + end.length);
    const content = this.#text.slice(from, to).trim();
    if (unless === undefined || !unless.test(content)) this.#visit(content, this.#here());
  }

  /** A DTD: what stands in quotes in it are entities' texts and addresses. */
  #declaration(from: number): void {
    let depth = 0;
    for (let at = from; at < this.#text.length; at++) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x5b) depth++;
      else if (code === 0x5d) depth--;
      else if (code === 0x22 || code === 0x27) {
        const to = this.#find(String.fromCharCode(code), at + 1);
        this.#visit(decodeHtmlEntities(this.#text.slice(at + 1, to)), 'dtd');
        at = to;
      } else if (code === 0x3e && depth <= 0) {
        this.#at = at + 1;
        return;
      }
    }
    this.#at = this.#text.length;
  }

  #tag(from: number): void {
    const text = this.#text;
    this.#at = from;
    if (text.charCodeAt(from) === 0x2f) {
      this.#path.pop();
      this.#at = Math.min(text.length, this.#find('>', from) + 1);
      return;
    }
    const name = this.#name();
    this.#visit(name, name, 'name');
    let isEmpty = false;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (code === 0x3e) break;
      isEmpty = code === 0x2f;
      if (isEmpty || isSpace(code)) this.#at++;
      else this.#attribute();
    }
    // A tag that never ends is none: all of it is text.
    if (this.#at >= text.length) this.#visit(text.slice(from), this.#here());
    this.#at = Math.min(text.length, this.#at + 1);
    if (!isEmpty) this.#path.push(name);
  }

  #attribute(): void {
    const before = this.#at;
    const key = this.#name();
    this.#visit(key, key, 'name');
    this.#skipSpace();
    if (this.#text.charCodeAt(this.#at) !== 0x3d) {
      // A quote or an equals sign that belongs to nothing.
      if (this.#at === before) this.#stray();
      return;
    }
    this.#at++;
    this.#skipSpace();
    const quote = this.#text.charCodeAt(this.#at);
    const value = quote === 0x22 || quote === 0x27 ? this.#quoted(quote) : this.#bare();
    if (!key.startsWith('xmlns')) this.#visit(decodeHtmlEntities(value), key);
  }

  #stray(): void {
    const quote = this.#text.charCodeAt(this.#at);
    if (quote === 0x22 || quote === 0x27) this.#visit(decodeHtmlEntities(this.#quoted(quote)), this.#here());
    else this.#at++;
  }

  #quoted(quote: number): string {
    const from = this.#at + 1;
    const to = this.#find(String.fromCharCode(quote), from);
    this.#at = Math.min(this.#text.length, to + 1);
    return this.#text.slice(from, to);
  }

  #bare(): string {
    const from = this.#at;
    let at = from;
    while (at < this.#text.length && !isSpace(this.#text.charCodeAt(at)) && this.#text.charCodeAt(at) !== 0x3e) at++;
    this.#at = at;
    return this.#text.slice(from, at);
  }

  #name(): string {
    const from = this.#at;
    while (this.#at < this.#text.length && isNamePart(this.#text.charCodeAt(this.#at))) this.#at++;
    return this.#text.slice(from, this.#at);
  }

  #skipSpace(): void {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Anything but spaces and the marks that part a tag. */
function isNamePart(code: number): boolean {
  return (
    !isSpace(code) && code !== 0x22 && code !== 0x27 && code !== 0x3c && code !== 0x3d && code !== 0x3e && code !== 0x2f
  );
}
