import { expect, it } from 'vitest';
import { readCommandLine, UsageError } from './options.ts';

const KNOWN = ['gateway', 'scale'];

it('measures everything when nothing is named', () => {
  const read = readCommandLine([], KNOWN);
  expect(read?.suites).toEqual(KNOWN);
  expect(read?.options).toEqual({
    rounds: 10,
    seconds: 1.5,
    warmUpSeconds: 3,
    connections: 32,
    only: null,
    corpora: expect.stringMatching(/corpora$/),
  });
});

it('reads suites and options', () => {
  const read = readCommandLine(
    ['scale', '--rounds', '3', '--only', 'nginx,haproxy', '--no-save', '--corpora', 'rows'],
    KNOWN,
  );
  expect(read).toMatchObject({
    suites: ['scale'],
    options: { rounds: 3, only: ['nginx', 'haproxy'], corpora: 'rows' },
    resultsFolder: null,
  });
});

it.each([['speed'], ['--rounds', '0'], ['--rounds', '1.5'], ['--seconds', 'x'], ['--fast'], ['--rounds', '']])(
  'refuses %s %s',
  (...args) => {
    expect(() => readCommandLine(args, KNOWN)).toThrow(UsageError);
  },
);
