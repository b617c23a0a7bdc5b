import type { Exchange } from '../exchange.ts';
import { comparable, fieldsAt } from './read-fields.ts';

/** Under what a request is counted; several where a field came several times, none where something is missing. */
export type LimitKey = (x: Exchange, fields: unknown) => readonly string[];

/** Before who calls is known; when it is; by something else in the request; when the body was read. */
export type LimitStage = 'address' | 'consumer' | 'request' | 'body';

/**
 * When a limit can be looked at. What is not the address alone waits until the caller is known: strangers must not use up what
 * is meant for callers.
 */
export function stageOf(key: string): LimitStage {
  if (key === 'address' || key === 'consumer') return key;
  return key.split('+').some((part) => part.startsWith('body.')) ? 'body' : 'request';
}

/** Compiles a key of the configuration: `route`, `body.email`, `consumer+query.shop` … */
export function limitKey(key: string): LimitKey {
  const parts = key.split('+').map(partOf);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (x, fields) => {
    let keys = [''];
    for (const part of parts) {
      const values = part(x, fields);
      // The length before a value: what one part ends with cannot be taken for the beginning of the next.
      keys = keys.flatMap((before) => values.map((value) => `${before}${value.length}:${value}`)).slice(0, MOST_KEYS);
    }
    return keys;
  };
}

const MOST_KEYS = 16;

function partOf(part: string): LimitKey {
  if (part === 'address') return (x) => [x.peer.group];
  if (part === 'consumer') return (x) => (x.caller === null ? [] : [x.caller.limitKey]);
  if (part === 'route') return () => ['everybody'];
  const [place] = part.split('.', 1);
  const name = part.slice((place?.length ?? 0) + 1);
  if (place === 'query') return (x) => comparable(new URLSearchParams(x.query).getAll(name));
  if (place === 'header') return (x) => comparable(headerValues(x.request.rawHeaders, name.toLowerCase()));
  const path = name.split('.');
  return (_x, fields) => fieldsAt(fields, path);
}

function headerValues(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === name);
}
