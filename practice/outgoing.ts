import { request } from 'node:http';
import { invalid, Refusal } from './answers.ts';
import type { Shop } from './shop.ts';

/** Marks the shop's calls to itself. */
export const INNER_HEADER = 'x-shop-inner';

const LARGEST = 16 * 1024;

/**
 * The only outgoing call of the whole shop: a GET to the shop itself, whatever address was asked for. The weaknesses
 * about fetching are real in kind, but nothing else on this computer, let alone beyond it, can be reached with them.
 * @throws Refusal 422 for any other place; 502 when the page does not answer within two seconds or is larger than 16 KiB.
 */
export function ownPage(
  shop: Shop,
  url: URL,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  const own = new URL(shop.origin());
  const names = [own.host, `localhost:${own.port}`];
  if (url.protocol !== 'http:' || !names.includes(url.host)) {
    throw invalid(`The practice shop fetches from itself alone: the address must start with ${own.origin}/.`);
  }
  const failed = () => new Refusal(502, 'no-answer', 'The other side did not answer properly.');
  return new Promise((resolve, reject) => {
    // The connection goes to the number, never to what a name might resolve to. A redirect is not followed.
    const outgoing = request(
      { host: '127.0.0.1', port: own.port, path: `${url.pathname}${url.search}`, headers, agent: false, timeout: 2000 },
      (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        answer.on('data', (part: Buffer) => {
          size += part.length;
          if (size > LARGEST) outgoing.destroy(failed());
          else parts.push(part);
        });
        answer.on('error', () => reject(failed()));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
        );
      },
    );
    // Two seconds in all, not only between two bytes: a stream that never ends must not hold the visitor.
    const deadline = setTimeout(() => outgoing.destroy(failed()), 2000);
    outgoing.on('timeout', () => outgoing.destroy(failed()));
    outgoing.on('error', () => reject(failed()));
    outgoing.on('close', () => clearTimeout(deadline));
    outgoing.end();
  });
}
