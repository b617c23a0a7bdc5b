import type { Evidence } from '../../evidence.ts';
import { CONFIDENCE } from '../../evidence.ts';
import { isUnbalanced, judgeStyle } from './css.ts';
import { isUsualEmbed, RAW_TEXT } from './html-names.ts';
import { HtmlTokeniser, type Token } from './html-tokeniser.ts';
import { judgeTag } from './tag.ts';

/** Raw text, comments and attributes hold more markup when a text lands elsewhere than it seems to: as deep as that is read. */
const MOST_DEPTH = 3;

/** Longer texts are pages or parts of them, cut where their author liked. */
const SHORT = 160;

/** Judges a text where it stands between tags. */
export function judgeMarkup(text: string, prose: number): Evidence | null {
  return judgeTokens(new HtmlTokeniser(text), text, prose, 0, 0);
}

/** Judges the text from `from` on as if an attribute's value had just ended there. */
export function judgeAttributes(text: string, from: number, prose: number): Evidence | null {
  const tokeniser = new HtmlTokeniser(text, from);
  return judgeTag(tokeniser.insideTag(), prose);
}

function judgeTokens(
  tokeniser: HtmlTokeniser,
  text: string,
  prose: number,
  offset: number,
  depth: number,
): Evidence | null {
  let best: Evidence | null = null;
  const open = new Set<string>();
  for (let token = tokeniser.next(); token !== null; token = tokeniser.next()) {
    if (RAW_TEXT.has(token.name)) {
      if (token.kind === 'start') open.add(token.name);
      else if (
        token.kind === 'end' &&
        depth === 0 &&
        !open.has(token.name) &&
        best === null &&
        prose < 0.5 &&
        text.length < SHORT
      ) {
        // It can only end what the page has begun.
        best = { technique: 'raw-text-end', confidence: CONFIDENCE.likely, start: token.start, end: token.end };
      }
    }
    const evidence =
      judgeToken(token, text, prose) ?? (depth < MOST_DEPTH ? judgeInside(token, text, prose, depth) : null);
    if (evidence === null || evidence.confidence <= (best?.confidence ?? 0)) continue;
    best = { ...evidence, start: evidence.start + offset, end: evidence.end + offset };
    if (best.confidence === CONFIDENCE.certain) return best;
  }
  return best;
}

function judgeToken(token: Token, text: string, prose: number): Evidence | null {
  const { kind, name, start, end } = token;
  if (kind === 'start' || kind === 'end') return judgeTag(token, prose);
  const of = (technique: string, confidence: number): Evidence => ({ technique, confidence, start, end });
  if (kind === 'raw' && name === 'style') {
    const technique = judgeStyle(text.slice(start, end), isUsualEmbed);
    if (technique !== null) return of(technique, CONFIDENCE.certain);
    return token.closed && isUnbalanced(text.slice(start, end)) ? of('broken-style', CONFIDENCE.likely) : null;
  }
  if (kind === 'declaration') {
    return /^<!(?:entity|attlist|doctype[^>]{0,200}\[\s{0,9}<!(?:entity|attlist))/i.test(text.slice(start, start + 240))
      ? of('entity-declaration', CONFIDENCE.likely)
      : null;
  }
  if (kind === 'comment') {
    return SERVER_SIDE.test(text.slice(start, start + 24)) ? of('server-side-include', CONFIDENCE.certain) : null;
  }
  if (kind === 'instruction') {
    const head = text.slice(start, Math.min(end, start + 200));
    if (/^<\?xml-stylesheet\b[^>]{0,160}(?:javascript|data|http|href)/i.test(head))
      return of('stylesheet-instruction', CONFIDENCE.likely);
    return /^<\?(?:import|xml:namespace)\b/i.test(head) ? of('import-instruction', CONFIDENCE.likely) : null;
  }
  return null;
}

const SERVER_SIDE = /^<!--\s{0,4}#\s{0,2}(?:exec|include|echo|set|printenv|config|fsize|flastmod)\b/i;

function judgeInside(token: Token, text: string, prose: number, depth: number): Evidence | null {
  const inside = (from: number, to: number): Evidence | null => {
    const content = text.slice(from, to);
    return content.includes('<') ? judgeTokens(new HtmlTokeniser(content), content, prose, from, depth + 1) : null;
  };
  switch (token.kind) {
    case 'text':
      return null;
    case 'start':
    case 'end': {
      let best: Evidence | null = null;
      for (const { value, valueStart } of token.attributes) {
        const found = value === null ? null : inside(valueStart, valueStart + value.length);
        if (found !== null && found.confidence > (best?.confidence ?? 0)) best = found;
      }
      return best;
    }
    default:
      return inside(token.start + (token.kind === 'raw' ? 0 : 2), token.end);
  }
}
