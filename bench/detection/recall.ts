import { ATTACK_PROFILES, type AttackProfile } from '../../src/contracts/detection/attack-kinds.ts';
import { inspect } from '../../src/detection/index.ts';
import { THRESHOLD } from '../../src/detection/judge/judge.ts';
import type { Section, Verdict } from '../suite.ts';
import { type CorpusRow, readCorpus } from './corpora.ts';

/** At least this share of a corpus's attacks, in percent, in the default profile. */
const PROMISED_FOUND: Readonly<Record<string, number>> = {
  'sqli-xss-lists': 99.5,
  'http-params': 99.5,
  'payload-lists': 93,
  'crs-regression': 90,
};
/** At most this share of its honest rows. */
const PROMISED_WRONG: Readonly<Record<string, number>> = {
  'benign-api': 0.1,
  'http-params': 0.05,
  'benign-prose': 0.3,
};

/**
 * A rule set's own tests say of each row what one rule does with it. Those of the rules against injection and traversal are attacks in
 * any setting; the others enforce a taste (which methods, which content types), and what they allow another rule may block.
 */
const INJECTION_RULE = /^(?:921|93[0-4]|941|942|944)/;

type Judged = { readonly row: CorpusRow; readonly score: number };
type Shares = Readonly<Record<AttackProfile, number>>;
type Line = {
  readonly corpus: string;
  readonly what: string;
  readonly expect: 'block' | 'allow';
  readonly rows: number;
  readonly blocked: Shares;
};

/** For each corpus what is blocked of its attacks and of its honest rows, in all and by family and carrier, for each profile. */
export function corpusSections(folder: string, names: readonly string[]): Section[] {
  const totals: Line[] = [];
  const details: Line[] = [];
  for (const name of names) {
    process.stdout.write(`Judging ${name}\n`);
    const judged = readCorpus(folder, name)
      .filter(({ isAnswer }) => !isAnswer)
      .map((row) => ({ row, score: inspect(row.request).score }));
    totals.push(...linesOf(name, judged, wholeOf));
    details.push(...linesOf(name, judged, ({ family, carrier }) => `${family}, ${carrier}`));
  }
  return [
    {
      id: 'detection-corpora',
      title: 'Blocked of each corpus, by profile',
      notes: [
        'The corpora are third-party data and not part of this repository. "information" rows have no promise.',
        'Each request is judged once; the profiles differ in the score from which they block.',
      ],
      table: tableOf(totals),
      verdicts: totals.flatMap(verdictsOf),
      data: totals,
    },
    {
      id: 'detection-families',
      title: 'The same by family and carrier',
      notes: [],
      table: tableOf(details),
      verdicts: [],
      data: details,
    },
  ];
}

function wholeOf({ corpus, expect, rule }: CorpusRow): string {
  if (corpus !== 'crs-regression') return expect === 'block' ? ATTACKS : HONEST;
  return expect === 'block' && INJECTION_RULE.test(String(rule)) ? ATTACKS : 'information';
}

const ATTACKS = 'attacks';
const HONEST = 'honest';

function linesOf(corpus: string, judged: readonly Judged[], nameOf: (row: CorpusRow) => string): Line[] {
  const groups = Map.groupBy(judged, ({ row }) => `${row.expect} ${nameOf(row)}`);
  const lines = [...groups.values()].map((group): Line => {
    const row = (group[0] as Judged).row;
    const shareFor = (profile: AttackProfile): number =>
      (100 * group.filter(({ score }) => score >= THRESHOLD[profile]).length) / group.length;
    return {
      corpus,
      what: nameOf(row),
      expect: row.expect,
      rows: group.length,
      blocked: { careful: shareFor('careful'), balanced: shareFor('balanced'), strict: shareFor('strict') },
    };
  });
  return lines.sort((a, b) => (a.expect === b.expect ? b.rows - a.rows : a.expect === 'block' ? -1 : 1));
}

function tableOf(lines: readonly Line[]): Section['table'] {
  return {
    columns: ['corpus', 'what', 'should be', 'rows', ...ATTACK_PROFILES.map((profile) => `blocked, ${profile} %`)],
    rows: lines.map(({ corpus, what, expect, rows, blocked }) => [
      corpus,
      what,
      expect === 'block' ? 'blocked' : 'let through',
      String(rows),
      ...ATTACK_PROFILES.map((profile) => blocked[profile].toFixed(2)),
    ]),
  };
}

function verdictsOf({ corpus, what, rows, blocked }: Line): Verdict[] {
  const measured = `${blocked.balanced.toFixed(2)} % of ${rows}`;
  const found = PROMISED_FOUND[corpus];
  if (what === ATTACKS && found !== undefined)
    return [
      { promise: `${corpus}: at least ${found} % of attacks blocked`, measured, kept: blocked.balanced >= found },
    ];
  const wrong = PROMISED_WRONG[corpus];
  if (what === HONEST && wrong !== undefined)
    return [
      { promise: `${corpus}: at most ${wrong} % of honest rows blocked`, measured, kept: blocked.balanced <= wrong },
    ];
  return [];
}
