import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWeaknesses, type Weakness } from './ground-truth.ts';
import { type PracticeShop, startPracticeShop } from './server.ts';
import { runShow } from './show.ts';
import { type SwitchChoice, WEAKNESS_IDS } from './switches.ts';

const weaknesses = readWeaknesses();
const FINE_STATUSES = [200, 201, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429];
const CLASSES = Array.from({ length: 10 }, (_, place) => `API${place + 1}:2023`);

async function shownOn(choice: SwitchChoice, weakness: Weakness) {
  const shop = await startPracticeShop(choice);
  try {
    return await runShow(weakness, { base: shop.url });
  } finally {
    await shop.close();
  }
}

describe('the ground truth', () => {
  it('has one entry for every switch, in the same order', () => {
    expect(weaknesses.map(({ id }) => id)).toEqual([...WEAKNESS_IDS]);
  });

  it('covers every class of the OWASP API Security Top 10 2023', () => {
    expect([...new Set(weaknesses.map(({ owasp }) => owasp))].sort()).toEqual(CLASSES.toSorted());
  });
});

describe('every weakness, all against the same two shops', () => {
  let weak: PracticeShop;
  let hardened: PracticeShop;
  const ran = { weak: 0, hardened: 0 };

  beforeAll(async () => {
    weak = await startPracticeShop();
    hardened = await startPracticeShop({ hardened: true });
  });
  afterAll(async () => {
    await Promise.all([weak.close(), hardened.close()]);
  });

  // The login test locks the address for a minute, as it should, so the hardened shop meets it last.
  const inOrder = weaknesses.toSorted(
    (a, b) => Number(a.id === 'login-unlimited') - Number(b.id === 'login-unlimited'),
  );
  for (const weakness of inOrder) {
    it(`${weakness.id}: proven on the weak shop, gone on the hardened one`, async () => {
      expect((await runShow(weakness, { base: weak.url })).missing).toEqual([]);
      ran.weak += 1;
      const onHardened = await runShow(weakness, { base: hardened.url });
      ran.hardened += 1;
      expect(onHardened.proven).toBe(false);
      // "Gone" must not mean "crashed". 502 is the right word for a partner that talks nonsense.
      const expected = weakness.id === 'carrier-answer-trusted' ? [502] : FINE_STATUSES;
      expect(expected).toContain(onHardened.status);
    });
  }

  it('ran every one of them, on both', () => {
    expect(ran).toEqual({ weak: WEAKNESS_IDS.length, hardened: WEAKNESS_IDS.length });
  });
});

describe('every switch by itself', () => {
  for (const weakness of weaknesses) {
    it(`${weakness.id} makes the difference alone`, async () => {
      const alone = await shownOn({ only: [weakness.id] }, weakness);
      expect(alone.missing, 'on, with all others off').toEqual([]);
      const without = await shownOn({ without: [weakness.id] }, weakness);
      expect(without.proven, 'off, with all others on').toBe(false);
    });
  }
});
