import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { judgeCalls } from './calls.ts';
import { type Chain, DOTNET, JAVA, NODE, PERL, PYTHON, RUBY } from './chains.ts';
import { compactCode } from './compact.ts';
import { findUploadName } from './file-names.ts';
import { findJavaName } from './java-names.ts';
import { LITERALS } from './literals.ts';
import { hasShortTag, isCalledExpression, isDirective, PHP } from './php.ts';
import { withoutFrames } from './stack-frames.ts';

const CHAINS: readonly Chain[] = [...PHP, ...NODE, ...PYTHON, ...RUBY, ...PERL, ...JAVA, ...DOTNET];

/**
 * Code for an interpreter behind the application (CWE-94, CWE-95): PHP, JavaScript on servers, Python, Ruby, Perl, Java and its kin,
 * .NET. The text is reduced to its tokens; calls and member chains are judged, mentions in prose are not.
 */
export const code: TextDetector = {
  id: 'code',
  literals: LITERALS,
  concerns: ({ signs }, hasLiteral) =>
    hasLiteral ||
    ((signs & SIGN.parenthesis) !== 0 && (signs & CALLING) !== 0) ||
    ((signs & SIGN.dollar) !== 0 && (signs & SIGN.brace) !== 0),
  look,
};

/** With one of these the name of a function can be an expression. */
const CALLING = SIGN.dollar | SIGN.quote | SIGN.doubleQuote | SIGN.brace | SIGN.bracket;
/** Characters without which a text is a name and nothing that runs. */
const RUNNING =
  SIGN.parenthesis |
  SIGN.brace |
  SIGN.bracket |
  SIGN.less |
  SIGN.dollar |
  SIGN.colon |
  SIGN.equals |
  SIGN.semicolon |
  SIGN.percent |
  SIGN.backtick |
  SIGN.doubleQuote |
  SIGN.quote;

/** Ruby runs what stands in backticks, which compact code shows as quotes. */
const INTERPOLATED_COMMAND = /#\{\s{0,4}`[a-z/]/;

function look(subject: Subject): Evidence | null {
  const { prose, features } = subject;
  const lower = withoutFrames(subject.lower);
  let best = findUploadName(subject);
  const consider = (one: Evidence | null): void => {
    if (one !== null && one.confidence > (best?.confidence ?? 0)) best = one;
  };
  if (lower.includes('.')) consider(findJavaName(lower, prose));
  if (hasShortTag(lower))
    consider({
      technique: 'php-tag',
      confidence: prose > 0.45 ? CONFIDENCE.possible : 90,
      start: lower.indexOf('<?'),
      end: lower.length,
    });
  const interpolated = INTERPOLATED_COMMAND.exec(lower);
  if (interpolated !== null)
    consider({
      technique: 'ruby-interpolation',
      confidence: 85,
      start: interpolated.index,
      end: interpolated.index + interpolated[0].length,
    });
  if (isDirective(lower))
    consider({ technique: 'php-directive', confidence: CONFIDENCE.likely, start: 0, end: lower.length });
  const compact = (features.signs & RUNNING) === 0 && !lower.includes('.') ? lower : compactCode(lower);
  if (isCalledExpression(compact))
    consider({ technique: 'php-called-expression', confidence: 85, start: 0, end: lower.length });
  consider(placed(judgeChains(compact, prose), compact, lower));
  if (compact.includes('(')) consider(placed(judgeCalls(compact, lower, prose), compact, lower));
  return best;
}

function judgeChains(compact: string, prose: number): Evidence | null {
  let best: Evidence | null = null;
  for (const { technique, confidence, hint, pattern } of CHAINS) {
    if (confidence <= (best?.confidence ?? 0) || !compact.includes(hint)) continue;
    const match = pattern.exec(compact);
    if (match === null) continue;
    const sure = prose > 0.45 ? CONFIDENCE.possible : confidence;
    if (sure > (best?.confidence ?? 0))
      best = { technique, confidence: sure, start: match.index, end: match.index + match[0].length };
  }
  return best;
}

/** Evidence found in compact code, put where its first word stands in the text. */
function placed(evidence: Evidence | null, compact: string, lower: string): Evidence | null {
  if (evidence === null) return null;
  const found = compact.slice(evidence.start, evidence.end);
  const word = /\w{2,}/.exec(found)?.[0] ?? '';
  const start = Math.max(0, word === '' ? 0 : lower.indexOf(word));
  return { ...evidence, start, end: Math.min(lower.length, start + Math.max(found.length, 1)) };
}
