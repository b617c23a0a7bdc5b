import { connect } from 'node:net';
import type { CorpusRow } from './corpora.ts';

const OURS = new Set(['content-length', 'connection', 'transfer-encoding', 'expect', 'proxy-connection', 'keep-alive']);

/** Sends a row as it is, on a connection of its own, and answers the status; 0 when the connection was closed without one. */
export function sendRow(port: number, { request }: CorpusRow): Promise<number> {
  const lines = [`${request.method} ${request.target} HTTP/1.1`];
  let hasHost = false;
  for (let i = 0; i < request.headers.length; i += 2) {
    const name = request.headers[i] ?? '';
    if (OURS.has(name.toLowerCase())) continue;
    hasHost ||= name.toLowerCase() === 'host';
    lines.push(`${name}: ${request.headers[i + 1] ?? ''}`);
  }
  if (!hasHost) lines.push('Host: api.example.com');
  if (request.body !== null) lines.push(`Content-Length: ${request.body.length}`);
  lines.push('Connection: close', '', '');
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    const done = () => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0));
    };
    socket.setTimeout(10_000, done);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      answer += text;
      if (answer.includes('\r\n')) done();
    });
    socket.on('error', done).on('close', done);
    socket.write(Buffer.concat([Buffer.from(lines.join('\r\n')), request.body ?? Buffer.alloc(0)]));
  });
}

/** Sends rows on several connections at once and counts the refusals (403, and what was no request to the server: 400 and 0). */
export async function countRefused(port: number, rows: readonly CorpusRow[]): Promise<number> {
  let next = 0;
  let refused = 0;
  const work = async () => {
    for (let row = rows[next++]; row !== undefined; row = rows[next++]) {
      const status = await sendRow(port, row);
      if (status === 403 || status === 400 || status === 0) refused++;
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return refused;
}
