import { parseArgs } from 'node:util';
import type { AttackProfile } from '../../src/contracts/detection/attack-kinds.ts';
import { createInspector, type Verdict } from '../../src/detection/index.ts';
import { type CorpusRow, corporaIn, readCorpus } from './corpora.ts';

/**
 * Which rows of the corpora are judged wrongly, one a line, for whoever mends a detector:
 * `node bench/detection/wrong-rows.ts FOLDER [--corpus NAME] [--family F] [--profile P] [--expect block|allow] [--most N] [--full]`
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: 'string' },
    family: { type: 'string' },
    profile: { type: 'string', default: 'balanced' },
    expect: { type: 'string' },
    rule: { type: 'string' },
    most: { type: 'string', default: '40' },
    full: { type: 'boolean', default: false },
  },
});

const folder = positionals[0] ?? '../shared/corpora';
const judge = createInspector({ profile: values.profile as AttackProfile });

for (const corpus of values.corpus === undefined ? corporaIn(folder) : [values.corpus]) {
  const rows = readCorpus(folder, corpus).filter(isAsked);
  const wrong: { row: CorpusRow; verdict: Verdict }[] = [];
  for (const row of rows) {
    const verdict = judge(row.request);
    if (verdict.attack !== (row.expect === 'block')) wrong.push({ row, verdict });
  }
  for (const { row, verdict } of wrong.slice(0, Number(values.most))) process.stdout.write(`${lineOf(row, verdict)}\n`);
  const share = rows.length === 0 ? 0 : (100 * wrong.length) / rows.length;
  process.stdout.write(`== ${corpus}: ${wrong.length} of ${rows.length} wrong (${share.toFixed(2)} %)\n`);
}

function isAsked(row: CorpusRow): boolean {
  if (row.isAnswer) return false;
  if (values.family !== undefined && !values.family.split(',').includes(row.family)) return false;
  if (values.expect !== undefined && row.expect !== values.expect) return false;
  return values.rule === undefined || String(row.rule ?? '').startsWith(values.rule);
}

function lineOf({ id, expect, rule, request }: CorpusRow, { score, charges }: Verdict): string {
  const body = request.body === null ? '' : Buffer.from(request.body).toString('utf8');
  const shown = body === '' || values.full ? `${request.target} ${body}` : body;
  const held = charges.map(({ kind, technique, confidence, place }) => `${kind}/${technique}=${confidence}@${place}`);
  const text = values.full ? shown : shown.slice(0, 300);
  return `${expect}${rule === null ? '' : ` ${rule}`} ${id} score=${score} [${held.join(' ')}] ${text.replace(/\s+/g, ' ')}`;
}
