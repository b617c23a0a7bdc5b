import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { HEADER_NAMES } from './header-names.ts';

/**
 * Header injection and response splitting (CWE-93, CWE-113): a line break in a value that belongs on one line, and behind it what reads
 * as a header, a status line or a request. Texts of several lines are honest in a body, also mails and logs that somebody pasted.
 */
export const headerInjection: TextDetector = {
  id: 'header-injection',
  literals: ['\\r\\n', '\\nset-cookie', '\\nlocation', ' http/1.', ' http/2', ' http/3'],
  concerns: ({ signs }, hasLiteral) => (signs & (SIGN.newline | SIGN.nonAscii)) !== 0 || hasLiteral,
  look,
};

const LONGEST = 8_000;
const MOST_LINES = 60;
/**
 * Line breaks, and what becomes one: letters whose low byte is CR or LF, for writers that keep the low byte only (`嘊嘍`, `Ċ`, `č`),
 * NEL, and breaks that some program escaped.
 */
const BREAK = /\r\n?|\n|[\u560a\u560d]{1,2}|\u010d\u010a|\u0085|\\r\\n|\\n(?=set-cookie|location)/gi;
const RAW_BREAK = /[\r\n]/;

function look(subject: Subject): Evidence | null {
  const { text, carrier, leaf } = subject;
  if (text.length > LONGEST) return null;
  const alone = REQUEST.exec(text);
  // In a sentence somebody says which call failed.
  const isTold =
    alone !== null && /^ [a-z]/i.test(text.slice(alone.index + alone[0].length, alone.index + alone[0].length + 2));
  if (alone !== null && !isTold && (isLine(subject) || carrier === 'form')) {
    return at('request-line', CONFIDENCE.likely, alone.index, alone.index + alone[0].length);
  }
  let best: Evidence | null = null;
  let breaks = 0;
  BREAK.lastIndex = 0;
  for (let found = BREAK.exec(text); found !== null && breaks < MOST_LINES; found = BREAK.exec(text)) {
    breaks++;
    const from = found.index + found[0].length;
    const judged = judgeLine(subject, from, found.index, found[0]);
    if (judged !== null && (best === null || judged.confidence > best.confidence)) best = judged;
    if (best !== null && best.confidence >= CONFIDENCE.certain) return best;
  }
  if (best !== null || !RAW_BREAK.test(text)) return best;
  if (carrier === 'path' || (leaf.role === 'name' && (carrier === 'query' || carrier === 'cookie'))) {
    const begin = text.search(RAW_BREAK);
    return at('line-break', text.trim() === '' ? CONFIDENCE.possible : CONFIDENCE.likely, begin, begin + 1);
  }
  const pair = carrier === 'query' ? PAIR.exec(text) : null;
  return pair === null ? null : at('parameter-behind-break', CONFIDENCE.possible, pair.index, text.length);
}

function at(technique: string, confidence: number, start: number, end: number): Evidence {
  return { technique, confidence, start, end };
}

const METHOD = '(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT)';
const REQUEST = new RegExp(`^\\s{0,4}${METHOD} (?:https?:/)?/\\S{0,2000} HTTP/\\d(?:\\.\\d)?`, 'i');
const LINE = new RegExp(
  `[ \\t]{0,8}(?:(HTTP/\\d(?:\\.\\d)? \\d{3})|(${METHOD} \\S{1,2000}(?: HTTP/\\d(?:\\.\\d)?))|([A-Za-z][\\w-]{1,40})[ \\t\\r\\n]{0,4}:)`,
  'iy',
);
const MARKUP = /(?:\r?\n){0,3}\s{0,4}<(?:html|script|body|svg|meta|img|!doctype|iframe|h1)\b/iy;
const PAIR = /[\r\n]\w{1,40}=\S/;

