/**
 * A made-up day of the practice shop for the screenshots: lines as a gateway would send them, spread over the last 24 hours.
 * The same numbers every time; only the clock moves.
 */
const HOUR = 3_600_000;
const ROUTES = [
  ['GET', '/api/products', null, 9],
  ['GET', '/api/products/{productId}', null, 6],
  ['GET', '/api/customers/{customerId}', 'web-shop', 12],
  ['GET', '/api/orders/{orderId}', 'web-shop', 15],
  ['POST', '/api/orders', 'web-shop', 38],
  ['GET', '/api/reports/sales', 'web-shop', 410],
] as const;

type Line = { time: number; code: string | null; status: number; at: number };

function busy(hour: number): number {
  return Math.round(4 + 26 * Math.max(0, Math.sin(((hour - 7) / 15) * Math.PI)));
}

/** `now` in ms since 1970; returns ndjson. */
export function madeUpDay(now: number): string {
  const lines: Line[] = [];
  for (let slot = 1; slot <= 48; slot++) {
    const start = now - 24 * HOUR + (slot - 1) * (HOUR / 2);
    const calls = busy(new Date(start).getHours());
    for (let call = 0; call < calls; call++) {
      const time = start + (call * HOUR) / 2 / calls;
      const at = (slot * 7 + call) % ROUTES.length;
      const refused = (slot * 31 + call) % 61 === 0;
      lines.push({ time, at, ...(refused ? { code: 'key-missing', status: 401 } : { code: null, status: 200 }) });
    }
    // A robot guesses passwords, and the API stands still for a moment.
    if (slot === 33) {
      for (let guess = 0; guess < 26; guess++)
        lines.push({ time: start + guess * 900, at: -1, code: 'rate-limited', status: 429 });
    }
    if (slot === 41) {
      for (let call = 0; call < 7; call++)
        lines.push({ time: start + call * 800, at: 3, code: 'upstream-unreachable', status: 502 });
    }
  }
  return lines
    .filter(({ time }) => time < now - 60_000)
    .sort((a, b) => a.time - b.time)
    .map((line, place) => JSON.stringify(eventOf(line, place)))
    .join('\n');
}

function eventOf({ time, code, status, at }: Line, place: number) {
  const [method, path, consumer, usual] = ROUTES[at] ?? ['POST', '/api/login', null, 300];
  const turnedAway = code !== null && status < 500;
  return {
    seq: place + 1,
    time: new Date(time).toISOString(),
    type: 'request',
    id: `01${(place + 1)
      .toString(36)
      .toUpperCase()
      .replaceAll(/[ILOU]/g, 'Z')
      .padStart(6, '0')}${'MADEXP'.repeat(3)}`,
    service: 'shop',
    route: `${method} ${path}`,
    method,
    path,
    status,
    code,
    consumer: turnedAway ? null : consumer,
    key: null,
    address: at === -1 ? '203.0.113.66' : '198.51.100.20',
    bytesIn: 0,
    bytesOut: 512,
    durationMs: turnedAway ? 0.4 : usual + (place % 17),
    upstreamMs: turnedAway ? null : usual,
    decisions: code === null ? [] : [{ policy: 'made-up', decision: 'deny', code }],
    revision: 1,
  };
}
