import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type ConsoleFile = {
  readonly bytes: Buffer;
  readonly type: string;
  readonly etag: string;
  /** The name holds a hash of the content, so that a browser may keep the file for ever. */
  readonly hashed: boolean;
  /** Compresses at the first call and keeps the result; `null` for what does not get smaller. */
  readonly compressed: ((encoding: 'br' | 'gzip') => Promise<Buffer>) | null;
};

/** The files of the built console by their path from the folder, with `/`. Empty when the folder is not there. */
export function readConsoleFiles(folder: string): ReadonlyMap<string, ConsoleFile> {
  const files = new Map<string, ConsoleFile>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    const type = TYPES[extname(entry.name)];
    if (entry.isFile() && type !== undefined) files.set(path, readOne(folder, path, type));
  }
  return files;
}

function readOne(folder: string, path: string, type: string): ConsoleFile {
  const bytes = readFileSync(join(folder, path));
  return {
    bytes,
    type,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    hashed: /-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$/.test(path) && path.startsWith('assets/'),
    compressed: COMPRESSIBLE.test(type) && bytes.length >= MIN_COMPRESSED_BYTES ? compressor(bytes) : null,
  };
}

function compressor(bytes: Buffer): (encoding: 'br' | 'gzip') => Promise<Buffer> {
  const done = new Map<string, Promise<Buffer>>();
  return (encoding) => {
    const found = done.get(encoding);
    if (found !== undefined) return found;
    const made = encoding === 'gzip' ? promisify(gzip)(bytes) : promisify(brotliCompress)(bytes, BROTLI);
    done.set(encoding, made);
    return made;
  };
}

// The highest quality takes seconds for a large script; this one is nearly as small in a tenth of the time.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };
const MIN_COMPRESSED_BYTES = 1024;
const COMPRESSIBLE = /^(text\/|application\/(json|manifest\+json)|image\/svg)/;
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
};
