import { ATTACK_WORDS } from '../../contracts/detection/attack-words.ts';
import type { Verdict } from '../../detection/index.ts';
import type { JudgedCase } from './test-cases.ts';

/** A verdict as lines for a person: what it comes to, then each charge with its place, what was seen, and what that is. */
export function verdictLines(verdict: Verdict): string[] {
  const lines = [verdictLine(verdict)];
  if (!verdict.complete) lines.push('The request is more than is inspected: this speaks of what was seen.');
  for (const { kind, technique, confidence, place, excerpt, undone } of verdict.charges) {
    const { owner, developer } = ATTACK_WORDS[kind];
    lines.push('', `${place}: ${kind} (${technique}), ${confidence} of 99`);
    lines.push(`  ${owner}`, `  ${developer}`, `  Seen: ${excerpt}`);
    if (undone.length > 0) lines.push(`  After undoing: ${undone.join(', ')}`);
  }
  return lines;
}

function verdictLine({ attack, score, charges }: Verdict): string {
  if (attack) return `Attack: score ${score} of 99.`;
  return charges.length === 0
    ? 'No attack: nothing was found.'
    : `No attack: score ${score} of 99, which is not enough.`;
}

/** Each kept honest call in one line, and how many are still taken for attacks. */
export function caseLines(judged: readonly JudgedCase[]): string[] {
  if (judged.length === 0)
    return ['There are no test cases. The console keeps one when you say that a call was honest.'];
  const wrong = judged.filter(({ verdict }) => verdict.attack);
  return [
    ...judged.map(({ kept, verdict }) => {
      const { reference, route } = kept;
      if (!verdict.attack) return `${reference}  ${route}: passes; its exclusion is not needed any more`;
      const [first] = verdict.charges;
      return `${reference}  ${route}: still taken for an attack (${first?.place}: ${first?.kind}, ${verdict.score} of 99)`;
    }),
    `${judged.length - wrong.length} of ${judged.length} honest calls pass.`,
  ];
}
