import type { Change } from '../../src/contracts/api/front-door.ts';
import type { Say } from './say-in.ts';

export type Said = { tone: 'safe' | 'watch'; text: string };

/** "Live" only when the server says that every connected gateway runs it. `done` is what was done: "Key made." */
export function changeInWords(say: Say, done: string, change: Change): Said {
  if (change.live) return { tone: 'safe', text: say('words.change.live', { done }) };
  if (change.gateways === 0) return { tone: 'watch', text: say('words.change.nobody', { done }) };
  const reason = change.reason ?? say('words.change.unknown');
  return { tone: 'watch', text: say('words.change.waiting', { done, reason }) };
}
