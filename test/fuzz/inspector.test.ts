import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTACK_KINDS } from '../../src/contracts/detection/attack-kinds.ts';
import { createInspector, type InspectedRequest, inspect, type Verdict } from '../../src/detection/index.ts';
import { THRESHOLD } from '../../src/detection/judge/judge.ts';

/** Properties of the attack filter as a whole, for any request: made of what languages are made of, and of any bytes. */

const SECOND = 1_000;

const PIECES = [
  ...[
    "'",
    '"',
    '`',
    '<',
    '>',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '\\',
    '/',
    ';',
    ':',
    ',',
    '.',
    '=',
    '&',
    '|',
    '$',
    '#',
    '%',
    '@',
    '!',
    '*',
  ],
  ...[
    '--',
    '/*',
    '*/',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '<!',
    '${',
    '{{',
    '}}',
    '$(',
    '../',
    '..\\',
    '://',
    '\r\n',
    '\n',
    '\0',
  ],
  ...[
    '%27',
    '%2e',
    '%25',
    '%c0%ae',
    '%u0027',
    '&lt;',
    '&#x3c;',
    '&#',
    '\\u0027',
    '\\x3c',
    '+ADw-',
    '\u200b',
    '＜',
    'é',
    '😀',
    '\ud800',
  ],
  ...[
    'select',
    ' or ',
    'union',
    '1=1',
    'sleep(5)',
    'script',
    'onerror',
    'javascript:',
    'cat ',
    '/etc/passwd',
    '|id',
    '$ne',
    '__proto__',
  ],
  ...[
    'constructor',
    'http',
    '127.0.0.1',
    'jndi:',
    'rO0AB',
    'O:1:',
    'ENTITY',
    'SYSTEM',
    'query',
    '...',
    'fragment',
    ' on ',
    '__schema',
  ],
  ...[
    'eyJhbGciOiJub25lIn0',
    ';base64,',
    'PHNjcmlwdD4=',
    'a',
    'b',
    '0',
    '17',
    ' ',
    '\t',
    'word ',
    'The order is late, ',
  ],
];

const HEADER_NAMES = [
  ...[
    'Host',
    'User-Agent',
    'Referer',
    'Cookie',
    'Authorization',
    'Range',
    'Expect',
    'X-Forwarded-For',
    'X-Forwarded-Host',
  ],
  ...[
    'Forwarded',
    'X-Original-URL',
    'X-HTTP-Method-Override',
    'Content-Type',
    'Connection',
    'Transfer-Encoding',
    'X-Note',
    '',
  ],
];

const TYPES = [
  ...[
    'application/json',
    'application/x-www-form-urlencoded',
    'application/xml',
    'text/plain',
    'application/graphql',
    '',
  ],
  ...[
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    'application/octet-stream',
    'application/json; charset=utf-16',
  ],
];

