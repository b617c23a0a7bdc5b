import type { Health } from './health.ts';

const SIGNS = { ok: 'ok  ', warn: 'note', fail: 'FAIL' } as const;

/** The doctor's findings for people, one a line, with what to do below. */
export function healthLines(health: Health): string[] {
  const width = Math.max(...health.findings.map((finding) => finding.check.length));
  const lines = health.findings.flatMap((finding) => {
    const head = `${SIGNS[finding.state]}  ${finding.check.padEnd(width)}  ${finding.message}`;
    return finding.next === undefined ? [head] : [head, `${' '.repeat(width + 8)}${finding.next}`];
  });
  const wrong = health.findings.filter((finding) => finding.state === 'fail').length;
  const verdict =
    wrong === 0 ? 'Everything is in order.' : wrong === 1 ? '1 thing is wrong.' : `${wrong} things are wrong.`;
  return [`Data folder ${health.folder}`, ...lines, verdict];
}
