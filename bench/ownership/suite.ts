import type { Section, Suite } from '../suite.ts';
import type { Fortnight } from './people.ts';
import { type Attacker, DAYS, playTimeline } from './timeline.ts';
import { type Sent, World } from './world.ts';

const PROMISED_SHARE = 0.001;
const PROMISED_SEQUENTIAL = 10;
/** Began after the time of learning and was not declared: the documented false alarm. */
const UNDECLARED = 'a new office, not declared';

const FORTNIGHTS: readonly Fortnight[] = [
  { name: 'monitor', mode: 'monitor', seed: 17, lists: 0.8, visitsADay: 5 },
  { name: 'enforce', mode: 'enforce', seed: 18, lists: 0.8, visitsADay: 5 },
  { name: 'enforce, nobody is ever listed anything', mode: 'enforce', seed: 19, lists: 0, visitsADay: 3 },
];

/** Who is held to walk through other people's ids, and after how many of them. */
export const ownershipSuite: Suite = {
  title: 'Learnt ownership: false alarms and what is found',
  needs: [],
  async run() {
    const sections: Section[] = [];
    for (const fortnight of FORTNIGHTS) sections.push(await play(fortnight));
    return sections;
  },
};

async function play(fortnight: Fortnight): Promise<Section> {
  process.stdout.write(`${DAYS} days of the practice shop, ${fortnight.name}\n`);
  const world = await World.start(fortnight.mode);
  const attackers = await playTimeline(world, fortnight);
  const flagged = await world.end();
  return section(fortnight, world.sent, new Set(flagged.keys()), attackers);
}

function section(
  { name, mode }: Fortnight,
  sent: readonly Sent[],
  flagged: ReadonlySet<string>,
  attackers: readonly Attacker[],
): Section {
  const honest = [
    ...Map.groupBy(
      sent.filter(({ person }) => person.honest),
      ({ person }) => person.label,
    ),
  ];
  const honestRows = honest.map(([label, requests]) => {
    const alarms = requests.filter(({ id }) => flagged.has(id)).length;
    return { label, requests: requests.length, alarms };
  });
  const counted = honestRows.filter(({ label }) => label !== UNDECLARED);
  const sum = (rows: readonly { requests: number; alarms: number }[], key: 'requests' | 'alarms'): number =>
    rows.reduce((total, row) => total + row[key], 0);
  const [requests, alarms] = [sum(counted, 'requests'), sum(counted, 'alarms')];
  const attackRows = attackers.map((attacker) => outcome(sent, flagged, attacker));
  const sequential = attackRows.filter(({ label }) => /numbers (up|down)/.test(label));
  const worst = Math.max(...sequential.map(({ before }) => before ?? Number.POSITIVE_INFINITY));
  const missed = attackRows.filter(({ before }) => before === null).map(({ label }) => label);
  return {
    id: `ownership-${name.replaceAll(/[ ,]+/g, '-')}`,
    title: `Two weeks of honest calls and ${attackers.length} attacks, ${name}`,
    notes: [
      'Three days of learning, attacks from the sixth day on. "foreign objects" were handed out before the first alarm, by all accounts of an attack together.',
      `Missed: ${missed.length === 0 ? 'none' : missed.join('; ')}.`,
    ],
    table: {
      columns: ['who', 'requests', 'alarms', 'foreign objects before the first alarm', 'in all'],
      rows: [
        ...honestRows.map((row) => [row.label, String(row.requests), String(row.alarms), '–', '–']),
        ...attackRows.map(({ label, asked, alarms: found, before, given }) => [
          `attack: ${label}`,
          String(asked),
          String(found),
          before === null ? 'missed' : String(before),
          String(given),
        ]),
      ],
    },
    verdicts: [
      mode === 'monitor'
        ? {
            promise: `at most ${PROMISED_SHARE * 100} % of honest requests flagged`,
            measured: `${alarms} of ${requests}`,
            kept: alarms <= requests * PROMISED_SHARE,
          }
        : { promise: 'no honest request stopped', measured: `${alarms} of ${requests}`, kept: alarms === 0 },
      {
        promise: `a sequential walk found after at most ${PROMISED_SEQUENTIAL} objects of others`,
        measured: String(worst),
        kept: worst <= PROMISED_SEQUENTIAL,
      },
    ],
    data: { name, mode, honest: honestRows, attacks: attackRows },
  };
}

type Outcome = { label: string; asked: number; alarms: number; before: number | null; given: number };

function outcome(sent: readonly Sent[], flagged: ReadonlySet<string>, { attack, accounts }: Attacker): Outcome {
  const asked = sent.filter(({ person, foreign }) => foreign && accounts.includes(person));
  const isGiven = ({ status }: Sent): boolean => status >= 200 && status < 300;
  const first = asked.findIndex(({ id }) => flagged.has(id));
  return {
    label: attack.label,
    asked: asked.length,
    alarms: asked.filter(({ id }) => flagged.has(id)).length,
    before: first === -1 ? null : asked.slice(0, first).filter(isGiven).length,
    given: asked.filter(isGiven).length,
  };
}
