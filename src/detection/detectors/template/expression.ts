import { CONFIDENCE } from '../../evidence.ts';
import { CALLS, DANGEROUS, PACKAGES, ROOTS, SPELT_NAMES } from './dangerous-names.ts';
import { type ExpressionToken, readExpression } from './expression-tokens.ts';

export type Judged = { readonly technique: string; readonly confidence: number };

const { certain, likely, possible } = CONFIDENCE;
const NOTHING: ExpressionToken = { kind: 'mark', text: '', opens: '', isFirstUpper: false };

/**
 * What an expression between a template's marks does: null when it names something to be put in, with or without filters, as honest
 * texts do.
 */
export function judgeExpression(source: string): Judged | null {
  const tokens = readExpression(source);
  if (tokens.length === 0) return null;
  if (isProbe(tokens)) return { technique: 'arithmetic-probe', confidence: likely };
  let best: Judged | null = null;
  for (let i = 0; i < tokens.length; i++) {
    const found = judgeToken(tokens, i);
    if (found !== null && found.confidence > (best?.confidence ?? 0)) best = found;
    if (best?.confidence === certain) break;
  }
  return best ?? judgeWhole(tokens);
}

function judgeToken(tokens: readonly ExpressionToken[], i: number): Judged | null {
  const token = tokens[i] ?? NOTHING;
  const before = tokens[i - 1] ?? NOTHING;
  const after = tokens[i + 1] ?? NOTHING;
  switch (token.kind) {
    case 'name':
      return judgeName(tokens, i, token, before, after);
    case 'string':
      return judgeString(token, before, after, tokens[i - 2] ?? NOTHING);
    case 'mark':
      // OGNL's static access: @java.lang.Runtime@getRuntime().
      if (token.text === '@' && after.kind === 'name' && PACKAGES.test(after.text))
        return { technique: 'static-access', confidence: certain };
      if (token.text === '?' && FREEMARKER.has(after.text) && (after.opens === '(' || after.text === 'api')) {
        return { technique: 'built-in', confidence: certain };
      }
      if (token.text === '#' && after.text === '_memberaccess')
        return { technique: 'member-access', confidence: certain };
      return null;
    default:
      return null;
  }
}

/** Built-ins of Freemarker that make objects or run text. */
const FREEMARKER: ReadonlySet<string> = new Set(['new', 'api', 'eval', 'interpret']);

function judgeName(
  tokens: readonly ExpressionToken[],
  i: number,
  token: ExpressionToken,
  before: ExpressionToken,
  after: ExpressionToken,
): Judged | null {
  const name = token.text;
  const isMember = before.text === '.' || before.text === '?.';
  const isWalked = after.text === '.' || after.text === '?.' || token.opens !== '' || after.text === '::';
  if (DANGEROUS.has(name)) {
    const strong = name.includes('_') || isMember || isWalked || before.text === '|' || name.length > 8;
    if (!(PLAIN.has(name) && !token.opens && !isMember))
      return { technique: 'dangerous-name', confidence: strong ? certain : possible };
  }
  if (token.opens === '(' && CALLS.has(name))
    return { technique: 'dangerous-call', confidence: isMember ? likely : certain };
  if (before.text === 'new' && token.isFirstUpper === false && PACKAGES.test(name))
    return { technique: 'new-object', confidence: certain };
  if (
    PACKAGES.test(name) &&
    !isMember &&
    after.text === '.' &&
    tokens[i + 2]?.kind === 'name' &&
    tokens[i + 3]?.text === '.'
  ) {
    return {
      technique: 'class-access',
      confidence: name === 'system' || name === 'java' || name === 'javax' ? certain : likely,
    };
  }
  if (name === 't' && token.isFirstUpper && token.opens === '(' && tokens[i + 2]?.kind === 'name')
    return { technique: 'type-reference', confidence: certain };
  if (
    name === 'process' &&
    after.text === '.' &&
    /^(?:env|mainmodule|binding|exit|kill|dlopen)$/.test(tokens[i + 2]?.text ?? '')
  ) {
    return { technique: 'system-object', confidence: likely };
  }
  if (!isMember && ROOTS.has(name)) return judgeRoot(tokens, i, token, after);
  return null;
}

/** Dangerous only as what they are not in honest templates: `{{ system }}` is a word, `system('id')` is not. */
const PLAIN: ReadonlySet<string> = new Set([
  'system',
  'exec',
  'send',
  'io',
  'kernel',
  'assert',
  'assembly',
  'prototype',
  'nashorn',
  'lipsum',
  'joiner',
  'cycler',
  'freemarker',
  'constructor',
]);

