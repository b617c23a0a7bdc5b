import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { inspect } from './index.ts';
import { carry } from './testdata/carry.ts';

/** What honest people and programs send. A false alarm stops an order: none of these is called an attack by the default profile. */
const FOLDER = join(import.meta.dirname, 'testdata', 'honest');
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const textsOf = (name: string) => parse(readFileSync(join(FOLDER, name), 'utf8')) as unknown[];

it('there are enough of them', () => {
  const texts = files.flatMap(textsOf);
  expect(new Set(texts).size).toBeGreaterThanOrEqual(600);
});

it.each(files)('%s', (name) => {
  const blamed: string[] = [];
  for (const text of textsOf(name)) {
    for (const carrier of ['query', 'json', 'form'] as const) {
      const { attack, charges } = inspect(carry(String(text), carrier));
      if (!attack) continue;
      const held = charges.map(({ kind, technique, confidence }) => `${kind}/${technique}=${confidence}`);
      blamed.push(`${carrier}: ${JSON.stringify(text)} [${held.join(' ')}]`);
    }
  }
  expect(blamed).toEqual([]);
});
