import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

const BLOCK = 512;
const MAX_NAME = 100;

export type TarEntry = { name: string; file: string };

/** Writes regular files into a gzipped POSIX ustar archive (IEEE Std 1003.1), which any `tar xzf` reads. Mode 0600. */
export async function writeTarGz(target: string, entries: readonly TarEntry[]): Promise<void> {
  await pipeline(Readable.from(blocks(entries)), createGzip(), createWriteStream(target, { mode: 0o600, flags: 'wx' }));
}

async function* blocks(entries: readonly TarEntry[]): AsyncGenerator<Buffer> {
  for (const { name, file } of entries) {
    const { size } = statSync(file);
    yield header(name, size);
    let written = 0;
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      written += chunk.length;
      yield chunk;
    }
    if (written !== size) throw new RangeError(`${name} changed while it was read`);
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

function header(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > MAX_NAME) throw new RangeError(`too long a name for an archive: ${name}`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  // Eleven octal digits end at 8 GiB; beyond it the size is binary with the top bit set, as GNU and BSD tar write it.
  if (size < 8 ** 11) block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  else {
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write(
    `${Math.floor(Date.now() / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    136,
  );
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/**
 * Unpacks such an archive into an empty folder: regular files with one of the `allowed` names and nothing else, so that no
 * archive writes outside. Returns the names. Throws `RangeError` for anything else, or a damaged archive.
 */
export async function readTarGz(source: string, folder: string, allowed: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  const reader = new BlockReader(createReadStream(source).pipe(createGunzip()));
  for (;;) {
    const block = await reader.take(BLOCK);
    if (block.every((byte) => byte === 0)) return names;
    const name = text(block, 0, MAX_NAME);
    if (!checksumFits(block)) throw new RangeError('the archive is damaged');
    if (text(block, 156, 1) !== '0' || !allowed.includes(name) || names.includes(name)) {
      throw new RangeError(`the archive holds "${name}", which does not belong there`);
    }
    const size = sizeOf(block);
    const handle = await open(join(folder, name), 'wx', 0o600);
    try {
      for (let left = size; left > 0; ) {
        const chunk = await reader.take(Math.min(left, 64 * 1024));
        await handle.writeFile(chunk);
        left -= chunk.length;
      }
    } finally {
      await handle.close();
    }
    await reader.take((BLOCK - (size % BLOCK)) % BLOCK);
    names.push(name);
  }
}

function sizeOf(block: Buffer): number {
  if (((block[124] ?? 0) & 0x80) !== 0) return Number(block.readBigUInt64BE(128));
  return Number.parseInt(text(block, 124, 12), 8);
}

function checksumFits(block: Buffer): boolean {
  const blank = Buffer.from(block);
  blank.write('        ', 148);
  return Number.parseInt(text(block, 148, 8), 8) === blank.reduce((total, byte) => total + byte, 0);
}

function text(block: Buffer, at: number, length: number): string {
  const part = block.toString('utf8', at, at + length);
  const end = part.indexOf('\0');
  return end === -1 ? part : part.slice(0, end);
}

/** Takes exact amounts from a stream. Throws `RangeError` when it ends before. */
class BlockReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const parts = [this.#rest];
    let have = this.#rest.length;
    while (have < length) {
      const next = await this.#chunks.next();
      if (next.done === true) throw new RangeError('the archive ends too early');
      parts.push(next.value);
      have += next.value.length;
    }
    const all = Buffer.concat(parts);
    this.#rest = all.subarray(length);
    return all.subarray(0, length);
  }
}
