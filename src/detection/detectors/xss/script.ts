import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { ANCHOR, GLOBALS, HELPERS, KEYWORDS, PAGE_MEMBERS, SINKS, SPELT, TELLING_MEMBERS } from './script-names.ts';

/**
 * Judges a text as JavaScript that lands in a script: in a string that it may close, in a template literal, or as code. Looks at the
 * names that injected code must use, and reads what stands before and behind each as code.
 */
export function judgeScript(text: string, lower: string, prose: number): Evidence | null {
  let best: Evidence | null = null;
  const quotes: FirstQuotes = { '"': text.indexOf('"'), "'": text.indexOf("'"), '`': text.indexOf('`') };
  ANCHOR.lastIndex = 0;
  for (let match = ANCHOR.exec(lower); match !== null; match = ANCHOR.exec(lower)) {
    const name = match[0];
    const use = usageOf(lower, name, match.index);
    if (use === null) continue;
    const place = placeBefore(lower, match.index, quotes);
    const confidence = weigh(use, place, text, prose);
    if (confidence > (best?.confidence ?? 0)) {
      best = { technique: use.technique, confidence, start: match.index, end: match.index + name.length + 12 };
      if (confidence === CONFIDENCE.certain) break;
    }
  }
  return best;
}

/** Where each kind of quote first stands: only that can end a string which began before the text. */
type FirstQuotes = Readonly<Record<'"' | "'" | '`', number>>;

type Usage = {
  readonly technique: string;
  /** `strong`: nobody but an attacker does this alone; `plain`: code does; `helper`: only after breaking out. */
  readonly weight: 'strong' | 'plain' | 'helper';
};

