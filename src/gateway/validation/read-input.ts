import { isUtf8 } from 'node:buffer';
import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { parseStrictJson } from './strict-json.ts';
import type { TextFields } from './text-fields.ts';

export type Input = { value: unknown; repeated: string | null };

const UNSUPPORTED: Refusal = { code: 'body-type-unsupported' };
const FORM_MALFORMED: Refusal = { code: 'body-malformed', detail: 'not UTF-8' };

export type BodyType = 'json' | 'form';

/** How the body is written; a refusal for what the gateway cannot read and the application perhaps can. */
export function bodyType(x: Exchange): BodyType | Refusal {
  const [name = '', ...parameters] = (x.contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  for (const parameter of parameters) {
    if (parameter.startsWith('charset=') && !/^charset="?(utf-8|utf8|us-ascii)"?$/.test(parameter)) return UNSUPPORTED;
  }
  // A compressed body would be read by the application and not here.
  const encoding = headerOf(x, 'content-encoding');
  if (encoding !== null && encoding.toLowerCase() !== 'identity') return UNSUPPORTED;
  if (name === 'application/json' || name.endsWith('+json')) return 'json';
  return name === 'application/x-www-form-urlencoded' ? 'form' : UNSUPPORTED;
}

/** A body that was read, as the value that the schema judges. */
export function readInput(body: Buffer, type: BodyType, fields: TextFields): Input | Refusal {
  if (type === 'json') {
    const parsed = parseStrictJson(body);
    if ('reason' in parsed) return { code: 'body-malformed', detail: parsed.reason };
    return { value: parsed.value, repeated: null };
  }
  if (!isUtf8(body)) return FORM_MALFORMED;
  return fields.read(new URLSearchParams(body.toString('utf8')));
}

export function readQuery(x: Exchange, fields: TextFields): Input {
  return fields.read(new URLSearchParams(x.query));
}

/** The fields that go upstream; one that came several times counts as one list (RFC 9110 §5.3). */
export function readHeaders(x: Exchange, fields: TextFields): Input {
  const joined = new Map<string, string>();
  for (let i = 0; i < x.upstreamHeaders.length; i += 2) {
    const name = (x.upstreamHeaders[i] ?? '').toLowerCase();
    const before = joined.get(name);
    const value = x.upstreamHeaders[i + 1] ?? '';
    joined.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return fields.read(joined);
}

function headerOf(x: Exchange, wanted: string): string | null {
  const headers = x.upstreamHeaders;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    if (name.length === wanted.length && name.toLowerCase() === wanted) return headers[i + 1] ?? '';
  }
  return null;
}
