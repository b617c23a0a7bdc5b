/** JavaScript that MongoDB's `$where`, its mapReduce and CouchDB's views would run: what a value adds to such a script. */
export type ScriptFinding = { readonly technique: string; readonly confidence: number; readonly at: number };

/**
 * Each needs a place where a script goes on behind the value (a quote, an operator, the start) and a thing that only a script
 * has. No repeat is unbounded, and they look at short pieces only.
 */
const RULES: readonly (readonly [string, number, RegExp])[] = [
  ['script-return', 95, /['"`]\s{0,8}[;})]{1,6}\s{0,8}return\b/],
  ['script-return', 75, /^\s{0,8}[;}]{1,4}\s{0,8}return[\s(]/],
  ['script-return', 75, /^\s{0,8}return\s{0,8}\(?\s{0,8}(?:true|1|this)\b/],
  [
    'script-this',
    95,
    /(?:&&|\|\||['"`;])\s{0,8}\(?\s{0,8}!?this(?:\.\w{1,64}){1,4}\s{0,8}(?:\.match\(|\.test\(|\[|[=!<>]=)/,
  ],
  ['script-this', 95, /(?:&&|\|\||['"`;])\s{0,8}\(?\s{0,8}this\.\w{1,64}(?:\.\w{1,64}){0,4}\s{0,8}(?:\(|[=!<>]|\.)/],
  ['script-this', 75, /^\s{0,8}this\.(?:\w{1,64}\.)?(?:match|constructor|length|password|passwd|username|user)\b/],
  ['script-keys', 95, /object\s{0,4}\.\s{0,4}keys\s{0,4}\(\s{0,4}this\s{0,4}\)/],
  [
    'script-tautology',
    95,
    /['"`]\s{0,8}\)?\s{0,8}(?:\|\||&&)\s{0,8}\(?\s{0,8}['"`]?\w{0,16}['"`]?\s{0,8}[=!]==?\s{0,8}['"`]?\w{0,16}/,
  ],
  [
    'script-tautology',
    75,
    /^\s{0,8}\w{0,16}\s{0,8}(?:\|\||&&)\s{0,8}['"`]?\w{1,16}['"`]?\s{0,8}[=!]==?\s{0,8}['"`]?\w{1,16}['"`]?\s{0,8}(?:\/\/|$)/,
  ],
  ['script-truth', 75, /['"`]\s{0,8}\)?\s{0,8}(?:\|\||&&)\s{0,8}(?:true|1|0|false)\s{0,8}(?:\/\/|;|\)|\|\||&&|$)/],
  ['script-sleep', 95, /['"`;})]\s{0,8}[;&|]{1,2}\s{0,8}sleep\s{0,4}\(\s{0,4}\d/],
  ['script-loop', 95, /(?:do\s{0,8}\{|while\s{0,8}\()[^\n]{0,200}new\s{1,8}date\s{0,4}\(/],
  ['script-loop', 95, /['"`;]\s{0,8}(?:var\s{1,8})?\w{1,32}\s{0,8}=\s{0,8}new\s{1,8}date\b[^\n]{0,200}while\s{0,8}\(/],
  ['shell-call', 95, /(?:^|[;'"`=(,!&|]\s{0,8})(?:tojson|printjson|tojsononeline)\s{0,4}\(/],
  [
    'shell-call',
    75,
    /(?:^|[;'"`(,!&|]\s{0,8})db\.(?:\w{1,64}\.){0,2}(?:insert|insertone|insertmany|find|findone|drop|dropdatabase|remove|update|updateone|updatemany|deleteone|deletemany|eval|runcommand|admincommand|getcollectionnames|getcollection|getusers|createuser|adduser|version|hostinfo|serverstatus|mapreduce|aggregate|count|stats|getmongo|getname|shutdownserver)\s{0,4}\(/,
  ],
  ['script-emit', 75, /['"`;})]\s{0,8}[;}]{1,4}\s{0,8}emit\s{0,4}\(/],
  [
    'script-variable',
    75,
    /['"`]\s{0,8}\)?\s{0,8};\s{0,8}(?:var|let|const)\s{1,8}\w{1,32}\s{0,8}=\s{0,8}['"`]\w{0,64}$/,
  ],
  ['script-throw', 75, /['"`]\s{0,8}[;})]{1,6}\s{0,8}throw\s/],
];

/** A value stands before a break-out without quotes, and a script goes on with a value: both are short. */
const LONGEST_VALUE = 80;
const LONGEST_SCRIPT = 600;
const VALUE = /^[^(){}=;]*$/;
const QUOTES = ["'", '"', '`'];

/**
 * Looks where a script can begin: near the text's beginning, and at the first quote of each kind. A later quote may end what the
 * text itself has begun.
 */
export function judgeScript(lower: string): ScriptFinding | null {
  let best = judgePiece(lower.slice(0, LONGEST_VALUE + LONGEST_SCRIPT), 0);
  for (const quote of QUOTES) {
    const at = lower.indexOf(quote);
    if (at <= LONGEST_VALUE) continue;
    const found = judgePiece(lower.slice(at, at + LONGEST_SCRIPT), at);
    if (found !== null && (best === null || found.confidence > best.confidence)) best = found;
  }
  return best;
}

function judgePiece(piece: string, offset: number): ScriptFinding | null {
  let best: ScriptFinding | null = null;
  for (const [technique, confidence, rule] of RULES) {
    if (best !== null && best.confidence >= confidence) continue;
    const at = piece.search(rule);
    if (at < 0 || (technique !== 'script-loop' && !isBreakOut(piece, at))) continue;
    best = { technique, confidence, at: offset + at };
  }
  return best;
}

/** Before a break-out without quotes a value may stand, and no code: then all of it is code, which somebody shows. */
function isBreakOut(text: string, at: number): boolean {
  const mark = text.charAt(at);
  if (QUOTES.includes(mark)) return text.indexOf(mark) === at;
  if (at === 0) return !text.startsWith('db.') || /[;)}\]1]\s{0,8}$/.test(text.slice(-12));
  return at <= LONGEST_VALUE && VALUE.test(text.slice(0, at));
}
