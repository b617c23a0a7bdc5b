import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import type { Reading } from './reading.ts';

/** As many codings as any honest chain of programs puts on. */
const MOST_CODINGS = 3;
/** An answer to nothing: more than so many times its size is no text that people send. */
const MOST_GROWTH = 1_000;

/**
 * Undoes what `Content-Encoding` names (RFC 9110 §8.4), as far as it can be undone; what cannot is handed back as it is.
 *
 * @param mostBytes of what comes out: beyond, it is a bomb, and noted
 */
export function undoCodings(reading: Reading, body: Uint8Array, codings: string, mostBytes: number): Uint8Array {
  const names = codings
    .toLowerCase()
    .split(',', MOST_CODINGS + 2)
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity')
    .reverse();
  if (names.length > MOST_CODINGS) {
    reading.note('encoding-bomb', PLACE, codings);
    return body;
  }
  let bytes = body;
  for (const name of names) {
    const undo = UNDO[name];
    if (undo === undefined) {
      reading.note('encoding-unknown', PLACE, name);
      return bytes;
    }
    try {
      const undone = undo(bytes, { maxOutputLength: mostBytes });
      if (undone.length > 1_000_000 && undone.length > MOST_GROWTH * bytes.length)
        reading.note('encoding-bomb', PLACE, name);
      bytes = undone;
    } catch (error) {
      const isTooMuch = error instanceof RangeError && (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
      reading.note(isTooMuch ? 'encoding-bomb' : 'encoding-broken', PLACE, name);
      return bytes;
    }
  }
  return bytes;
}

const PLACE = 'header.content-encoding';

type Undo = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

const UNDO: Readonly<Record<string, Undo>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: (bytes, options) => {
    // Either with zlib's head (RFC 9110 §8.4.1.2) or without, as some clients send it. The head's first byte tells (RFC 1950).
    const hasHead = ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
    return hasHead ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
  },
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};
