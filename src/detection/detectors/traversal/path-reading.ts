import { unspell } from './spellings.ts';

/** A word, read as the path of a file. */
export type PathReading = {
  /** Steps up, and how far they lead above where the path began. */
  readonly ups: number;
  readonly above: number;
  /** Steps that stay where they are: `/./`. */
  readonly stays: number;
  /** Begins at the root or with a drive. */
  readonly absolute: boolean;
  /** Whether there is any slash in it. */
  readonly stepped: boolean;
  /** Names on the way that are left, in lower case, without what a reader drops behind the last. */
  readonly names: readonly string[];
  /** Dots before a name without a slash between, at most. */
  readonly dots: number;
  /** Dots or slashes were spelled oddly. */
  readonly odd: boolean;
  /** A path parameter hides a step (`..;/`), or a backslash makes one. */
  readonly twisted: boolean;
  /** Ends early, at a NUL character. */
  readonly nul: boolean;
};

/** Reads a word as lenient servers and file systems of several kinds would. Linear. */
export function readPath(word: string): PathReading {
  const nul = word.includes('\0');
  const { text: spelled, odd } = unspell(nul ? endedAtNul(word) : word);
  const text = spelled.replace(LOCAL_URL, '/');
  const plain = read(text, odd, nul);
  // Behind `stripslashes` and its like only the forward slashes are left.
  if (text.includes('\\') && text.includes('/')) {
    const stripped = read(text.replaceAll('\\', ''), odd, nul);
    if (stripped.ups > plain.ups) return { ...stripped, twisted: true };
  }
  return plain;
}

/** A file's URL is its path (RFC 8089). */
const LOCAL_URL = /^(?:url:)?file:[/\\]*/i;

/** NUL behind dots and slashes is dropped by some who join paths; behind a name it ends the path. */
function endedAtNul(word: string): string {
  const joined = word.replace(/^\0+/, '').replace(/([./\\])\0+/g, '$1');
  const end = joined.indexOf('\0');
  return end === -1 ? joined : joined.slice(0, end);
}

const LONGEST = 4096;

function read(text: string, odd: boolean, nul: boolean): PathReading {
  const path = text.length > LONGEST ? text.slice(-LONGEST) : text;
  let depth = 0;
  let above = 0;
  let ups = 0;
  let doubtful = 0;
  let stays = 0;
  let mostDots = 0;
  let twisted = false;
  let stepped = false;
  const names: string[] = [];
  let from = 0;
  for (let at = 0; at <= path.length; at++) {
    const end = at === path.length;
    const code = end ? 0x2f : path.charCodeAt(at);
    if (code !== 0x2f && code !== 0x5c) continue;
    stepped ||= !end;
    const step = stepOf(path, from, at);
    if (step === 'up' || step === 'doubtful') {
      if (step === 'doubtful') doubtful++;
      else {
        ups++;
        twisted ||= path.charCodeAt(at - 1) !== 0x2e || (code === 0x5c && !end);
        above = Math.max(above, -depth + 1);
      }
      names.pop();
      depth--;
    } else if (step === 'stay') stays++;
    else if (step === 'name') {
      names.push(path.slice(from, at).toLowerCase());
      mostDots = Math.max(mostDots, leadingDots(path, from));
      depth++;
    }
    from = at + 1;
  }
  const last = names.length - 1;
  if (last >= 0) names[last] = withoutTail(names[last] ?? '');
  const believed = doubtful > 1;
  return {
    ups: believed ? ups + doubtful : ups,
    above: believed ? Math.max(above, -depth) : above,
    stays,
    absolute: /^(?:[/\\]|[a-z]:)/i.test(path),
    stepped,
    names,
    dots: mostDots,
    odd: odd || believed,
    twisted,
    nul,
  };
}

type Step = 'up' | 'doubtful' | 'stay' | 'name' | 'none';

/**
 * Dots alone are a step, however many: a filter that takes `../` away leaves a step of `....//`. Three are mostly an ellipsis, and
 * question marks, which some readers take for any character, mostly a question: these count when they are repeated.
 */
function stepOf(path: string, from: number, to: number): Step {
  if (to === from) return 'none';
  let dots = 0;
  let marks = 0;
  for (let at = from; at < to; at++) {
    const code = path.charCodeAt(at);
    if (code === 0x2e) dots++;
    else if (code === 0x3f) marks++;
    else if ((code === 0x3b || code === 0x20) && dots > 0) break;
    else return 'name';
  }
  if (marks > 0) return dots + marks === 2 && to - from === 2 ? 'doubtful' : 'name';
  if (dots === 3) return 'doubtful';
  return dots > 1 ? 'up' : 'stay';
}

function leadingDots(path: string, from: number): number {
  let at = from;
  while (path.charCodeAt(at) === 0x2e) at++;
  return at - from;
}

/** What readers leave off a name: queries, fragments, streams of NTFS, dots and blanks at the end. */
function withoutTail(name: string): string {
  return name.replace(/(?:[?#;|&]|::\$).*$/s, '').replace(/[. ]{1,64}$/, '');
}
