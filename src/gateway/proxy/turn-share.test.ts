import { expect, it } from 'vitest';
import { TurnShare } from './turn-share.ts';

const KB = 1024;

/** A loop that turns when it is told to. */
function loop() {
  let begin: (() => void)[] = [];
  const share = new TurnShare((next) => void begin.push(next));
  const turn = () => {
    const now = begin;
    begin = [];
    for (const next of now) next();
    return now.length;
  };
  return { share, turn };
}

/** An answer of so many pieces of 64 KB, which goes on as an answer of the gateway does. */
function answer(share: TurnShare, name: string, pieces: number, passed: string[]) {
  let left = pieces;
  const goOn = () => {
    while (left > 0) {
      left--;
      passed.push(name);
      share.spend(64 * KB);
      if (share.isUsedUp) {
        if (left > 0) share.wait(goOn);
        return;
      }
    }
  };
  return goOn;
}

it('passes on 256 KB in a turn, of all answers together', () => {
  const { share, turn } = loop();
  const passed: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    const goOn = answer(share, name, 4, passed);
    if (share.isUsedUp) share.wait(goOn);
    else goOn();
  }
  const lengths = [passed.length];
  while (turn() > 0) lengths.push(passed.length);
  expect(lengths).toEqual([4, 8, 12, 12]);
  expect(passed.toSorted().join('')).toBe('aaaabbbbcccc');
});

it('gives everybody a piece in turn', () => {
  const { share, turn } = loop();
  const passed: string[] = [];
  answer(share, 'x', 4, passed)();
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) share.wait(answer(share, name, 3, passed));
  turn();
  turn();
  expect(passed.slice(4).join('')).toBe('abcdefab');
});

it('asks for no turn when nothing is passed on', () => {
  const { share, turn } = loop();
  share.spend(64 * KB);
  expect(turn()).toBe(1);
  expect(turn()).toBe(0);
  expect(share.isUsedUp).toBe(false);
});
