import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { InspectedRequest } from '../../src/detection/index.ts';

/** One request with what should become of it. */
export type CorpusRow = {
  readonly id: string;
  readonly corpus: string;
  readonly source: string;
  readonly family: string;
  readonly carrier: string;
  readonly expect: 'block' | 'allow';
  /** Of rows made from the tests of a rule set: the rule. */
  readonly rule: number | null;
  /** Of rows that test answers: the judge of requests has nothing to say about them. */
  readonly isAnswer: boolean;
  readonly request: InspectedRequest;
};

type Line = {
  id: string;
  source: string;
  family: string;
  expect: 'block' | 'allow';
  method: string;
  path: string;
  headers: [string, string][];
  body?: string;
  body_base64?: string;
  carrier?: string;
  kind?: string;
  rule_id?: number;
  phase?: string;
  response?: unknown;
};

/** The names of the corpora in a folder; empty when there is none. */
export function corporaIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl.gz'))
    .map((name) => name.slice(0, -'.jsonl.gz'.length));
}

/** Reads `NAME.jsonl.gz`: one JSON object a line. */
export function readCorpus(folder: string, name: string): CorpusRow[] {
  const text = gunzipSync(readFileSync(join(folder, `${name}.jsonl.gz`))).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => toRow(name, JSON.parse(line) as Line));
}

function toRow(corpus: string, line: Line): CorpusRow {
  const body =
    line.body_base64 === undefined ? Buffer.from(line.body ?? '', 'utf8') : Buffer.from(line.body_base64, 'base64');
  return {
    id: line.id,
    corpus,
    source: line.source,
    family: line.family,
    carrier: line.carrier ?? line.kind ?? (body.length > 0 ? 'body' : 'head'),
    expect: line.expect,
    rule: line.rule_id ?? null,
    isAnswer: line.response !== undefined || line.phase === '3' || line.phase === '4',
    request: {
      method: line.method,
      target: line.path,
      headers: line.headers.flat(),
      body: body.length === 0 ? null : body,
    },
  };
}
