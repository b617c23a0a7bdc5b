import type { SnapshotOwnAnswer } from '../../contracts/snapshot/snapshot-ownership.ts';
import type { AnswerStep, Exchange } from '../exchange.ts';
import { ownValue } from '../ownership/own-value.ts';
import type { Refusal } from '../refusal.ts';
import { cutItems, nodeAt, type PlacedJson, placeJson, textOf } from './cut-items.ts';

/**
 * Whose records does the answer hold? Items of a list that belong to others are cut out, or the whole answer is refused; a
 * single record of somebody else is always refused. An item whose owner cannot be told counts as somebody else's. What is
 * not JSON cannot be judged and stays here. A count that stands beside a list stays as it is.
 */
export function ownAnswers(rules: readonly SnapshotOwnAnswer[], enforce: boolean): AnswerStep {
  const judges = rules.map(judgeFor);
  return {
    policy: 'ownership-answer',
    enforce,
    needsWhole: true,
    // Failures and redirections hold no records.
    wants: ({ status }) => status >= 200 && status < 300,
    judge(x, answer) {
      if (answer.body.length === 0) return null;
      let placed = answer.json === null ? null : placeJson(answer.latin1);
      if (placed === null) return { refusal: NO_JSON };
      const words: string[] = [];
      for (const judge of judges) {
        const verdict = judge(x, placed);
        if (verdict === null) continue;
        if ('code' in verdict) return { refusal: verdict };
        words.push(verdict.detail);
        placed = placeJson(verdict.text);
        if (placed === null) throw new TypeError('what was left of an answer is no JSON');
      }
      if (words.length === 0) return null;
      return { body: Buffer.from(placed.text, 'latin1'), code: 'items-removed', detail: words.join('; ') };
    },
    readPieces: null,
  };
}

const NO_JSON: Refusal = { code: 'answer-withheld', detail: 'the answer is not JSON, so nobody can tell whose it is' };

type Judge = (x: Exchange, placed: PlacedJson) => Refusal | { text: string; detail: string } | null;

function judgeFor({ items, field, equals, action }: SnapshotOwnAnswer): Judge {
  const ownOf = ownValue(equals);
  const refusal: Refusal = { code: 'not-owner', detail: `${field.join('.')} in the answer is not ${equals}` };
  return (x, placed) => {
    const own = x.caller === null ? undefined : ownOf(x.caller);
    const isOwn = (node: PlacedJson['root']): boolean =>
      own !== undefined && textOf(placed, nodeAt(node, field)) === own;
    const list = items === null ? null : nodeAt(placed.root, items);
    if (list?.type !== 'array') return isOwn(placed.root) ? null : refusal;
    const all = list.children ?? [];
    const foreign = new Set(all.filter((item) => !isOwn(item)));
    if (foreign.size === 0) return null;
    if (action === 'refuse') return refusal;
    const detail = `${foreign.size} of ${all.length} items`;
    return { text: cutItems(placed, list, (item) => !foreign.has(item)), detail };
  };
}
