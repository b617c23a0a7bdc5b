import { expect, test } from 'vitest';
import type { Charge } from '../../detection/index.ts';
import { evidenceOf } from './evidence.ts';

const charge = (place: string, excerpt = 'select'): Charge => ({
  ...{ kind: 'sqli', technique: 't', confidence: 90, place, excerpt, undone: [] },
});
const kept = (place: string, excerpt?: string) =>
  evidenceOf({ score: 90, complete: true }, [charge(place, excerpt)]).charges[0];

test.each([
  ['body.items[3].note', 'body.items[*].note'],
  ['body.ann@shop?example.note', 'body.{…}.note'],
  ['query.4111111111111111', 'query.{…}'],
  ['query.page2', 'query.page2'],
])('%s is kept as %s', (place, pattern) => expect(kept(place)?.place).toBe(pattern));

test.each([
  ...['body.password', 'body.user.newPassword', 'header.authorization', 'header.x-api-key', 'cookie.PHPSESSID'],
  ...['query.token', 'body.card_number', 'body.pin', 'query.auth', 'body.clientSecret'],
])('of %s no piece is kept', (place) => expect(kept(place)?.excerpt).toBe(''));

test.each(['body.shipping', 'body.author', 'body.side', 'query.q', 'body.cardholders', 'body.compass'])(
  'of %s a piece is kept',
  (place) => expect(kept(place)?.excerpt).toBe('select'),
);

test('only so much is kept', () => {
  const undone = Array.from({ length: 20 }, () => 'url');
  const charges = Array.from({ length: 40 }, () => ({ ...charge('body.a', 'x'.repeat(500)), undone }));
  const evidence = evidenceOf({ score: 99, complete: false }, charges);
  expect(evidence.charges).toHaveLength(5);
  expect(JSON.stringify(evidence).length).toBeLessThan(1_500);
  expect(evidence).toMatchObject({ score: 99, complete: false });
});
