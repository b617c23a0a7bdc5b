import { isUtf8 } from 'node:buffer';
import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { bodyJson } from './body-json.ts';
import { bodyKind, headerOf, isReadable, mediaTypeOf } from './media-type.ts';
import { readMultipart } from './multipart.ts';
import type { StyledFields } from './styled-fields.ts';
import { decodeText } from './styled-values.ts';
import type { Input, TextFields } from './text-fields.ts';

export const UNSUPPORTED: Refusal = { code: 'body-type-unsupported' };
const FORM_MALFORMED: Refusal = { code: 'body-malformed', detail: 'not UTF-8' };

export type BodyType = 'json' | 'form' | 'multipart';

/** How the body is written; a refusal for what the gateway cannot read and the application perhaps can. */
export function bodyType(x: Exchange): BodyType | Refusal {
  const kind = bodyKind(mediaTypeOf(x.contentType));
  return kind === 'text' || kind === 'opaque' || !isReadable(x) ? UNSUPPORTED : kind;
}

/** A form that was read, as the value that the schema judges. */
export function readForm(body: Buffer, fields: TextFields): Input | Refusal {
  if (!isUtf8(body)) return FORM_MALFORMED;
  return fields.read(new URLSearchParams(body.toString('utf8')));
}

/** The same by the styles of an API description. */
export function readStyledForm(body: Buffer, fields: StyledFields): Input | Refusal {
  return isUtf8(body) ? fields.readQuery(body.toString('utf8')) : FORM_MALFORMED;
}

export function readJson(x: Exchange, body: Buffer): Input | Refusal {
  const parsed = bodyJson(x, body);
  if ('reason' in parsed) return { code: 'body-malformed', detail: parsed.reason };
  return { value: parsed.value, repeated: null };
}

export async function readParts(x: Exchange, body: Buffer, fields: StyledFields): Promise<Input | Refusal> {
  const input = await readMultipart(body, x.contentType ?? '', fields);
  return 'reason' in input ? { code: 'body-malformed', detail: input.reason } : input;
}

export function readQuery(x: Exchange, fields: TextFields): Input {
  return fields.read(new URLSearchParams(x.query));
}

/** Cookies (RFC 6265 §4.2) of the names that `known` holds: browsers send others too, some of them twice. */
export function readCookies(x: Exchange, fields: TextFields, known: ReadonlySet<string>): Input {
  const pairs: [string, string][] = [];
  for (const part of (headerOf(x, 'cookie') ?? '').split(';')) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals === -1 ? undefined : equals).trim();
    if (!known.has(name)) continue;
    pairs.push([
      name,
      equals === -1
        ? ''
        : decodeText(
            part
              .slice(equals + 1)
              .trim()
              .replaceAll('+', '%2B'),
          ),
    ]);
  }
  return fields.read(pairs);
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
