import type { PlacedEvidence, RequestDetector } from '../../detector.ts';
import { CONFIDENCE } from '../../evidence.ts';
import type { ParsedRequest } from '../../leaves/parsed-request.ts';
import { xmlAttackIn } from './xml-attacks.ts';

/** A body that is XML: its document type, its entities, its shape. The texts in it are judged one by one like any other. */
export const xmlDocument: RequestDetector = {
  id: 'xml',
  look(request) {
    const text = documentOf(request);
    if (text === null) return NOTHING;
    const found = xmlAttackIn(text);
    if (found !== null) {
      const { technique, confidence, start, end } = found;
      return [
        { technique, confidence, place: 'body', excerpt: text.slice(Math.max(0, start), Math.min(end, start + 200)) },
      ];
    }
    const shape = shapeOf(text);
    return shape === null
      ? NOTHING
      : [{ technique: shape, confidence: CONFIDENCE.likely, place: 'body', excerpt: text.slice(0, 100) }];
  },
};

const NOTHING: readonly PlacedEvidence[] = [];

/**
 * The document, also where the media type says something else. UTF-16 that came without a word of it, as parsers find out for
 * themselves (XML 1.0 §F), is read by leaving out the zero bytes.
 */
function documentOf({ body, bodyFormat }: ParsedRequest): string | null {
  if (body === null) return null;
  const wide = /^[\ufffd\u00ff\u00fe\s]{0,4}\0?<\0/.test(body);
  if (wide) return body.replaceAll('\0', '');
  return bodyFormat === 'xml' || /^\s{0,100}<[?!]/.test(body) ? body : null;
}

/** Beyond what applications send; readers that build a tree fall over. */
const MOST_DEPTH = 1_000;
const MOST_ATTRIBUTES = 1_000;

function shapeOf(text: string): string | null {
  let depth = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next === 0x21 || next === 0x3f) continue;
    if (next === 0x2f) {
      depth--;
      continue;
    }
    const end = text.indexOf('>', at);
    if (end === -1) return null;
    if (end - at > 4 * MOST_ATTRIBUTES && text.slice(at, end).split('=').length > MOST_ATTRIBUTES)
      return 'attributes-without-end';
    if (text.charCodeAt(end - 1) !== 0x2f) depth++;
    if (depth > MOST_DEPTH) return 'nested-without-end';
    at = end - 1;
  }
  return null;
}
