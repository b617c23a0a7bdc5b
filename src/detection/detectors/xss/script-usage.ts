import { GLOBALS, HELPERS, PAGE_MEMBERS, SINKS, SPELT, TELLING_MEMBERS } from './script-names.ts';
import { back, skip } from './script-spaces.ts';

export type Usage = {
  readonly technique: string;
  /** `strong`: nobody but an attacker does this alone; `plain`: code does; `helper`: only after breaking out. */
  readonly weight: 'strong' | 'plain' | 'helper';
};

/** What the code does with a name; null when it is only a word. */
export function usageOf(text: string, name: string, at: number): Usage | null {
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
    const close = text.slice(next, next + 160).indexOf(']');
    if (close === -1) return null;
    const inside = text.slice(next + 1, next + close);
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
