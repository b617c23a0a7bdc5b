import type { ActivityDetail } from '../../../contracts/api/activity.ts';
import type { TestCase } from '../../../contracts/detection/test-case.ts';
import type { AttackEvidence } from '../../../contracts/events/gateway-event.ts';

type Charge = AttackEvidence['charges'][number];
type Json = { [name: string]: Json } | Json[] | string;

/**
 * A request that shows again what was held against a call: each excerpt at its place, nothing else, as the record holds no more.
 * Null where no excerpt was kept.
 */
export function caseOfCall(call: ActivityDetail, charges: readonly Charge[], now: number): TestCase | null {
  const shown = charges.filter(({ excerpt }) => excerpt !== '');
  if (shown.length === 0 || call.service === null || call.route === null) return null;
  return {
    format: 1,
    reference: call.id,
    kept: new Date(now).toISOString(),
    service: call.service,
    route: call.route,
    charges: charges.map(({ kind, place }) => ({ kind, place })),
    request: requestOf(call, shown),
  };
}

function requestOf(call: ActivityDetail, charges: readonly Charge[]): TestCase['request'] {
  let path = call.path.replaceAll(/\{[^}]*\}|\*/g, 'x');
  const query: string[] = [];
  const headers: string[] = [];
  const cookies: string[] = [];
  let body: Json | null = null;
  for (const { place, excerpt } of charges) {
    const text = excerpt.replaceAll(/^…|…$/g, '');
    const [carrier, ...names] = place.replaceAll('[*]', '[0]').split(/[.[]/);
    const name = names.join('.').replaceAll(']', '') || 'x';
    if (carrier === 'query') query.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
    else if (carrier === 'header') headers.push(name, text);
    else if (carrier === 'cookie') cookies.push(`${name}=${encodeURIComponent(text)}`);
    else if (carrier === 'path') path = `${path}/${encodeURIComponent(text)}`;
    else if (carrier === 'body') body = put(body, names, text);
  }
  if (cookies.length > 0) headers.push('Cookie', cookies.join('; '));
  if (body !== null) headers.push('Content-Type', 'application/json');
  return {
    method: call.method,
    target: query.length === 0 ? path : `${path}?${query.join('&')}`,
    headers,
    body: body === null ? null : JSON.stringify(body),
  };
}

/** `["items", "0]", "note"]` puts the text at items[0].note. */
function put(into: Json | null, names: readonly string[], text: string): Json {
  const [first, ...rest] = names;
  if (first === undefined) return text;
  if (first.endsWith(']')) {
    const list = Array.isArray(into) ? into : [];
    return [put(list[0] ?? null, rest, text), ...list.slice(1)];
  }
  const members = typeof into === 'object' && into !== null && !Array.isArray(into) ? into : {};
  const own = Object.hasOwn(members, first) ? (members[first] ?? null) : null;
  // A name such as __proto__ is a member like any other.
  return Object.defineProperty({ ...members }, first, {
    ...{ value: put(own, rest, text), enumerable: true, configurable: true, writable: true },
  });
}
