import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { ANCHOR, KEYWORDS } from './script-names.ts';
import { back, FAR } from './script-spaces.ts';
import { type Usage, usageOf } from './script-usage.ts';
import type { Prosaic } from './surroundings.ts';

/**
 * Judges a text as JavaScript that lands in a script: in a string that it may close, in a template literal, or as code. Looks at the
 * names that injected code must use, and reads what stands before and behind each as code.
 */
export function judgeScript(text: string, lower: string, of: Prosaic): Evidence | null {
  let best: Evidence | null = null;
  const quotes: FirstQuotes = { '"': text.indexOf('"'), "'": text.indexOf("'"), '`': text.indexOf('`') };
  ANCHOR.lastIndex = 0;
  for (let match = ANCHOR.exec(lower); match !== null; match = ANCHOR.exec(lower)) {
    const name = match[0];
    const use = usageOf(lower, name, match.index);
    if (use === null) continue;
    const place = placeBefore(lower, match.index, quotes);
    // JavaScript's names have their case: in capitals, and not broken out of anything, it is a spreadsheet's function.
    const isCapital = place !== 'breakout' && /^[A-Z]+$/.test(text.slice(match.index, match.index + name.length));
    const confidence = Math.min(weigh(use, place, text, of), isCapital ? CONFIDENCE.possible : CONFIDENCE.certain);
    if (confidence > (best?.confidence ?? 0)) {
      best = {
        technique: use.technique,
        confidence,
        start: match.index,
        end: Math.min(text.length, match.index + name.length + 12),
      };
      if (confidence === CONFIDENCE.certain) break;
    }
  }
  return best;
}

/** Where each kind of quote first stands: only that can end a string which began before the text. */
type FirstQuotes = Readonly<Record<'"' | "'" | '`', number>>;

type Place = 'breakout' | 'url' | 'start' | 'code' | 'word';

const OPERATORS = ' \t\r\n;+-*/,)}](&|^?:<>=%!~{[\\.';

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

function weigh({ weight }: Usage, place: Place, text: string, of: Prosaic): number {
  if (place === 'breakout') return weight === 'helper' ? CONFIDENCE.likely : CONFIDENCE.certain;
  if (place === 'url') return of.prose > 0.5 ? CONFIDENCE.possible : CONFIDENCE.certain;
  if (weight === 'helper') return CONFIDENCE.weak;
  const { prose } = of;
  const isPasted = text.length > SHORT || (place === 'code' && text.includes('\n'));
  if (prose >= 0.3 || place === 'word' || isPasted) return prose < 0.6 ? CONFIDENCE.possible : CONFIDENCE.weak;
  return weight === 'strong' || place === 'start' ? CONFIDENCE.likely : CONFIDENCE.possible;
}
