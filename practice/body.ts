import { invalid, Refusal } from './answers.ts';
import type { Visit } from './router.ts';

export const JSON_LIMIT = 64 * 1024;

/** Reads a whole body of at most `limit` bytes. @throws Refusal 413 as soon as it is longer. */
export async function readBytes(visit: Visit, limit: number): Promise<Buffer> {
  const tooLarge = () => new Refusal(413, 'too-large', `At most ${limit} bytes, please.`, { connection: 'close' });
  if (Number(visit.request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of visit.request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Reads a JSON object. @throws Refusal 400, 413 or 422 when it is none. */
export async function readObject(visit: Visit): Promise<Record<string, unknown>> {
  return parseObject(visit, await readBytes(visit, JSON_LIMIT));
}

/** @throws Refusal 400 or 422 */
export function parseObject(visit: Visit, bytes: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    // WEAKNESS errors-show-stack: the parser's own error travels on and ends as a 500 with its stack trace.
    if (visit.shop.weak('errors-show-stack')) throw error;
    throw new Refusal(400, 'not-json', 'The body is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('Please send a JSON object.');
  return value as Record<string, unknown>;
}

/** A required text field, trimmed. @throws Refusal 422 */
export function textField(body: Record<string, unknown>, name: string, longest = 200): string {
  const value = body[name];
  if (typeof value !== 'string' || value.trim() === '') throw invalid(`"${name}" is missing.`);
  if (value.length > longest) throw invalid(`"${name}" may have at most ${longest} characters.`);
  return value.trim();
}

/** A positive whole number out of the path. @throws Refusal 422 */
export function idParam(visit: Visit, name: string): number {
  const value = visit.params[name] ?? '';
  if (!/^[1-9]\d{0,9}$/.test(value)) throw invalid(`"${name}" must be a positive whole number.`);
  return Number(value);
}
