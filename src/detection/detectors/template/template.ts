import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';
import { findPieces, type Piece } from './delimiters.ts';
import { type Judged, judgeExpression } from './expression.ts';

/**
 * Template injection (CWE-1336): reads what stands between the marks of template engines as the expressions they would evaluate.
 * Placeholders pass, for honest callers send templates too.
 */
export const template: TextDetector = {
  id: 'template',
  literals: [
    '{{',
    '{%',
    '${',
    '#{',
    '*{',
    '~{',
    '%{',
    '@{',
    '@(',
    '<%',
    '<#',
    '[[',
    '[(',
    '[#',
    '[=',
    '{php}',
    '{$smarty',
    '#set',
    '#evaluate',
    '$class',
    '.class.',
    '.getclass',
    '@system.',
  ],
  concerns: ({ signs }, hasLiteral) =>
    hasLiteral || ((signs & SIGN.brace) !== 0 && (signs & (SIGN.parenthesis | SIGN.star)) !== 0),
  look,
};

const { certain, likely, possible } = CONFIDENCE;

function look(subject: Subject): Evidence | null {
  const { text, carrier } = subject;
  let best: Evidence | null = null;
  for (const piece of findPieces(text)) {
    // GraphQL calls its fields like that.
    if (piece.kind === 'smarty' && carrier === 'graphql') continue;
    const judged = judgePiece(piece);
    if (judged === null || judged.confidence <= (best?.confidence ?? 0)) continue;
    best = { ...judged, start: piece.start, end: piece.end };
    if (judged.confidence === certain) return best;
  }
  return best ?? judgeUnclosed(text);
}

function judgePiece({ kind, source }: Piece): Judged | null {
  const inside = source.replace(/^[-=@!#/>&^~:?+]{1,3}/, '');
  switch (kind) {
    case 'statement':
    case 'erb':
      return judgeStatement(inside) ?? judgeExpression(inside);
    case 'smarty':
      return judgeSmarty(source);
    case 'php':
      return { technique: 'php-block', confidence: certain };
    case 'thymeleaf':
      // Lists of lists, and regular expressions, look alike; what stands inside in marks of its own is a piece of its own.
      return /^\s*(?:\d+\s?\*\s?\d+\s*$|T\(|new\s)/.test(inside) ? judgeExpression(inside) : null;
    case 'dollar': {
      // Lookups of Apache Commons Text.
      if (/^(?:script|dns|url|xml|const|properties|resourceBundle|urlDecoder|base64Decoder):/i.test(source)) {
        return { technique: 'string-lookup', confidence: likely };
      }
      // JavaScript's own templates call methods of literals.
      const judged = judgeExpression(inside);
      return judged?.technique === 'literal-method' ? { technique: judged.technique, confidence: possible } : judged;
    }
    case 'hash':
      return /^\s*(?:`|%x)/.test(source) ? { technique: 'shell-string', confidence: certain } : judgeExpression(source);
    case 'at':
      // Perl evaluates a list inside of a string.
      return /^\s*\[/.test(source) ? { technique: 'interpolated-code', confidence: likely } : judgeExpression(source);
    case 'directive':
      return /^(?:assign|if|list|import|include|attempt|function|macro|local|global|visit|setting)\b/i.test(source)
        ? judgeExpression(source)
        : null;
    default:
      return judgeExpression(inside);
  }
}

/** Statements that hold no expression worth a look, and still do something. */
function judgeStatement(source: string): Judged | null {
  const text = source.trim();
  if (
    /^(?:import|from|require)\s+['"(]?(?:os|sys|subprocess|commands|socket|pty|builtins|shutil|child_process|popen2|open3|net\/http)\b/i.test(
      text,
    )
  ) {
    return { technique: 'module-import', confidence: certain };
  }
  if (
    /^(?:if|unless|while)\s{0,8}\(?\s{0,8}(?:true|1|\d{1,16}\s{0,8}={1,2}\s{0,8}\d{1,16}|["'](\w{0,9})["']\s{0,8}==\s{0,8}["']\1["'])\s{0,8}\)?\s{0,8}(?:then|do|:|\{)?$/i.test(
      text,
    )
  ) {
    return { technique: 'constant-condition', confidence: likely };
  }
  if (/^(?:el)?if\s+\d+\s?[*+]\s?\d+\s?==/.test(text)) return { technique: 'arithmetic-probe', confidence: likely };
  if (/^(?:include|import|extends|from)\s+request\b/.test(text))
    return { technique: 'chosen-template', confidence: likely };
  if (text === 'debug') return { technique: 'debug-statement', confidence: likely };
  if (/^`[^`]{1,200}`$|^%x[({[]/.test(text)) return { technique: 'shell-string', confidence: certain };
  return null;
}

function judgeSmarty(source: string): Judged | null {
  if (/^\s*\d|^[@=]/.test(source)) return judgeExpression(source.replace(/^[@=]/, ''));
  if (
    /^smarty\.(?:version|template|server|request|session|cookies|env|const|get|post|current_dir|config|template_object)\b/i.test(
      source,
    )
  ) {
    return { technique: 'smarty-variable', confidence: likely };
  }
  if (/^(?:self|smarty_\w{1,40})::/i.test(source)) return { technique: 'static-access', confidence: certain };
  return judgeExpression(source);
}

/** Velocity and Razor have no closing marks: `#set($x = …)`, `$x.class.forName(…)`, `@System.IO.File…`. */
function judgeUnclosed(text: string): Evidence | null {
  const set = /#(?:set|evaluate)\s?\(\s?["$]/i.exec(text);
  if (set !== null)
    return {
      technique: 'unclosed-directive',
      confidence: likely,
      start: set.index,
      end: Math.min(text.length, set.index + 40),
    };
  const walk =
    /@System\.(?:Diagnostics|IO|Reflection|Net|Environment)\./.exec(text) ??
    /\$!?\{?\w{1,40}\.(?:class\b|getClass\(|inspect\(|type\.forName)/.exec(text);
  return walk === null
    ? null
    : { technique: 'unclosed-reference', confidence: likely, start: walk.index, end: walk.index + walk[0].length };
}
