import { expect, test } from 'vitest';
import { changeInWords } from './change.ts';
import { english } from './testdata/english.ts';

const CHANGE = { revision: 7, live: false, gateways: 1, reason: null };

test('"live" is said only when the server says so', () => {
  const live = changeInWords(english.t, 'Key made.', { ...CHANGE, live: true });
  expect(live).toEqual({ tone: 'safe', text: 'Key made. Live now.' });
  for (const change of [CHANGE, { ...CHANGE, gateways: 0 }, { ...CHANGE, reason: 'Port 80 is taken.' }]) {
    const { tone, text } = changeInWords(english.t, 'Key made.', change);
    expect(tone).toBe('watch');
    expect(text).not.toMatch(/live now/i);
  }
});

test('why a change is not live yet', () => {
  expect(changeInWords(english.t, 'Saved.', { ...CHANGE, reason: 'Port 80 is taken.' }).text).toContain(
    'not live yet: Port 80 is taken.',
  );
  expect(changeInWords(english.t, 'Saved.', { ...CHANGE, gateways: 0 }).text).toContain(
    'as soon as a gateway connects',
  );
});
