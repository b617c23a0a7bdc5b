import type { SnapshotOwnership } from '../../contracts/snapshot/snapshot-ownership.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Exchange, PolicyFunction } from '../exchange.ts';
import { ownValue } from '../ownership/own-value.ts';
import type { Refusal } from '../refusal.ts';
import type { Policy } from './policy.ts';
import { readBody } from './read-body.ts';
import { parseFields, valueAt } from './read-fields.ts';

/**
 * Whose record is it? Declared parameters of the request must equal what the caller is known by: `customerId` in the path and
 * the consumer's attribute of that name. This stops a caller with a good key from walking through other people's ids (OWASP
 * API1:2023). A parameter, attribute or claim that is missing counts as not equal: without it nobody can tell whose record is
 * meant. Several rules must all hold.
 */
export const ownership: Policy = {
  id: 'ownership',
  create(route) {
    if (route.ownership === null || route.auth.length === 0) return null;
    const rules = [route.ownership].flat();
    // What needs no body is judged first: a request that is refused for its path is not read.
    const judges = [...rules.filter((rule) => !isBody(rule)), ...rules.filter(isBody)].map((rule) =>
      judgeFor(route, rule),
    );
    const [first] = judges;
    return judges.length === 1 && first !== undefined ? first : (x) => judgeAll(judges, x, 0);
  },
};

const isBody = (rule: SnapshotOwnership): boolean => rule.param.startsWith('body.');

function judgeAll(
  judges: readonly PolicyFunction[],
  x: Exchange,
  from: number,
): Refusal | null | Promise<Refusal | null> {
  for (let i = from; i < judges.length; i++) {
    const verdict = judges[i]?.(x) ?? null;
    if (verdict === null) continue;
    if (!(verdict instanceof Promise)) return verdict;
    return verdict.then((late) => late ?? judgeAll(judges, x, i + 1));
  }
  return null;
}

function judgeFor(route: SnapshotRoute, rule: SnapshotOwnership): PolicyFunction {
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
}

type Place = 'path' | 'query' | 'header' | 'body';

/** `customerId` → path; `query.customer`, `header.X-Customer`, `body.order.customerId`. */
function splitParam(param: string): [Place, string] {
  const match = /^(query|header|body)\.(.+)$/.exec(param);
  return match === null ? ['path', param] : [match[1] as Place, match[2] ?? ''];
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
