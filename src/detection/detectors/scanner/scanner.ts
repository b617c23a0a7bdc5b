import type { PlacedEvidence, RequestDetector } from '../../detector.ts';
import { decodeUrl } from '../../peel/url.ts';
import { type Automaton, buildAutomaton } from '../../prefilter/automaton.ts';
import { scan } from '../../prefilter/features.ts';
import { AGENTS } from './agents.ts';
import { CALLBACKS } from './callbacks.ts';
import { HEADERS } from './headers.ts';
import { ONLY_AT_START, PATHS } from './paths.ts';

/** Security scanners and exploit tools: by their names, by headers and addresses of theirs, and by what only they ask for. */
export const scanner: RequestDetector = {
  id: 'scanner',
  look(request) {
    let found: PlacedEvidence[] | null = null;
    const add = (technique: string, place: string, excerpt: string, confidence: number): void => {
      if (confidence === 0) return;
      found ??= [];
      found.push({ technique, confidence, place, excerpt: excerpt.slice(0, 96) });
    };
    for (const [name, value] of request.headers) {
      if (name === 'user-agent') add('agent', 'header.user-agent', value, AGENT_WORDS.strongestIn(value));
      else if (Object.hasOwn(HEADERS, name)) add('header', `header.${name}`, value, HEADERS[name] ?? 0);
      add('callback', `header.${name}`, value, CALLBACK_WORDS.strongestIn(value));
    }
    add('path', 'path', request.path, pathConfidence(request.path));
    add('callback', 'query', request.query, CALLBACK_WORDS.strongestIn(request.query));
    if (request.body !== null) add('callback', 'body', '', CALLBACK_WORDS.strongestIn(request.body));
    return found ?? NOTHING;
  },
};

const NOTHING: readonly PlacedEvidence[] = [];

/** Words with confidences: one pass tells whether any of them is there, and mostly none is. */
class Words {
  readonly #words: readonly (readonly [string, number])[];
  readonly #automaton: Automaton;

  constructor(table: Readonly<Record<string, number>>) {
    this.#words = Object.entries(table);
    this.#automaton = buildAutomaton(new Map(this.#words.map(([word]) => [word, 1])));
  }

  isIn(text: string): boolean {
    return scan(text, this.#automaton).literals !== 0;
  }

  strongestIn(text: string, counts: (lower: string, word: string) => boolean = includes): number {
    if (!this.isIn(text)) return 0;
    const lower = text.toLowerCase();
    let most = 0;
    for (const [word, confidence] of this.#words) if (confidence > most && counts(lower, word)) most = confidence;
    return most;
  }
}

function includes(lower: string, word: string): boolean {
  return lower.includes(word);
}

const AGENT_WORDS = new Words(AGENTS);
const CALLBACK_WORDS = new Words(CALLBACKS);
const PATH_WORDS = new Words(PATHS);

function pathConfidence(raw: string): number {
  const path = raw.includes('%') ? decodeUrl(raw).text : raw;
  return PATH_WORDS.strongestIn(path.replace(/\/(?:\.?\/)+/g, '/'), endsWithSegment);
}

/** The words fill whole segments; only a file's further ending may follow (`.env.local`, `wp-config.php~`). */
function endsWithSegment(path: string, words: string): boolean {
  const at = path.indexOf(words);
  if (at === -1 || (at > 0 && ONLY_AT_START.includes(words))) return false;
  const behind = path.charAt(at + words.length);
  return words.endsWith('/') || behind === '' || /[/.~;?\d]/.test(behind);
}
