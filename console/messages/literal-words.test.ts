import { expect, test } from 'vitest';
import { literalWords } from './testdata/literal-words.ts';

test('words in a component are found, and nothing else', () => {
  expect(literalWords('const a = <p>Hello there</p>;')).toEqual(['Hello there']);
  expect(literalWords('const a = <input aria-label="Your name" />;')).toEqual(['Your name']);
  expect(literalWords(`const a = <p className="lead">{t('keys.title')} · {count}</p>;`)).toEqual([]);
  expect(literalWords('const a = <input placeholder="http://127.0.0.1:3000" />;')).toEqual([]);
});
