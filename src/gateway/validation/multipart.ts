import { Busboy } from '@fastify/busboy';
import { parseStrictJson } from './strict-json.ts';
import type { StyledFields } from './styled-fields.ts';
import type { Input } from './text-fields.ts';

/** A form with more parts than this is no form; each costs a stream. */
const MAX_PARTS = 200;
const MAX_FIELD_BYTES = 256 * 1024;
const LIMITS = { parts: MAX_PARTS, fieldSize: MAX_FIELD_BYTES, fieldNameSize: 256, headerPairs: 20, headerSize: 8_192 };

/** What a file stands for in the value that the schema judges: its bytes are not looked at, but that there are some. */
const FILE = 'x';
const EMPTY_FILE = '';

type Part = { name: string; text: string | null; bytes: number; type: string };

/**
 * The fields of a multipart/form-data body (RFC 7578) as the schema judges them, or the reason why it is none. Files count as
 * fields and are not looked into. What would be skipped by the parser and perhaps not by the application is a fault.
 */
export async function readMultipart(
  body: Buffer,
  contentType: string,
  fields: StyledFields,
): Promise<Input | { reason: string }> {
  const boundary = boundaryOf(contentType);
  if (boundary === null) return { reason: 'no boundary' };
  const parts = await partsOf(body, contentType);
  if ('reason' in parts) return parts;
  if (parts.list.length !== delimitersIn(body, boundary)) return { reason: 'a part without a name' };
  const value = Object.create(null) as Record<string, unknown>;
  let repeated: string | null = null;
  for (const part of parts.list) {
    const once = put(value, part, fields);
    if (once === null) return { reason: 'a part that is not JSON' };
    if (!once) repeated ??= part.name;
  }
  return { value, repeated };
}

/** False when a field that is no list occurs again; null when its JSON is none. */
function put(value: Record<string, unknown>, { name, text, bytes, type }: Part, fields: StyledFields): boolean | null {
  const shape = fields.shapeOf(name);
  const kinds = shape?.kinds;
  let item: unknown = bytes > 0 ? FILE : EMPTY_FILE;
  if (text !== null) {
    const inner = kinds?.has('list') === true ? shape?.item?.kinds : kinds;
    // The usual type of an object in a form (OpenAPI 3.1 §4.8.15.1).
    if (type !== 'application/json' && !type.endsWith('+json') && inner?.has('object') !== true) {
      return fields.readPlain(value, name, text);
    }
    const parsed = parseStrictJson(Buffer.from(text));
    if ('reason' in parsed) return null;
    if (Array.isArray(parsed.value) && kinds?.has('list') === true && value[name] === undefined) {
      value[name] = parsed.value;
      return true;
    }
    item = parsed.value;
  }
  const before = value[name];
  if (kinds?.has('list') === true) {
    if (Array.isArray(before)) before.push(item);
    else value[name] = [item];
    return true;
  }
  if (before !== undefined) return false;
  value[name] = item;
  return true;
}

function partsOf(body: Buffer, contentType: string): Promise<{ list: Part[] } | { reason: string }> {
  return new Promise((resolve) => {
    const list: Part[] = [];
    const fail = (reason: string) => () => resolve({ reason });
    let parser: InstanceType<typeof Busboy>;
    try {
      parser = new Busboy({ headers: { 'content-type': contentType }, limits: LIMITS });
    } catch {
      resolve({ reason: 'no boundary' });
      return;
    }
    parser.on('field', (name, text, nameCut, textCut, _encoding, type) => {
      if (nameCut || textCut) resolve({ reason: 'a field that is too long' });
      else list.push({ name: String(name ?? ''), text, bytes: text.length, type });
    });
    parser.on('file', (name, stream, _file, _encoding, type) => {
      const part: Part = { name: String(name ?? ''), text: null, bytes: 0, type };
      list.push(part);
      stream.on('data', (chunk: Buffer) => {
        part.bytes += chunk.length;
      });
      stream.on('error', fail('it breaks off'));
    });
    parser.on('partsLimit', fail(`more than ${MAX_PARTS} parts`));
    parser.on('error', fail('it breaks off'));
    parser.on('finish', () => resolve({ list }));
    parser.end(body);
  });
}

function boundaryOf(contentType: string): string | null {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

/** How many parts begin in a body: each delimiter line begins one but for the last, which ends in "--" (RFC 2046 §5.1.1). */
function delimitersIn(body: Buffer, boundary: string): number {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  let count = 0;
  for (let at = body.indexOf(delimiter); at !== -1; at = body.indexOf(delimiter, at + delimiter.length)) {
    const begins = at === 0 || (body[at - 1] === 0x0a && body[at - 2] === 0x0d);
    if (!begins) continue;
    const after = at + delimiter.length;
    if (body[after] === 0x2d && body[after + 1] === 0x2d) break;
    count++;
  }
  return count;
}