function judgeRoot(
  tokens: readonly ExpressionToken[],
  i: number,
  token: ExpressionToken,
  after: ExpressionToken,
): Judged | null {
  const name = token.text;
  const member = after.text === '.' ? (tokens[i + 2] ?? NOTHING) : NOTHING;
  if (name === 'config' || name === 'self' || name === 'settings') {
    if (
      member.opens === '(' ||
      token.opens === '[' ||
      /^(?:secret_key|module|template|attr|context|environ)$/.test(member.text)
    ) {
      return { technique: 'root-object', confidence: likely };
    }
    return tokens.length === 1 || after.text === '|' ? { technique: 'root-object', confidence: possible } : null;
  }
  if (name === 'request' || name === 'app' || name === 'session') {
    return (after.text === '|' && tokens[i + 2]?.text === 'attr') ||
      /^(?:application|environ|__|module|_session)/.test(member.text) ||
      (member.text === 'request' && tokens.some(({ text, opens }) => text === 'filter' && opens === '('))
      ? { technique: 'root-object', confidence: likely }
      : null;
  }
  if (
    /^(?:file|dir|io|process|runtime|os|objectspace|thread|sys)$/.test(name) &&
    member.kind === 'name' &&
    (member.opens === '(' || member.text === 'env' || name === 'os')
  ) {
    return token.isFirstUpper || name === 'os' || name === 'process' || name === 'sys'
      ? { technique: 'system-object', confidence: certain }
      : null;
  }
  return null;
}

function judgeString(
  token: ExpressionToken,
  before: ExpressionToken,
  after: ExpressionToken,
  caller: ExpressionToken,
): Judged | null {
  if (before.text === '(' || before.text === '[' || before.text === ',' || before.text === '|') {
    if (SPELT_NAMES.test(token.text)) {
      const isFilter = /^(?:filter|map|sort|reduce|attr|attribute|call|include|source|assert|column)$/.test(
        caller.text,
      );
      const isPath = before.text === '[' || isFilter;
      if (isPath || /__|java|freemarker|\/etc\/|return|process|require|alert\(|exec|\\x5f|system/i.test(token.text)) {
        return { technique: 'spelt-name', confidence: isFilter || isPath ? certain : likely };
      }
    }
  }
  if (/^(?:constructor|__proto__|prototype)$/.test(token.text)) return { technique: 'spelt-name', confidence: likely };
  if (/^(?:\/etc\/|\/proc\/|c:\\)/i.test(token.text)) return { technique: 'system-file', confidence: likely };
  return before.text === 'with' && after.text === 'as' ? { technique: 'literal-context', confidence: likely } : null;
}

/** Nothing but literals and operators, with one between two of them: nobody lets a template reckon with constants. Dates have dashes. */
function isProbe(tokens: readonly ExpressionToken[]): boolean {
  let found = false;
  for (let i = 0; i < tokens.length; i++) {
    const { kind, text } = tokens[i] ?? NOTHING;
    if (kind === 'name') return false;
    if (kind !== 'mark') continue;
    if (REACHES.has(text)) found ||= isLiteral(tokens[i - 1]) && isLiteral(tokens[i + 1]);
    else if (!BESIDE.has(text)) return false;
  }
  return found;
}

const REACHES: ReadonlySet<string> = new Set(['*', '+', '%', '**', '^', '~']);
const BESIDE: ReadonlySet<string> = new Set(['(', ')', '{', '}', '-', '/']);

function isLiteral(token: ExpressionToken | undefined): boolean {
  return (
    token !== undefined &&
    (token.kind === 'number' || token.kind === 'string' || token.text === '(' || token.text === ')')
  );
}

/** What stands out as a whole: a method called on a literal, a filter fed with a list. */
function judgeWhole(tokens: readonly ExpressionToken[]): Judged | null {
  const [first = NOTHING, second = NOTHING, third = NOTHING] = tokens;
  if (first.kind === 'string' && second.text === '.' && third.opens === '(')
    return { technique: 'literal-method', confidence: likely };
  if (
    first.text === '[' &&
    tokens.some(({ text }, i) => text === '|' && /^(?:filter|map|sort|reduce)$/.test(tokens[i + 1]?.text ?? ''))
  ) {
    return { technique: 'filter-call', confidence: likely };
  }
  return null;
}