/** What the code does with a name; null when it is only a word. */
function usageOf(text: string, name: string, at: number): Usage | null {
  const end = at + name.length;
  const next = skip(text, end);
  if (GLOBALS.has(name)) return usageOfGlobal(text, name, at, next);
  if (name === 'call' || name === 'apply') {
    return text[next] === '`' && text[back(text, at)] === '.'
      ? { technique: 'tagged-template', weight: 'strong' }
      : null;
  }
  if (name === 'constructor') return usageOfConstructor(text, at, next);
  if (name === 'location') return usageOfLocation(text, next);
  if (name === 'onerror') {
    return text[next] === '=' &&
      /^\s{0,4}(?:alert|eval|prompt|confirm|settimeout)\b/.test(text.slice(next + 1, next + 20))
      ? { technique: 'thrown-call', weight: 'strong' }
      : null;
  }
  if (name === 'innerhtml' || name === 'outerhtml') {
    return text[next] === '=' && text[at - 1] === '.' ? { technique: 'page-change', weight: 'plain' } : null;
  }
  if (name === 'fromcharcode') {
    if (text[next] !== '(') return null;
    const several = /^\(\s?(?:0x)?[\da-f]{2,4}\s?,\s?(?:0x)?[\da-f]{2,4}\s?,/.test(text.slice(next, next + 24));
    return { technique: 'spelt-by-codes', weight: several ? 'strong' : 'plain' };
  }
  if (name === 'xmlhttprequest' || name === 'image') {
    return /(?:^|\W)new[\s(]{1,4}$/.test(text.slice(Math.max(0, at - 9), at))
      ? { technique: 'request', weight: 'helper' }
      : null;
  }
  if (name === 'localstorage' || name === 'sessionstorage') {
    return text[next] === '.' || text[next] === '[' ? { technique: 'page-access', weight: 'helper' } : null;
  }
  if (SINKS.has(name) && text[back(text, at)] === '=' && isAliased(text, name, at, next)) {
    return { technique: 'aliased-call', weight: 'strong' };
  }
  if (!isCalled(text, at, next)) return null;
  if (TIMERS.has(name) && !/^\W{0,6}(?:["'`]|name|atob|location|unescape|eval)/.test(text.slice(next, next + 16))) {
    return { technique: 'timer', weight: 'helper' };
  }
  const before = text[at - 1];
  if (SINKS.has(name))
    return { technique: 'script-call', weight: before === '.' && !isGlobal(text, at - 1) ? 'plain' : 'strong' };
  if (name === 'function') {
    return /new[\s(]{1,4}$/.test(text.slice(Math.max(0, at - 8), at)) || /^\(\s?["'`]/.test(text.slice(next, next + 3))
      ? { technique: 'function-from-text', weight: 'strong' }
      : null;
  }
  if (name === 'import') {
    return /^\(\s?["'`]/.test(text.slice(next, next + 3)) ? { technique: 'import-call', weight: 'plain' } : null;
  }
  if (name === 'atob' || name === 'btoa') return { technique: 'decoding', weight: 'plain' };
  return HELPERS.has(name) || name === 'sendbeacon' ? { technique: 'script-call', weight: 'helper' } : null;
}

/** Functions that honest code hands a function, and an attack a text. */
const TIMERS: ReadonlySet<string> = new Set(['settimeout', 'setinterval', 'setimmediate']);

/** `a=eval;`, and `a=alert;a(1)`: another name for a function that is called by it later. */
function isAliased(text: string, name: string, at: number, next: number): boolean {
  if (!/^[;,)]|^$/.test(text.slice(next, next + 1))) return false;
  if (name === 'eval') return true;
  const alias = /([\w$]{1,20})\s?=\s?$/.exec(text.slice(Math.max(0, at - 24), at))?.[1];
  return alias !== undefined && text.slice(next, next + 200).includes(`${alias}(`);
}

function isGlobal(text: string, dot: number): boolean {
  return /(?:window|self|top|parent|frames|this|globalthis)\s?\??$/.test(text.slice(Math.max(0, dot - 14), dot));
}

/** `alert(1)`, `alert?.(1)`, ``alert`1` ``, `(alert)(1)`, `alert.call(…)`. A word in Markdown's backticks is not called. */
function isCalled(text: string, at: number, next: number): boolean {
  const code = text[next];
  // "confirm(ed)" and "eval(uation)" are words.
  if (code === '(') return !/^\((?:e[dr]|s|ing|uations?|ation|ly|ness|ment)\)/.test(text.slice(next, next + 9));
  if (code === '`') return !isQuotedByBackticks(text, at, next);
  if (code === '?') return text.startsWith('?.(', next) || text.startsWith('?.`', next);
  if (code === '.') return /^\.\s?(?:call|apply|bind)\s?[(`]/.test(text.slice(next, next + 12));
  if (code !== ')' && code !== ']') return false;
  if (
    /\.(?:map|foreach|find|filter|some|every|sort|reduce|replace|then|from)\s?\($/.test(
      text.slice(Math.max(0, at - 12), at),
    )
  )
    return true;
  const open = text[back(text, at)];
  return (open === '(' || open === '[' || open === ',') && /^[)\]]\s?[(`[]/.test(text.slice(next, next + 3));
}

/** Whether the backtick behind a name ends a piece of code in Markdown. */
function isQuotedByBackticks(text: string, at: number, next: number): boolean {
  let open = false;
  for (let i = Math.max(0, at - 60); i < at; i++) if (text[i] === '`') open = !open;
  return open || /^`(?:[\s.,;:)!?|-]|$)/.test(text.slice(next, next + 2));
}

function usageOfGlobal(text: string, name: string, at: number, from: number): Usage | null {
  let next = from;
  // `(document)["cookie"]`
  if (text[next] === ')' && text[back(text, at)] === '(') next = skip(text, next + 1);
  if (text[next] === '[') {
    const close = text.indexOf(']', next);
    if (close === -1 || close - next > 160) return null;
    const inside = text.slice(next + 1, close);
    const spelt = inside.includes('/*') ? inside.replace(/\/\*[^*]{0,80}\*\//g, '') : inside;
    return SPELT.test(withoutOctals(spelt).replace(/["'`+\s\\]/g, '')) && /["'`/(]|location/.test(spelt)
      ? { technique: 'spelt-name', weight: 'strong' }
      : null;
  }
  if (text.startsWith('?.', next)) next++;
  if (text[next] !== '.' || (name !== 'document' && name !== 'window')) return null;
  const memberAt = skip(text, next + 1);
  const member = /^[a-z]{1,24}/.exec(text.slice(memberAt, memberAt + 24))?.[0] ?? '';
  if (!PAGE_MEMBERS.has(member)) return null;
  const after = skip(text, memberAt + member.length);
  const acts = text[after] === '(' || text[after] === '`' || (text[after] === '=' && text[after + 1] !== '=');
  if (acts) return { technique: 'page-access', weight: READING.test(member) ? 'plain' : 'strong' };
  const whole = at <= 2 && after >= text.length - 2;
  if (TELLING_MEMBERS.has(member)) return { technique: 'page-access', weight: whole ? 'strong' : 'plain' };
  return { technique: 'page-access', weight: 'helper' };
}

/** Octal escapes, which only JavaScript's strings have; others are undone before. */
function withoutOctals(text: string): string {
  return text.replace(/\\([0-3]?[0-7]{1,2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** What honest code does all day. */
const READING = /^(?:get|query|create)/;

function usageOfConstructor(text: string, at: number, next: number): Usage | null {
  const before = text[back(text, at)];
  const around = text.slice(next, next + 24);
  if (before === '.' || before === undefined || /[\s{(;=!+,]/.test(before)) {
    if (/^(?:\.\s?constructor|\[\s?["'`]constructor)/.test(around))
      return { technique: 'constructor-chain', weight: 'strong' };
    if (before === '.' && /^\(\s?(?:["'`]|\/)|^`/.test(around))
      return { technique: 'constructor-chain', weight: 'strong' };
  }
  if (before !== undefined && /["'`]/.test(before) && /^["'`]\s?\]\s?[([.`]/.test(around)) {
    return { technique: 'constructor-chain', weight: 'strong' };
  }
  return null;
}

function usageOfLocation(text: string, from: number): Usage | null {
  let next = from;
  const member = /^\.\s?(href|hash|search|replace|assign|pathname|host|hostname|origin)/.exec(
    text.slice(next, next + 12),
  );
  if (member !== null) next = skip(text, next + member[0].length);
  if (text[next] === '(' && /^\.\s?(?:replace|assign)/.test(member?.[0] ?? ''))
    return { technique: 'navigation', weight: 'plain' };
  if (text[next] !== '=' || text[next + 1] === '=') return null;
  const value = text.slice(next + 1, next + 24).trimStart();
  if (/^["'`]?(?:java|vb)script/.test(value)) return { technique: 'navigation', weight: 'strong' };
  return member !== null || /^["'`]|^(?:name|atob|window|document|location)\b/.test(value)
    ? { technique: 'navigation', weight: 'helper' }
    : null;
}

type Place = 'breakout' | 'url' | 'start' | 'code' | 'word';

const OPERATORS = ' \t\r\n;+-*/,)}](&|^?:<>=%!~{[\\.';
const FAR = 48;

/** What stands before a name: an unpaired quote that was just closed, the start, an operator, or another word. */
function placeBefore(text: string, from: number, quotes: FirstQuotes): Place {
  let at = from;
  // `new Image`, `return alert`: what matters stands before the keyword.
  for (let word = wordBefore(text, at); KEYWORDS.has(word); word = wordBefore(text, at))
    at = back(text, at) + 1 - word.length;
  let i = at - 1;
  let operators = false;
  const stop = Math.max(-1, at - FAR);
  while (i > stop && OPERATORS.includes(text[i] as string)) {
    const code = text[i] as string;
    if (code !== ' ' && code !== '\t') operators = true;
    if (code === '{' && text[i - 1] === '$') return 'breakout';
    if (code === ':' && /(?:java|vb|live)script$/.test(text.slice(Math.max(0, i - 12), i))) return 'url';
    if (code === '/' && text[i - 1] === '*') i = Math.max(stop, stop + text.slice(stop + 1, i - 1).lastIndexOf('/*'));
    i--;
  }
  if (i < 0) return 'start';
  const code = text[i] as string;
  if (code === '"' || code === "'" || code === '`') {
    return quotes[code] === i && operators && isClosing(text, i) ? 'breakout' : 'code';
  }
  return operators || at < from ? 'code' : 'word';
}

function wordBefore(text: string, at: number): string {
  const end = back(text, at) + 1;
  return /[a-z]{1,12}$/.exec(text.slice(Math.max(0, end - 12), end))?.[0] ?? '';
}

/** A quote that ends a string: no opening bracket or comma before it, and no word right behind it. */
function isClosing(text: string, at: number): boolean {
  const before = text[back(text, at)];
  return before === undefined || !'([,=:+'.includes(before) || at === 0;
}

const SHORT = 320;

function weigh({ weight }: Usage, place: Place, text: string, prose: number): number {
  if (place === 'breakout') return weight === 'helper' ? CONFIDENCE.likely : CONFIDENCE.certain;
  if (place === 'url') return prose > 0.5 ? CONFIDENCE.possible : CONFIDENCE.certain;
  if (weight === 'helper') return CONFIDENCE.weak;
  const isPasted = text.length > SHORT || (place === 'code' && text.includes('\n'));
  if (prose >= 0.3 || place === 'word' || isPasted) return prose < 0.6 ? CONFIDENCE.possible : CONFIDENCE.weak;
  return weight === 'strong' || place === 'start' ? CONFIDENCE.likely : CONFIDENCE.possible;
}

/** Past spaces and comments. */
function skip(text: string, from: number): number {
  const most = Math.min(text.length, from + FAR * 2);
  let at = from;
  while (at < most) {
    const code = text.charCodeAt(at);
    if (code <= 0x20) at++;
    else if (code === 0x2f && text[at + 1] === '*') {
      const end = text.slice(at + 2, most).indexOf('*/');
      if (end === -1) return at;
      at += end + 4;
    } else return at;
  }
  return at;
}

/** The place of the last character before `at` that is no space; -1 when there is none near. */
function back(text: string, at: number): number {
  let i = at - 1;
  const stop = Math.max(-1, at - FAR);
  while (i > stop && text.charCodeAt(i) <= 0x20) i--;
  return i;
}

/** Names put together from pieces, so that no filter reads them: `'al' + 'ert'`. */
export function judgePieces(lower: string): Evidence | null {
  const match = /(["'`])\s{0,3}\+\s{0,3}["'`]/.exec(lower);
  if (match === null) return null;
  const whole = lower.slice(0, LONGEST_PIECES).replace(/["'`]\s{0,3}\+\s{0,3}["'`]/g, '');
  const spelt =
    /javascript:|vbscript:|alert|document|fromcharcode|settimeout|constructor|\beval\b|<script|onerror/.exec(
      whole,
    )?.[0];
  if (spelt === undefined || lower.includes(spelt)) return null;
  return { technique: 'name-in-pieces', confidence: CONFIDENCE.likely, start: match.index, end: match.index + 16 };
}

const LONGEST_PIECES = 4_000;

/** Tags whose brackets some filter has taken away already: `scriptalert(1)/script`. */
export function judgeStripped(lower: string): Evidence | null {
  const match = /(?:^|[^a-z])script(?:alert|prompt|confirm|eval|document)\b[\s\S]{0,200}\/script/.exec(lower);
  if (match === null) return null;
  return {
    technique: 'stripped-tag',
    confidence: CONFIDENCE.likely,
    start: match.index,
    end: match.index + match[0].length,
  };
}

/** Code of nothing but brackets and signs: words are spelt out of `[]`, `!` and `+` (known as JSFuck), or of symbols alone. */
export function judgeSymbols(text: string): Evidence | null {
  const match = /!!\[\]|\(!\[\](?!\()|\[\]\[\(|\[!\[\](?!\()|\[[+ ]!!|\+\[\]\)|=~\[\]/.exec(text);
  if (match === null) return null;
  return {
    technique: 'symbols-only',
    confidence: CONFIDENCE.likely,
    start: match.index,
    end: match.index + match[0].length,
  };
}
