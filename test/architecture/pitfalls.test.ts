import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** What was promised to be shown: the beginning of each row of docs/PITFALLS.md, in its order. */
const PITFALLS = [
  'Request smuggling',
  'Header aliases',
  'Hop-by-hop abuse',
  'X-Forwarded-For spoofing',
  'Path bypass',
  'WebSocket skips auth',
  'SSE broken by filters',
  'Unlimited bodies',
  'Slowloris, slow body, slow read',
  'HTTP/2 rapid reset, header bombs, MadeYouReset',
  'Retries of POST',
  'Keep-alive race',
  'Unresolved secret used literally',
  'Allow-listed owner banned',
  'Whole office behind one address limited',
  'Configuration saved but not live',
  'Logs fill the disk',
  'Changed webhook bodies',
];

type Row = { pitfall: string; answer: string; tests: { file: string; name: string }[] };

function readRows(): Row[] {
  const lines = readFileSync(join(ROOT, 'docs/PITFALLS.md'), 'utf8').split('\n');
  const table = lines.filter((line) => line.startsWith('| ')).slice(1);
  return table.map((line) => {
    const [pitfall = '', answer = '', named = ''] = line.slice(2, -2).split(' | ');
    let file = '';
    const tests = [...named.matchAll(/(?:`([^`]+\.ts)`|the same file): "([^"]+)"/g)].map(([, path, name = '']) => {
      file = path ?? file;
      return { file, name };
    });
    return { pitfall, answer, tests };
  });
}

const rows = readRows();

test('no pitfall is missing from docs/PITFALLS.md', () => {
  const named = rows.map(({ pitfall }) => PITFALLS.find((name) => pitfall.startsWith(name)) ?? pitfall);
  expect(named).toEqual(PITFALLS);
});

describe('the tests named in docs/PITFALLS.md are there', () => {
  test.each(rows)('$pitfall', ({ answer, tests }) => {
    expect(answer).not.toBe('');
    expect(tests.length).toBeGreaterThan(0);
    for (const { file, name } of tests) {
      const source = readFileSync(join(ROOT, file), 'utf8');
      // The name of a test, or the end of one that is made from cases; never a skipped one.
      const call = new RegExp(`(it|test|describe)(\\.each[\\s\\S]*?\\))?\\(\\s*['"\`][^'"\`\\n]*${escaped(name)}`);
      expect(source, `${file} has no test "${name}"`).toMatch(call);
      expect(source, file).not.toMatch(/\b(it|test|describe)\.(skip|todo|only)\b/);
    }
  });
});

/** As a regular expression that means just this text. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
