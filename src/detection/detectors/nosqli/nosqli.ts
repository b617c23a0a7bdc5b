import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { LITERALS } from './literals.ts';
import { judgeOperatorInText, judgeOperatorName } from './operators.ts';
import { judgeProtocols } from './protocols.ts';
import { judgeScript } from './script.ts';

const ANY_QUOTE = SIGN.quote | SIGN.doubleQuote | SIGN.backtick;
/** Above this a text is writing, in which code is what the writing is about. */
const WRITING = 0.6;
const FEW_WORDS = 24;

/**
 * Injection into databases that do not speak SQL: operators in names and values, scripts that a value goes on with, and commands
 * behind a line break.
 */
export const nosqli: TextDetector = {
  id: 'nosqli',
  literals: LITERALS,
  concerns: ({ signs }, hasLiteral) =>
    hasLiteral ||
    ((signs & SIGN.equals) !== 0 &&
      ((signs & SIGN.pipe) !== 0 || ((signs & SIGN.ampersand) !== 0 && (signs & ANY_QUOTE) !== 0))),
  look,
};

function look(subject: Subject): Evidence | null {
  const { lower, leaf } = subject;
  if (leaf.role === 'name') {
    const confidence = judgeOperatorName(lower, leaf);
    if (confidence !== 'none') return evidence('operator-name', CONFIDENCE[confidence], 0, lower.length);
  }
  const operator = judgeOperatorInText(lower);
  if (operator !== null && operator.confidence !== 'none') {
    const confidence = inWriting(subject, operator.at) ? CONFIDENCE.possible : CONFIDENCE[operator.confidence];
    if (confidence > 90) return evidence('operator', confidence, operator.at, lower.length);
  }
  const script = judgeScript(lower);
  const protocol = judgeProtocols(lower);
  const best = [script, protocol].filter((one) => one !== null).sort((a, b) => b.confidence - a.confidence)[0];
  if (best !== undefined && (operator === null || best.confidence > CONFIDENCE.likely)) {
    return evidence(
      best.technique,
      inWriting(subject, best.at) ? CONFIDENCE.possible : best.confidence,
      best.at,
      lower.length,
    );
  }
  if (operator === null || operator.confidence === 'none') return null;
  const confidence = inWriting(subject, operator.at) ? CONFIDENCE.possible : CONFIDENCE[operator.confidence];
  return evidence('operator', confidence, operator.at, lower.length);
}

/** Behind some words of writing, code is what the writing is about. */
function inWriting(subject: Subject, at: number): boolean {
  return at > FEW_WORDS && subject.prose > WRITING;
}

function evidence(technique: string, confidence: number, start: number, end: number): Evidence {
  return { technique, confidence, start, end };
}
