import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { isActiveStyle } from './css.ts';
import { EVENT_HANDLERS } from './html-names.ts';
import { judgeAttributes, judgeMarkup } from './markup.ts';
import { unmask } from './masks.ts';
import { judgePieces, judgeScript, judgeStripped, judgeSymbols } from './script.ts';
import { isBrokenUp, isCode, judgeUrl } from './script-url.ts';

/**
 * Script and HTML injection (CWE-79): reads a text in each context it may land in, and asks what a browser would do with it there.
 */
export const xss: TextDetector = {
  id: 'xss',
  literals: [
    'script:',
    '\tt:',
    '\nt:',
    't\t:',
    't\n:',
    'mocha:',
    'data:text',
    'data:image/svg',
    'data:app',
    'alert',
    'confirm',
    'prompt',
    'eval',
    'settimeout',
    'setinterval',
    'execscript',
    'fromcharcode',
    'constructor',
    'document',
    'window',
    'location',
    'innerhtml',
    'function(',
    'atob',
    'btoa',
    'import(',
    'fetch(',
    'onerror',
    'onload',
    'onfocus',
    'onclick',
    'onmouse',
    'onpointer',
    'ontoggle',
    'onanimation',
    'ontransition',
    'onkey',
    'onblur',
    'onbegin',
    'onstart',
    'onwheel',
    'onscroll',
    'ondrag',
    'oninput',
    'onresize',
    'onchange',
    'onsubmit',
    'onselect',
    'oncut',
    'oncopy',
    'onpaste',
    'ontouch',
    'onpage',
    'onhashchange',
    'onmessage',
    'onreadystate',
    'onpropertychange',
    'onactivate',
    'onbefore',
    'ondblclick',
    'oncontext',
    'onplay',
    'onend',
    'onwebkit',
    'expression(',
    'moz-binding',
    'this[',
    'self[',
    'top[',
    'parent[',
    'frames[',
    'adw-',
    "'+'",
    '"+"',
    "' + '",
    '" + "',
    'call`',
    'httprequest',
    'sendbeacon',
  ],
  concerns: ({ signs }, hasLiteral) =>
    (signs & SIGN.less) !== 0 || hasLiteral || (signs & SYMBOLS) === SYMBOLS || (signs & MASKED) === MASKED,
  look,
};

/** Without one of these no script does anything. */
const ACTING = SIGN.parenthesis | SIGN.equals | SIGN.backtick | SIGN.colon | SIGN.bracket;
/** A text that may be nothing but the name of something: `document.cookie`. */
const SHORT = 80;
const SYMBOLS = SIGN.bang | SIGN.bracket;
const MASKED = SIGN.nonAscii | SIGN.slash | SIGN.parenthesis;

function look(subject: Subject): Evidence | null {
  const { text, lower, features, prose } = subject;
  const { signs } = features;
  let best: Evidence | null = null;
  const isSettled = (evidence: Evidence | null): boolean => {
    if (evidence !== null && evidence.confidence > (best?.confidence ?? 0)) best = evidence;
    return best?.confidence === CONFIDENCE.certain;
  };
  if ((signs & SIGN.less) !== 0 && isSettled(judgeMarkup(text, prose))) return best;
  if ((signs & SIGN.equals) !== 0 && isSettled(judgeAsAttribute(text, lower, signs, prose))) return best;
  if ((signs & SIGN.colon) !== 0 && isSettled(judgeAsUrl(text, prose))) return best;
  if (((signs & ACTING) !== 0 || text.length < SHORT) && isSettled(judgeScript(text, lower, prose))) return best;
  if ((signs & LINKED) === LINKED && isSettled(judgeAsMarkdown(text))) return best;
  if ((signs & SYMBOLS) === SYMBOLS && isSettled(judgeSymbols(text))) return best;
  if ((signs & STYLED) === STYLED && isSettled(judgeAsStyle(text, lower, prose))) return best;
  if ((signs & QUOTED) !== 0 && isSettled(judgePieces(lower))) return best;
  if (lower.includes('/script') && isSettled(judgeStripped(lower))) return best;
  const plain = unmask(text, lower);
  if (plain !== null) isSettled(judgeMarkup(plain, prose));
  return best;
}

const LINKED = SIGN.bracket | SIGN.parenthesis | SIGN.colon;
const QUOTED = SIGN.quote | SIGN.doubleQuote;
const STYLED = SIGN.colon | SIGN.parenthesis;

/** A value that was meant for an attribute: from each kind of quote, or from the first space, it may write attributes of its own. */
function judgeAsAttribute(text: string, lower: string, signs: number, prose: number): Evidence | null {
  let best: Evidence | null = null;
  const from = (at: number): void => {
    if (at === -1) return;
    const evidence = judgeAttributes(text, at + 1, prose);
    if (evidence !== null && evidence.confidence > (best?.confidence ?? 0)) best = evidence;
  };
  if ((signs & SIGN.doubleQuote) !== 0) from(text.indexOf('"'));
  if ((signs & SIGN.quote) !== 0) from(text.indexOf("'"));
  if ((signs & SIGN.backtick) !== 0) from(text.indexOf('`'));
  const handler = BARE_HANDLER.exec(lower);
  if (handler !== null && EVENT_HANDLERS.has(handler[1] ?? '')) from(handler.index - 1);
  return best;
}

/**
 * A handler without a quote before it must carry code to count: `x onfocus=alert(1) autofocus`. In scripts it is a variable, or is
 * given a function.
 */
const BARE_HANDLER =
  /(?<!(?:const|let|var)\s{1,4})(?<![^\s/?&;"'>])(on[a-z]{3,40})\s{0,9}=\s{0,9}(?!\(|\w{1,20}\s?=>|async|function|use[a-z]+\()["'`]?[^"'\s>]{0,80}[(`]/;

function judgeAsUrl(text: string, prose: number): Evidence | null {
  const kind = judgeUrl(text, false);
  if (kind === null ? !isBrokenUp(text) : !isCode(text) && !isBrokenUp(text)) return null;
  const confidence = prose > 0.5 ? CONFIDENCE.possible : CONFIDENCE.certain;
  return { technique: kind ?? 'script-url', confidence, start: 0, end: Math.min(text.length, 64) };
}

/** The destinations of Markdown's links, which become attributes: `[here](javascript:…)`. */
function judgeAsMarkdown(text: string): Evidence | null {
  for (let at = text.indexOf(']('); at !== -1; at = text.indexOf('](', at + 2)) {
    const url = text.slice(at + 2, at + 66);
    if (judgeUrl(url.replace(/^\s?<?/, ''), true) !== null && !/^\s?<?data:image\//i.test(url)) {
      return { technique: 'markdown-link', confidence: CONFIDENCE.likely, start: at, end: at + url.length };
    }
  }
  return null;
}

function judgeAsStyle(text: string, lower: string, prose: number): Evidence | null {
  if (prose > 0.5 || !/url|expression|binding|\\/.test(lower) || !isActiveStyle(text)) return null;
  return { technique: 'active-style', confidence: CONFIDENCE.likely, start: 0, end: Math.min(text.length, 64) };
}
