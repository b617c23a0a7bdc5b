import { isUtf8 } from 'node:buffer';
import type { SnapshotSpend } from '../../contracts/snapshot/snapshot-vendor.ts';
import type { Exchange } from '../exchange.ts';
import { valueAt } from '../policies/read-fields.ts';
import { parseStrictJson } from '../validation/strict-json.ts';

export type Amount = { currency: string; amount: number };

/**
 * How much money a call spends, or why that cannot be said for sure. Whatever the vendor might read in another way is unclear: a
 * field twice, in the query as well, as a list, in a body that is packed or of another type, an amount that is no plain number.
 */
export function readAmount(
  body: Buffer,
  x: Pick<Exchange, 'contentType' | 'query' | 'upstreamHeaders'>,
  spend: SnapshotSpend,
): Amount | { unclear: string } {
  const fields = spend.currency === null ? [spend.amount] : [spend.amount, spend.currency];
  if (isPacked(x.upstreamHeaders)) return { unclear: 'the body is packed' };
  const bare = new URLSearchParams(x.query);
  if (fields.some((field) => namesLike(bare, field).length > 0)) return { unclear: 'a field stands in the address' };
  const read = readFields(body, x.contentType, fields);
  if (typeof read === 'string') return { unclear: read };
  const amount = plainNumber(read(spend.amount));
  if (amount === null) return { unclear: `"${spend.amount}" is no plain number` };
  if (spend.currency === null) return { currency: '', amount };
  const currency = read(spend.currency);
  if (typeof currency !== 'string' || !/^[A-Za-z]{3}$/.test(currency)) {
    return { unclear: `"${spend.currency}" is no currency` };
  }
  return { currency: currency.toLowerCase(), amount };
}

type Read = (field: string) => unknown;

function readFields(body: Buffer, contentType: string | null, fields: readonly string[]): Read | string {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json') {
    const parsed = parseStrictJson(body);
    return 'reason' in parsed ? parsed.reason : (field) => valueAt(parsed.value, field.split('.'));
  }
  if (type !== 'application/x-www-form-urlencoded') return 'the body is neither JSON nor a form';
  if (!isUtf8(body)) return 'not UTF-8';
  const form = new URLSearchParams(body.toString('utf8'));
  for (const field of fields) {
    const found = namesLike(form, field);
    if (found.length !== 1 || found[0] !== formName(field)) return `"${field}" does not stand there once and plainly`;
  }
  return (field) => form.get(formName(field));
}

/** As forms write a field in a field (PHP, Rails): `order.amount` is `order[amount]`. */
function formName(field: string): string {
  const [first = '', ...rest] = field.split('.');
  return first + rest.map((name) => `[${name}]`).join('');
}

/** All names, each as often as it occurs, that some reader may take for the field: other capitals, brackets, dots, spaces. */
function namesLike(form: URLSearchParams, field: string): string[] {
  const wanted = skeleton(formName(field));
  return [...form.keys()].filter((name) => skeleton(name) === wanted);
}

const skeleton = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '.')
    .replace(/^\.|\.$/g, '');

function plainNumber(value: unknown): number | null {
  if (typeof value === 'number') return value >= 0 && value <= MOST && Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\d{1,15}(\.\d{1,6})?$/.test(value)) return null;
  return Number(value);
}

const MOST = 1e15;

function isPacked(headers: readonly string[]): boolean {
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() === 'content-encoding' && headers[i + 1]?.toLowerCase() !== 'identity') return true;
  }
  return false;
}
