import type { TextDetector } from '../../detector.ts';
import type { Subject } from '../../subject.ts';
import { AGENTS } from './agents.ts';
import { CALLBACKS } from './callbacks.ts';
import { ONLY_AT_START, PATHS } from './paths.ts';

/** Scanners and exploit tools by how they name themselves, by the addresses they wait behind, and by what only they ask for. */
export const scannerWords: TextDetector = {
  id: 'scanner',
  literals: [...new Set([...Object.keys(AGENTS), ...Object.keys(CALLBACKS), ...Object.keys(PATHS)])],
  concerns: (_, hasLiteral) => hasLiteral,
  look(subject) {
    const { leaf } = subject;
    if (leaf.carrier === 'header' && leaf.key === 'user-agent') {
      const found = strongest(subject, AGENTS, (lower, word) => lower.indexOf(word));
      if (found !== null) return { technique: 'agent', ...found };
    } else if (leaf.carrier === 'path') {
      const found = leaf.key === 'whole' ? strongest(subject, PATHS, segmentsAt) : null;
      if (found !== null) return { technique: 'path', ...found };
    }
    const found = strongest(subject, CALLBACKS, (lower, word) => lower.indexOf(word));
    return found === null ? null : { technique: 'callback', ...found };
  },
};

type Found = { readonly confidence: number; readonly start: number; readonly end: number };

function strongest(
  { lower }: Subject,
  table: Readonly<Record<string, number>>,
  find: (lower: string, word: string) => number,
): Found | null {
  let found: Found | null = null;
  for (const word in table) {
    const confidence = table[word] ?? 0;
    if (found !== null && confidence <= found.confidence) continue;
    const start = find(lower, word);
    if (start !== -1) found = { confidence, start, end: start + word.length };
  }
  return found;
}

const MOST_ABOVE = 4;
const IN_REPOSITORIES = /^\/(?:\.|(?:web|meta)-inf\/)/;

/** Where the words fill whole segments; only a file's further ending may follow (`.env.local`, `wp-config.php~`). */
function segmentsAt(path: string, words: string): number {
  const at = path.indexOf(words);
  if (at === -1 || (at > 0 && ONLY_AT_START.includes(words))) return -1;
  // Far down they are files in a repository that somebody's API hands out.
  if (IN_REPOSITORIES.test(words) && path.slice(0, at).split('/').length > MOST_ABOVE) return -1;
  const behind = path.charAt(at + words.length);
  return words.endsWith('/') || behind === '' || /[/.~;?\d]/.test(behind) ? at : -1;
}
