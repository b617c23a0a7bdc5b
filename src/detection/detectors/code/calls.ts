import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { CALLED, EXECUTORS, ORDINARY, PHP_PREFIX, RUNNERS } from './functions.ts';

const CALL = /([a-z_$][\w$]{0,60})\(/g;
const INPUT = /^@?\$_(?:get|post|request|cookie|server|files|env|session)\b|^@?\$(?:globals|http_\w+)/;
/** Before a call that is put in: the end of what stood there before. */
const BROKEN_OFF = /^[\s;|&'"@.,:)\]}\d{$<?=!-]{0,12}(?:php|return|echo|print)?[\s"';@]{0,3}$/;
/** A comment between a function's name and its parenthesis: there to be overlooked. */
const HIDDEN_CALL = /\w\s{0,4}(?:\/\*[^*]{0,60}\*\/|(?:#|\/\/)[^\n]{0,60}\n)\s{0,4}\(/;
const COMMAND =
  /^["(]{0,2}(?:cat|ls|id|whoami|uname|pwd|dir|sleep|ping|wget|curl|nc|bash|sh|cmd|powershell|echo|type|net|ipconfig|ifconfig|ps|env|python|perl|touch|rm|\/(?:usr\/)?s?bin\/)\b/;

const MOST_NAMES = 32;

/** Calls in compact code: of functions that run things, with what is handed to them. */
export function judgeCalls(compact: string, lower: string, prose: number): Evidence | null {
  let best: Evidence | null = null;
  const isHidden = HIDDEN_CALL.test(lower);
  const remarks = new Map<string, boolean>();
  CALL.lastIndex = 0;
  for (let match = CALL.exec(compact); match !== null; match = CALL.exec(compact)) {
    const name = match[1] as string;
    const confidence = damped(confidenceOf(name, compact, match.index, CALL.lastIndex, isHidden), prose);
    if (confidence <= (best?.confidence ?? 0)) continue;
    if (confidence < 90 && /[a-z]/.test(compact.charAt(CALL.lastIndex))) {
      // Looked up once a name.
      const isRemark = remarks.get(name) ?? (remarks.size < MOST_NAMES && isRemarked(lower, name));
      remarks.set(name, isRemark);
      if (isRemark) continue;
    }
    best = {
      technique: `call-${name
        .replace(/[^a-z0-9]{1,30}/g, '-')
        .replace(/^-|-$/g, '')
        .slice(0, 30)}`,
      confidence,
      start: match.index,
      end: CALL.lastIndex,
    };
    if (confidence >= CONFIDENCE.certain) break;
  }
  return best;
}

function confidenceOf(full: string, compact: string, start: number, open: number, isHidden: boolean): number {
  const name = full.replace(/^\$+/, '');
  const isPrefixed = name.includes('_') && PHP_PREFIX.test(name);
  if (!isPrefixed && !RUNNERS.has(name) && !CALLED.has(name) && !isTailOfRunner(name)) return 0;
  const args = compact.slice(open, open + 160);
  const isBuiltIn = isPrefixed && /^(?:[)"$\d@[]|$)/.test(args);
  const isRunner = RUNNERS.has(name) || isBuiltIn || isTailOfRunner(name);
  if (!isRunner && !CALLED.has(name)) return 0;
  if (INPUT.test(args)) return CONFIDENCE.certain;
  if (EXECUTORS.has(name) && !ORDINARY.has(name)) {
    if (COMMAND.test(args)) return 90;
    const inner = /^@?"?([a-z_]\w{1,40})\(/.exec(args)?.[1] ?? '';
    if (RUNNERS.has(inner) || inner === 'chr') return CONFIDENCE.certain;
  }
  const before = compact.slice(Math.max(0, start - 24), start);
  const isFirst = start < 24 && BROKEN_OFF.test(before);
  if (isRunner)
    return isFirst || /[;{(=@!"?>]$/.test(before) ? 80 : /^[)"\d]/.test(args) ? CONFIDENCE.likely : CONFIDENCE.possible;
  if (name === 'require' && MODULE_BESIDE.test(args)) return CONFIDENCE.weak;
  if (name.endsWith('printf') && FORMAT.test(args)) return CONFIDENCE.possible;
  if (!isFirst && !/[;{@]["\s]?$/.test(before))
    return EXECUTORS.has(name) && args.startsWith('"') ? CONFIDENCE.possible : CONFIDENCE.weak;
  if (args.startsWith(')') && !isFirst) return CONFIDENCE.possible;
  const close = args.indexOf(')');
  const ends = close === -1 || open + close > compact.length - 24;
  if (isHidden && isFirst) return 80;
  if (name === 'sleep' && !/^[\d"]/.test(args)) return CONFIDENCE.weak;
  if (ORDINARY.has(name))
    return name === 'sleep' && /^\d{1,4}\)/.test(args) && before !== '' ? CONFIDENCE.likely : CONFIDENCE.possible;
  return ends ? 80 : CONFIDENCE.possible;
}

/** `system (sic)`, `system(s) check`: a word and a remark, or its plural. */
function isRemarked(lower: string, name: string): boolean {
  const at = lower.indexOf(`${name}(`);
  return at === -1 ? lower.includes(`${name} (`) : REMARK.test(lower.slice(at + name.length, at + name.length + 24));
}

const REMARK = /^\([a-z]{1,16}\)[.,:]? [a-z]{2}|^\(e?s\)[.,:]?$/;

function isTailOfRunner(name: string): boolean {
  return /^[a-z]{0,12}(?:call_user_func|fsockopen|gzinflate|gzdecode|shell_exec|base64_decode)$/.test(name);
}

/** `require('../cart')`: no path of a server, but one within a program. */
const MODULE_BESIDE = /^"\.{1,2}\/(?!(?:\.\.\/){0,12}(?:etc|proc|var|home|root|tmp)\/)[\w@./-]{1,100}"\)/;
const FORMAT = /^"[^"]{0,80}%/;

function damped(confidence: number, prose: number): number {
  return prose > 0.45 && confidence < 90
    ? Math.min(confidence, CONFIDENCE.possible)
    : prose > 0.6
      ? Math.min(confidence, CONFIDENCE.possible)
      : confidence;
}
