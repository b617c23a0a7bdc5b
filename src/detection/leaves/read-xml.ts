import type { PlaceNode } from '../leaf.ts';
import { decodeHtmlEntities } from '../peel/html-entities.ts';
import type { Reading } from './reading.ts';

/**
 * Texts and attributes of an XML document, without entities of its own: what a DTD declares is judged as a whole by the detector
 * for XML, and never fetched or put in.
 */
export function readXml(reading: Reading, text: string, parent: PlaceNode): void {
  const path: string[] = [];
  const here = (): string => path.slice(-3).join('.') || 'body';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    const between = text.slice(at, open === -1 ? text.length : open);
    if (between.trim() !== '') visit(reading, decodeHtmlEntities(between.trim()), parent, here());
    if (open === -1) return;
    if (text.startsWith('<![CDATA[', open)) at = section(reading, text, open + 9, ']]>', parent, here());
    else if (text.startsWith('<!--', open)) at = section(reading, text, open + 4, '-->', parent, here());
    else if (text.startsWith('<?', open)) at = after(text, open, '?>');
    else if (text.startsWith('<!', open)) at = afterDeclaration(text, open);
    else at = tag(reading, text, open, parent, path);
  }
}

function section(reading: Reading, text: string, from: number, end: string, parent: PlaceNode, key: string): number {
  const to = text.indexOf(end, from);
  visit(reading, text.slice(from, to === -1 ? text.length : to).trim(), parent, key);
  return to === -1 ? text.length : to + end.length;
}

function after(text: string, from: number, end: string): number {
  const to = text.indexOf(end, from);
  return to === -1 ? text.length : to + end.length;
}

function afterDeclaration(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5b) depth++;
    else if (code === 0x5d) depth--;
    else if (code === 0x3e && depth <= 0) return i + 1;
  }
  return text.length;
}

const ATTRIBUTE = /([^\s"'<>/=]{1,128})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;

function tag(reading: Reading, text: string, from: number, parent: PlaceNode, path: string[]): number {
  const end = endOfTag(text, from);
  const inner = text.slice(from + 1, end);
  if (inner.startsWith('/')) {
    path.pop();
    return end + 1;
  }
  const name = /^[^\s/>]{1,128}/.exec(inner)?.[0] ?? '';
  visit(reading, name, parent, name, 'name');
  for (const [, key = '', double, single, bare] of inner.slice(name.length).matchAll(ATTRIBUTE)) {
    visit(reading, key, parent, key, 'name');
    if (!key.startsWith('xmlns')) visit(reading, decodeHtmlEntities(double ?? single ?? bare ?? ''), parent, key);
  }
  if (!inner.endsWith('/')) path.push(name);
  return end + 1;
}

function endOfTag(text: string, from: number): number {
  let quote = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 0x22 || code === 0x27) quote = code;
    else if (code === 0x3e) return i;
  }
  return text.length;
}

function visit(reading: Reading, text: string, parent: PlaceNode, key: string, role: 'value' | 'name' = 'value'): void {
  if (text !== '') reading.visit(text, 'xml', role, parent, key);
}
