import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchOptions, Section, Verdict } from '../suite.ts';
import { type Machine, machineWords } from './machine.ts';
import { markdownTable, screenTable } from './table.ts';

export type Report = { date: Date; machine: Machine; options: BenchOptions; sections: readonly Section[] };

export function printSection(section: Section): void {
  const parts = [`\n${section.title}\n`, screenTable(section.table), ''];
  for (const note of section.notes) parts.push(`  ${note}`);
  for (const verdict of section.verdicts) parts.push(`  ${verdictWords(verdict)}`);
  process.stdout.write(`${parts.join('\n')}\n`);
}

/** Writes the report for people and for programs; returns the name of both files without their endings. */
export function writeReport(folder: string, report: Report): string {
  mkdirSync(folder, { recursive: true });
  const name = report.date.toISOString().slice(0, 16).replace(':', '');
  writeFileSync(join(folder, `${name}.md`), markdown(report));
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(plain(report), rounded, 2)}\n`);
  return name;
}

function markdown({ date, machine, options, sections }: Report): string {
  const parts = [
    `# Measured on ${date.toISOString().slice(0, 10)}`,
    `${machineWords(machine)}`,
    `${options.rounds} rounds of ${options.seconds} s after ${options.warmUpSeconds} s of warm-up, ${options.connections} connections. How to read this: [docs/BENCHMARKS.md](../../docs/BENCHMARKS.md).`,
  ];
  for (const section of sections) {
    parts.push(`## ${section.title}`, markdownTable(section.table));
    const lines = [...section.notes, ...section.verdicts.map(verdictWords)];
    if (lines.length > 0) parts.push(lines.map((line) => `- ${line}`).join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** Three decimals are more than any of the measurements is good for. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
}

function plain({ date, machine, options, sections }: Report) {
  const { only: _, corpora: __, ...measured } = options;
  return {
    date: date.toISOString(),
    machine,
    options: measured,
    sections: sections.map(({ id, title, verdicts, data }) => ({ id, title, verdicts, data })),
  };
}

function verdictWords({ promise, measured, kept }: Verdict): string {
  return `${kept ? 'kept' : 'MISSED'}: ${promise}; measured ${measured}`;
}
