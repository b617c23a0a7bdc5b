import type { ConfigPlan, PlannedRefusal, Revision } from '../../contracts/api/configuration.ts';
import { DENIALS } from '../../contracts/errors/denials.ts';

/** A plan as lines for a terminal. */
export function planWords(plan: ConfigPlan): string[] {
  return [
    ...(plan.changes.length === 0 ? ['Nothing would change.'] : ['What would change:', ...indented(plan.changes)]),
    '',
    ...turnedAwayWords(plan),
    ...(plan.unknown.length === 0 ? [] : ['', 'What the record cannot tell:', ...indented(plan.unknown)]),
  ];
}

function turnedAwayWords(plan: ConfigPlan): string[] {
  const span = plan.days === 1 ? 'the last day' : `the last ${plan.days} days`;
  const seen = `${plan.calls} recorded ${plan.calls === 1 ? 'call' : 'calls'} of ${span}`;
  const estimated =
    plan.estimated === 0
      ? []
      : [`About: of ${plan.estimated} older calls only counts are known, so they are estimated.`];
  if (plan.turnedAwayCalls === 0) return [`None of ${seen} would have been turned away by it.`, ...estimated];
  const more = plan.more === 0 ? [] : [`… and ${plan.more} more lines; --json does not hold them either.`];
  return [
    `${plan.turnedAwayCalls} of ${seen} would have been turned away by it:`,
    ...indented([...plan.turnedAway.map(refusalWords), ...more]),
    ...estimated,
  ];
}

function refusalWords(line: PlannedRefusal): string {
  const who = [line.consumer, line.address].filter((part) => part !== null).join(' at ') || 'somebody';
  const title = DENIALS[line.code as keyof typeof DENIALS]?.title ?? line.code;
  const why = `${title} (${line.code}${line.detail === null ? '' : `, ${line.detail}`})`;
  const times = `${line.estimated ? 'about ' : ''}${line.calls} ${line.calls === 1 ? 'call' : 'calls'}`;
  return `${who} · ${line.route ?? 'any route'} · ${why} · ${times}, last ${line.last.slice(0, 16).replace('T', ' ')} UTC`;
}

/** Revisions as lines for a terminal, newest first. */
export function historyWords(revisions: readonly Revision[]): string[] {
  return revisions.flatMap((one) => {
    const state = one.inForce ? ', in force' : one.restorable ? '' : ', cannot be gone back to';
    const more = one.changeCount - one.changes.length;
    return [
      `${one.revision}  ${one.at.slice(0, 16).replace('T', ' ')} UTC, ${one.actor}${state}`,
      ...indented(one.changes.length === 0 ? ['(nothing to tell apart)'] : one.changes),
      ...(more > 0 ? indented([`… and ${more} more`]) : []),
    ];
  });
}

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);
