import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { literalWords } from './testdata/literal-words.ts';

const CONSOLE = join(import.meta.dirname, '..');
const SOURCES = globSync('**/*.{ts,tsx}', { cwd: CONSOLE, exclude: (name) => name === 'testdata' })
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(join(CONSOLE, path), 'utf8') }));

function flatten(tree: object, before = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${before}${name}`, value] as [string, string]] : flatten(value, `${before}${name}.`),
  );
}

const ENTRIES = flatten(en);
/** Plural forms are asked for by their common name. */
const KEYS = new Set(ENTRIES.map(([key]) => key.replace(/_(zero|one|two|few|many|other)$/, '')));
const FILES = Object.keys(en).join('|');

/** Every mention of a message in the code: plain (`'keys.title'`) or with parts that are only known at run time. */
function mentions(text: string): RegExp[] {
  const plain = [...text.matchAll(new RegExp(`['"]((?:${FILES})\\.[A-Za-z0-9_.-]+)['"]`, 'g'))];
  const templates = [...text.matchAll(new RegExp(`\`((?:${FILES})\\.(?:[^\`$]|\\$\\{[^}]*\\})*)\``, 'g'))];
  const escaped = (part: string) => part.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return [
    ...plain.map(([, key = '']) => new RegExp(`^${escaped(key)}$`)),
    ...templates.map(
      ([, key = '']) =>
        new RegExp(
          `^${key
            .split(/\$\{[^}]*\}/)
            .map(escaped)
            .join('[^.]+')}$`,
        ),
    ),
  ];
}

test('there is something to look at', () => {
  expect(SOURCES.length).toBeGreaterThan(80);
  expect(KEYS.size).toBeGreaterThan(400);
});

test('every message that the code asks for is there', () => {
  const missing = SOURCES.flatMap(({ path, text }) =>
    mentions(text)
      .filter((mention) => ![...KEYS].some((key) => mention.test(key)))
      .map((mention) => `${path}: ${mention.source}`),
  );
  expect(missing).toEqual([]);
});

test('every message that is there is asked for', () => {
  const asked = SOURCES.flatMap(({ text }) => mentions(text));
  expect([...KEYS].filter((key) => !asked.some((mention) => mention.test(key)))).toEqual([]);
});

test('no words stand in the components themselves', () => {
  const found = SOURCES.filter(({ path }) => path.endsWith('.tsx')).flatMap(({ path, text }) =>
    literalWords(text).map((words) => `${path}: ${words}`),
  );
  expect(found).toEqual([]);
});

test('the words of the trade are kept for the developer', () => {
  const TRADE =
    /\b(endpoints?|assets?|posture|findings?|vectors?|rotat(e|ion)|MFA|upstreams?|payloads?|denied|forbidden)\b/i;
  const forDeveloper = /\.developer$|^activity\.call\.(facts|policy|decision)|\.silent\./;
  const found = ENTRIES.filter(([key, text]) => !forDeveloper.test(key) && TRADE.test(text));
  expect(found).toEqual([]);
});
