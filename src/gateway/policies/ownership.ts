import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import type { Policy } from './policy.ts';
import { readBody } from './read-body.ts';
import { parseFields, valueAt } from './read-fields.ts';

type Rule = NonNullable<SnapshotRoute['ownership']>;

/**
 * Whose record is it? A declared parameter of the request must equal what the caller is known by: `customerId` in the path and
 * the consumer's attribute of that name. This stops a caller with a good key from walking through other people's ids (OWASP
 * API1:2023). A parameter or attribute that is missing counts as not equal: without it nobody can tell whose record is meant.
 */
export const ownership: Policy = {
  id: 'ownership',
  create(route) {
    const rule = route.ownership;
    if (rule === null || route.auth.length === 0) return null;
    const refusal: Refusal = { code: 'not-owner', detail: `${rule.param} is not ${rule.equals}` };
    const ownOf = ownValue(rule.equals);
    const judge = (x: Exchange, values: readonly string[]): Refusal | null => {
      const own = x.caller === null ? undefined : ownOf(x.caller);
      return own !== undefined && values.length > 0 && values.every((value) => value === own) ? null : refusal;
    };
    const [place, name] = splitParam(rule.param);
    switch (place) {
      case 'path': {
        const index = parameterIndex(route.path, name);
        return (x) => judge(x, index === -1 ? [] : [x.params?.[index] ?? '']);
      }
      case 'query':
        // Every occurrence counts: applications differ in which of several they take.
        return (x) => judge(x, new URLSearchParams(x.query).getAll(name));
      case 'header':
        return (x) => judge(x, headerValues(x.request.rawHeaders, name.toLowerCase()));
      case 'body':
        return async (x) => {
          const body = await readBody(x);
          if (!Buffer.isBuffer(body)) return body;
          const fields = parseFields(x, body);
          if ('code' in fields) return fields;
          const value = valueAt(fields.values, name.split('.'));
          return judge(x, typeof value === 'string' || typeof value === 'number' ? [String(value)] : []);
        };
    }
  },
};

type Place = 'path' | 'query' | 'header' | 'body';

/** `customerId` → path; `query.customer`, `header.X-Customer`, `body.order.customerId`. */
function splitParam(param: Rule['param']): [Place, string] {
  const match = /^(query|header|body)\.(.+)$/.exec(param);
  return match === null ? ['path', param] : [match[1] as Place, match[2] ?? ''];
}

function ownValue(equals: Rule['equals']): (caller: Caller) => string | undefined {
  if (equals === 'consumer.name') return (caller) => caller.consumer;
  const name = equals.slice('consumer.attributes.'.length);
  return (caller) => caller.attributes[name];
}

/** The place of a named parameter among those of its template. */
function parameterIndex(template: string, name: string): number {
  return template
    .split('/')
    .filter((segment) => segment.startsWith('{'))
    .indexOf(`{${name}}`);
}

function headerValues(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
}