function judgeLine(subject: Subject, from: number, start: number, mark: string): Evidence | null {
  const { text } = subject;
  const line = isLine(subject);
  LINE.lastIndex = from;
  const found = LINE.exec(text);
  if (found === null) {
    MARKUP.lastIndex = from;
    const splits = line && /^\r?\n\r?\n/.test(text.slice(start, start + 4)) && MARKUP.test(text);
    return splits ? at('answer-split', CONFIDENCE.likely, start, from + 10) : null;
  }
  const [whole, status, request, name = ''] = found;
  const end = from + whole.length;
  if (status !== undefined) return weigh(subject, 'status-line', true, start, end);
  if (request !== undefined) return weigh(subject, 'request-line', true, start, end);
  // An escaped break counts only before a header that is worth it.
  const escaped = mark.startsWith('\\');
  const lower = name.toLowerCase();
  const known = HEADER_NAMES.test(lower);
  if (known) {
    const strong = STRONG.test(lower) || isWorthIt(lower, text.slice(end, end + 40), line);
    if (escaped && !strong) return null;
    // In a query `Link:` and `Status:` may well begin a line of somebody's note.
    const note = !strong && !name.includes('-') && subject.carrier === 'query';
    return note
      ? at('header-behind-break', CONFIDENCE.possible, start, end)
      : weigh(subject, 'header-behind-break', strong, start, end);
  }
  const alone = subject.carrier === 'header' || subject.carrier === 'path';
  if (escaped || (!alone && isPasted(text, start)) || !(line && /\S/.test(text.slice(end, end + 40)))) return null;
  const sure = alone || name.includes('-');
  return at('header-behind-break', sure ? CONFIDENCE.likely : CONFIDENCE.weak, start, end);
}

/** Headers that a text seldom begins a line with. `Location:`, `Link:` and `Status:` do stand in notes. */
const STRONG =
  /^(?:set-cookie|content-(?:length|type|encoding|security-policy|disposition)|transfer-encoding|access-control-|www-auth|proxy-|remote-addr|x-(?:forwarded|xss|http|frame|content)|cache-control|strict-transport)/;

/** Headers whose names are words, by what stands behind them. */
function isWorthIt(name: string, value: string, line: boolean): boolean {
  if (name === 'location') return /^[ \t]{0,8}(?:[a-z][a-z0-9+.-]{1,20}:|[/\\])/i.test(value);
  if (name === 'refresh') return /^[ \t]{0,8}(?:\d|url)|^[ \t]{0,8}[\w.-]{1,60}\.\w/i.test(value);
  return name === 'host' && line;
}

/** Where a line break has no business. */
function isLine({ carrier, leaf }: Subject): boolean {
  return (
    carrier === 'query' || carrier === 'path' || carrier === 'cookie' || carrier === 'header' || leaf.role === 'name'
  );
}

function weigh(subject: Subject, technique: string, strong: boolean, start: number, end: number): Evidence | null {
  const { text, carrier } = subject;
  if (isLine(subject)) {
    if (subject.prose > 0.5 && !strong) return null;
    const talk = text.length > 1_000 || subject.prose > 0.5;
    return at(technique, !strong || talk ? CONFIDENCE.likely : CONFIDENCE.certain, start, end);
  }
  if (!strong || isPasted(text, start)) return null;
  if (carrier === 'form' || carrier === 'xml') return at(technique, CONFIDENCE.likely, start, end);
  const short = text.length < 300 && start < 120 && subject.prose < 0.3;
  return at(technique, short ? CONFIDENCE.likely : CONFIDENCE.weak, start, end);
}

/** A whole message, or a log, begins with a header or a request of its own. */
function isPasted(text: string, start: number): boolean {
  const first = text.slice(0, start).trimStart();
  return (
    start > 400 || /^(?:[A-Za-z][\w-]{1,40}:|[<>*] |HTTP\/|curl |(?:GET|POST|PUT|PATCH|DELETE|HEAD) \S)/.test(first)
  );
}
