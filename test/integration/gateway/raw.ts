import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** How long a busy machine may take for the first byte of an answer. */
const FIRST_BYTE_MS = 3_000;

/**
 * Sends bytes as they are and returns all that comes back until the connection ends or has been silent for `quietMs` after the first
 * byte.
 */
export async function sendRaw(
  port: number,
  text: string | Buffer,
  quietMs = 250,
): Promise<{ text: string; closed: boolean }> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  let closed = false;
  let last = performance.now();
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    last = performance.now();
  });
  socket.on('close', () => {
    closed = true;
  });
  socket.on('error', () => {
    closed = true;
  });
  socket.write(text);
  const patience = () => (chunks.length === 0 ? Math.max(FIRST_BYTE_MS, quietMs) : quietMs);
  while (!closed && performance.now() - last < patience()) await wait(10);
  socket.destroy();
  return { text: Buffer.concat(chunks).toString('latin1'), closed };
}

/** The status codes of all answers in a raw reply. */
export function statusesOf(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
}
