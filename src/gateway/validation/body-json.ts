import type { Exchange } from '../exchange.ts';
import { parseStrictJson } from './strict-json.ts';

/** A body as JSON: read once for each request, however many policies look at it. */
export type BodyJson = ReturnType<typeof parseStrictJson>;

export function bodyJson(x: Exchange, body: Buffer): BodyJson {
  x.json ??= parseStrictJson(body);
  return x.json;
}
