import { CONFIDENCE, type Evidence } from '../../evidence.ts';

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
  return {
    technique: 'name-in-pieces',
    confidence: CONFIDENCE.likely,
    start: match.index,
    end: Math.min(lower.length, match.index + 16),
  };
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
