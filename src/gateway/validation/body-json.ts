import type { Exchange } from '../exchange.ts';
import { parseStrictJson, type StrictJson } from './strict-json.ts';

/** A request's body as JSON: read once, however many policies look at it. */
export function bodyJson(x: Exchange, body: Buffer): StrictJson {
  x.json ??= parseStrictJson(body);
  return x.json;
}
