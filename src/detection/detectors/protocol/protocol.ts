import type { PlacedEvidence, RequestDetector } from '../../detector.ts';
import { CONFIDENCE } from '../../evidence.ts';
import type { ParsedRequest } from '../../leaves/parsed-request.ts';
import type { Finding } from './finding.ts';
import { HEADER_CHECKS } from './headers.ts';
import { checkMethod, checkOverrideParameter } from './method.ts';
import { checkQuery, checkTarget } from './target.ts';

/**
 * What is HTTP to the letter, or nearly, and serves nobody but an attacker: headers that only servers exchange, values that two programs
 * read differently, requests that ask for much work (RFC 9110, RFC 9112).
 */
export const protocol: RequestDetector = {
  id: 'protocol',
  look(request) {
    let found: PlacedEvidence[] | null = null;
    const add = (hit: Finding | null, place: string, excerpt: string): void => {
      if (hit === null) return;
      found ??= [];
      found.push({ ...hit, place, excerpt: excerpt.slice(0, 96) });
    };
    add(checkMethod(request), 'method', request.method);
    add(checkTarget(request), 'path', request.path);
    add(checkQuery(request), 'query', request.query);
    add(checkOverrideParameter(request), 'query', request.query);
    add(checkBody(request), 'body', request.body ?? '');
    for (const [name, value] of request.headers) {
      add(HEADER_CHECKS.get(name)?.(value, request, name) ?? null, `header.${name}`, value);
      if (CONTROL.test(value)) add(CONTROL_FOUND, `header.${name}`, value);
      if (!TOKEN.test(name)) add(NAME_FOUND, 'header', name);
    }
    return found ?? NOTHING;
  },
};

const NOTHING: readonly PlacedEvidence[] = [];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is for
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;
const CONTROL_FOUND: Finding = { technique: 'header-control', confidence: CONFIDENCE.likely };
/** RFC 9110 §5.6.2; HTTP/2's own begin with a colon. */
const TOKEN = /^:?[\w!#$%&'*+.^`|~-]+$/;
const NAME_FOUND: Finding = { technique: 'header-name-broken', confidence: CONFIDENCE.likely };

/**
 * A body where none belongs. Search engines are asked with GET and a JSON body; a form there, with the names of the query, is for a
 * cache that looks at the query and an application that looks at both.
 */
function checkBody({ method, body, bodyFormat, query }: ParsedRequest): Finding | null {
  if (method !== 'GET' && method !== 'HEAD') return null;
  if (body === null || bodyFormat !== 'form') return null;
  const names = new Set(namesOf(query));
  const isDoubled = namesOf(body.slice(0, 10_000)).some((name) => names.has(name));
  return { technique: 'form-in-get', confidence: isDoubled ? CONFIDENCE.likely : CONFIDENCE.possible };
}

function namesOf(pairs: string): string[] {
  return pairs
    .split('&')
    .map((pair) => pair.split('=', 1)[0] ?? '')
    .filter((name) => name !== '');
}
