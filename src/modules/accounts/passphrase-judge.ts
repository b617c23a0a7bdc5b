import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { PassphraseVerdict } from '../../contracts/api/account.ts';

/**
 * Judges a pass phrase with zxcvbn. Acceptable: at least ten characters, score 3 or 4, and nothing in it that others know about
 * this business. `advice` is the most helpful message key under `passphrase.advice`, `null` when there is none to give.
 */
export async function judgePassphrase(passphrase: string, known: readonly string[]): Promise<PassphraseVerdict> {
  const text = passphrase.normalize('NFKC');
  // zxcvbn gets slow with length; what stands after the first hundred characters can only make it better.
  const judged = text.slice(0, JUDGED_LENGTH);
  const words = ['nightlatch', ...known.flatMap(knownWords)];
  const { score, feedback } = (await zxcvbn()).check(judged, words);
  const tooShort = [...text].length < MIN_LENGTH;
  const personal = words.some((word) => text.toLowerCase().includes(word));
  const acceptable = !tooShort && !personal && score >= MIN_SCORE;
  return { acceptable, score, advice: acceptable ? null : advice(tooShort, personal, feedback) };
}

/** The whole text, the name before the `@`, and each of its longer words. */
function knownWords(text: string): string[] {
  const lower = text.toLowerCase();
  const parts = [lower, lower.split('@')[0] ?? '', ...lower.split(/[^\p{L}\p{N}]+/u)];
  return [...new Set(parts)].filter((part) => part.length >= MIN_KNOWN_WORD);
}

type Feedback = { warning: string | null; suggestions: readonly string[] };

function advice(tooShort: boolean, personal: boolean, feedback: Feedback): string {
  if (tooShort) return 'tooShort';
  if (personal) return 'userInputs';
  return feedback.warning || feedback.suggestions[0] || 'anotherWord';
}

/** The dictionaries take a quarter of a second and 70 MB, so they are loaded when somebody first chooses a pass phrase. */
let loaded: Promise<ZxcvbnFactory> | undefined;
function zxcvbn(): Promise<ZxcvbnFactory> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  // Without translations, warnings and suggestions are their message keys: the console has the words.
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
}

const MIN_LENGTH = 10;
const MIN_SCORE = 3;
const MIN_KNOWN_WORD = 4;
const JUDGED_LENGTH = 100;
