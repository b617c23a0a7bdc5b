import { type Answer, json, notFound, Refusal } from '../answers.ts';
import { one } from '../database.ts';
import type { Route, Visit } from '../router.ts';

function check(visit: Visit): Answer {
  const { shop } = visit;
  const from = `address ${visit.request.socket.remoteAddress}`;
  // WEAKNESS voucher-guessing: four digits, ten thousand tries, every voucher found in a minute.
  const limited = !shop.weak('voucher-guessing');
  if (limited && shop.voucherAttempts.waitMs(from) > 0) {
    throw new Refusal(429, 'too-many-attempts', 'Too many wrong codes. Please try again later.', {
      'retry-after': '600',
    });
  }
  const code = visit.params.code ?? '';
  const voucher = one<{ value_cents: number }>(shop.db, 'SELECT value_cents FROM vouchers WHERE code = ?', [code]);
  if (!voucher) {
    if (limited) shop.voucherAttempts.record(from);
    throw notFound('voucher');
  }
  return json({ code, valueCents: voucher.value_cents });
}

export const voucherRoutes: Route[] = [{ method: 'GET', path: '/api/vouchers/{code}', handle: check }];
