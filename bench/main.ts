import { findProgram } from '../scripts/bootstrap/system-packages.mjs';
import { activitySuite } from './activity/suite.ts';
import { filterSuite } from './detection/peers.ts';
import { detectionSuite } from './detection/suite.ts';
import { costsSuite } from './gateway/costs.ts';
import { hostileSuite } from './gateway/hostile.ts';
import { latencySuite } from './gateway/latency.ts';
import { memorySuite } from './gateway/memory.ts';
import { recordSuite } from './gateway/record.ts';
import { reloadSuite } from './gateway/reload.ts';
import { scaleSuite } from './gateway/scale.ts';
import { gatewaySuite } from './gateway/suite.ts';
import { hasAccounting } from './measure/accounting.ts';
import { type CommandLine, helpText, readCommandLine, UsageError } from './options.ts';
import { ownershipSuite } from './ownership/suite.ts';
import { cleanUp, cleanUpOnSignals } from './processes.ts';
import { describeMachine, machineWords } from './report/machine.ts';
import { printSection, writeReport } from './report/report.ts';
import type { Need, Section, Suite } from './suite.ts';

/** `npm run bench`: measures, prints tables, writes them to bench/results. See docs/BENCHMARKS.md. */

/** sysexits.h EX_USAGE and EX_UNAVAILABLE. */
const EXIT_USAGE = 64;
const EXIT_UNAVAILABLE = 69;

const SUITES: Readonly<Record<string, Suite>> = {
  gateway: gatewaySuite,
  costs: costsSuite,
  latency: latencySuite,
  hostile: hostileSuite,
  record: recordSuite,
  scale: scaleSuite,
  memory: memorySuite,
  reload: reloadSuite,
  activity: activitySuite,
  ownership: ownershipSuite,
  detection: detectionSuite,
  filter: filterSuite,
};

const WHAT_IS_MISSING: Readonly<Record<Need, () => string | null>> = {
  proc: () =>
    hasAccounting() ? null : 'CPU time and memory of other processes are read from /proc, which only Linux has',
  wrk: () => (findProgram('wrk') === undefined ? 'wrk is not installed' : null),
  slowhttptest: () => (findProgram('slowhttptest') === undefined ? 'slowhttptest is not installed' : null),
  nginx: () => (findProgram('nginx') === undefined ? 'nginx, which plays the upstream, is not installed' : null),
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let commandLine: CommandLine | null;
  try {
    commandLine = readCommandLine(args, Object.keys(SUITES));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nSay "npm run bench -- --help" for what there is.\n`);
    return EXIT_USAGE;
  }
  if (commandLine === null) {
    process.stdout.write(`${helpText(Object.entries(SUITES).map(([name, { title }]) => [name, title]))}\n`);
    return 0;
  }
  cleanUpOnSignals();
  try {
    return await measure(commandLine);
  } finally {
    await cleanUp();
  }
}

async function measure({ suites, options, resultsFolder }: CommandLine): Promise<number> {
  const date = new Date();
  const machine = describeMachine();
  process.stdout.write(`${machineWords(machine)}\n`);
  const sections: Section[] = [];
  let skipped = false;
  for (const name of suites) {
    const suite = SUITES[name];
    if (suite === undefined) continue;
    process.stdout.write(`\n${suite.title} (${name})\n`);
    const reasons = suite.needs.map((need) => WHAT_IS_MISSING[need]()).filter((reason) => reason !== null);
    if (reasons.length > 0) {
      process.stderr.write(`SKIPPED: ${reasons.join('; ')}.\n`);
      skipped = true;
      continue;
    }
    for (const section of await suite.run(options)) {
      printSection(section);
      sections.push(section);
    }
  }
  if (resultsFolder !== null && sections.length > 0) {
    const name = writeReport(resultsFolder, { date, machine, options, sections });
    process.stdout.write(`\nWritten to bench/results/${name}.md and .json\n`);
  }
  const missed = sections.some(({ verdicts }) => verdicts.some(({ kept }) => !kept));
  if (missed) return 1;
  return skipped ? EXIT_UNAVAILABLE : 0;
}