const CODINGS = ['', '', '', '', 'gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'x'];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'TRACE', 'gEt', ''];

/** Bytes that say what a request is made of; when they are used up, of nothing more. Far faster than a tree of arbitraries. */
class Recipe {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(below: number): number {
    const first = this.#bytes[this.#at++] ?? 0;
    return below <= 256 ? first % below : (first * 256 + (this.#bytes[this.#at++] ?? 0)) % below;
  }

  pick<T>(some: readonly T[]): T {
    return some[this.number(some.length)] as T;
  }

  list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.number(most + 1) }, make);
  }

  text(most = 6): string {
    return this.list(most, () =>
      this.number(12) === 0 ? String.fromCharCode(this.number(0x10000)) : this.pick(PIECES),
    ).join('');
  }

  pairs(): string {
    return this.list(3, () => `${this.text(2)}=${this.text()}`).join('&');
  }

  value(depth = 0): unknown {
    const kind = this.number(depth > 3 ? 3 : 5);
    if (kind === 3) return this.list(3, () => this.value(depth + 1));
    if (kind === 4) return Object.fromEntries(this.list(3, () => [this.text(2), this.value(depth + 1)]));
    return kind === 0 ? this.number(70_000) : this.text();
  }

  content(): string {
    switch (this.number(7)) {
      case 0:
        return this.pairs();
      case 1:
        return JSON.stringify(this.value());
      case 2:
        return `{"a":${this.text()},"${this.text()}":"${this.text()}"}`;
      case 3:
        return JSON.stringify({ query: `{ ${this.text()} { ${this.text()} } }` });
      case 4:
        return this.list(3, () => `<a b="${this.text(3)}">${this.text()}</a>`).join('');
      case 5:
        return `${this.list(3, () => this.part()).join('')}--b--`;
      default:
        return this.text(12);
    }
  }

  part(): string {
    return `--b\r\nContent-Disposition: form-data; name="${this.text(2)}"\r\n\r\n${this.text()}\r\n`;
  }

  body(): Uint8Array | null {
    switch (this.number(8)) {
      case 0:
        return null;
      case 1:
        return gzipSync(this.content(), { level: 1 });
      case 2:
        return Buffer.from(this.content(), 'utf16le');
      case 3:
        return Uint8Array.from(this.list(60, () => this.number(256)));
      default:
        return Buffer.from(this.content());
    }
  }

  request(): InspectedRequest {
    const coding = this.pick(CODINGS);
    return {
      method: this.pick(METHODS),
      body: this.body(),
      target: `/${this.text()}?${this.pairs()}`,
      headers: [
        ...['Content-Type', this.pick(TYPES)],
        ...(coding === '' ? [] : ['Content-Encoding', coding]),
        ...this.list(3, () => [this.number(9) === 0 ? this.text(2) : this.pick(HEADER_NAMES), this.text()]).flat(),
      ],
    };
  }
}

const request = fc.uint8Array({ maxLength: 120, size: 'max' }).map((bytes) => new Recipe(bytes).request());

const endless = createInspector({ work: Number.POSITIVE_INFINITY });
const hasty = createInspector({ work: 200 });
const strict = createInspector({ profile: 'strict' });

function check(verdict: Verdict): void {
  const { attack, score, charges } = verdict;
  expect(attack).toBe(score >= THRESHOLD.balanced);
  expect(score).toBeGreaterThanOrEqual(0);
  expect(score).toBeLessThan(100);
  let before = 99;
  for (const { confidence, kind, place, technique, excerpt } of charges) {
    if (confidence > before || confidence < 1) throw new Error(`not sorted: ${JSON.stringify(charges)}`);
    if (!ATTACK_KINDS.includes(kind) || place === '' || !/^[a-z0-9-]+$/.test(technique) || excerpt.length > 200)
      throw new Error(`not as it should be: ${JSON.stringify({ kind, place, technique, excerpt })}`);
    before = confidence;
  }
}

describe('any request', () => {
  it('is judged without an exception, completely, and the same each time', { timeout: 90 * SECOND }, () => {
    let attacks = 0;
    let honest = 0;
    fc.assert(
      fc.property(request, (one) => {
        const verdict = inspect(one);
        if (verdict.attack) attacks++;
        else honest++;
        if (verdict.charges.length > 0) check(verdict);
        expect(verdict.complete).toBe(true);
        expect(JSON.stringify(inspect(one))).toBe(JSON.stringify(verdict));
      }),
      { numRuns: 20_000 },
    );
    expect(attacks).toBeGreaterThan(0);
    expect(honest).toBeGreaterThan(0);
  });

  it('gets the same verdict from whoever says that the work was enough', { timeout: 60 * SECOND }, () => {
    let unfinished = 0;
    fc.assert(
      fc.property(request, (one) => {
        const verdict = endless(one);
        expect(verdict.complete).toBe(true);
        const early = hasty(one);
        if (early.complete) expect(early).toEqual(verdict);
        else unfinished++;
        if (verdict.attack) expect(strict(one).attack).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    expect(unfinished).toBeGreaterThan(0);
  });
});
