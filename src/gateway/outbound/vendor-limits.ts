import type { SnapshotSpend, SnapshotVendor } from '../../contracts/snapshot/snapshot-vendor.ts';
import type { Exchange } from '../exchange.ts';
import type { Policy } from '../policies/policy.ts';
import { readBody } from '../policies/read-body.ts';
import type { Refusal } from '../refusal.ts';
import type { DayBook, DayLimits } from './day-book.ts';
import { readAmount } from './read-amount.ts';

/**
 * How much of a vendor on one day: calls, and money where the call says how much. The last policy before a call goes out, as what
 * passes here is counted.
 */
export function vendorLimits(vendor: SnapshotVendor, spends: boolean, book: DayBook): Policy {
  const spend = spends ? vendor.spend : null;
  const limits: DayLimits = { calls: vendor.perDay, most: vendor.spend?.most ?? {} };
  return {
    id: 'vendor-limits',
    alwaysEnforced: true,
    create() {
      if (spend !== null) return (x) => countMoney(x, vendor.name, limits, spend, book);
      if (limits.calls === null) return null;
      return (x) => count(x, vendor.name, limits, null, book);
    },
  };
}

async function countMoney(
  x: Exchange,
  vendor: string,
  limits: DayLimits,
  spend: SnapshotSpend,
  book: DayBook,
): Promise<Refusal | null> {
  const body = await readBody(x);
  if (!Buffer.isBuffer(body)) return body;
  const read = readAmount(body, x, spend);
  if ('unclear' in read) return { code: 'vendor-amount-unclear', detail: read.unclear };
  // The caller went away while its body was read: nothing goes out.
  return x.recorded ? null : count(x, vendor, limits, read, book);
}

function count(
  x: Exchange,
  vendor: string,
  limits: DayLimits,
  spends: { currency: string; amount: number } | null,
  book: DayBook,
): Refusal | null {
  const booked = book.book(vendor, limits, spends);
  if (booked === 'calls' || booked === 'money') {
    const detail = booked === 'calls' ? `${limits.calls} calls a day` : `${spends?.currency ?? ''} a day`.trim();
    const headers = ['Retry-After', String(book.secondsLeft())];
    return { code: booked === 'calls' ? 'vendor-calls-spent' : 'vendor-money-spent', detail, headers };
  }
  if (x.outbound !== null) x.outbound.booking = booked;
  return null;
}
