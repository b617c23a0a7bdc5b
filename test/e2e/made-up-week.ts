import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A made-up week of protections that only watch, for the screenshots: some switched on, and what they would have stopped. */
const DAY = 86_400_000;
const ORDERS = 'POST /api/orders';
export const WATCHED_CALL = '01WATCHEDCALL0000000000001';

type Finding = { consumer: string | null; decision: object; calls: readonly number[] };

const FINDINGS: readonly Finding[] = [
  { consumer: 'web-shop', decision: wrong('body.note', 'maxLength'), calls: [1, 2, 0, 4, 3, 2, 2] },
  { consumer: null, decision: wrong('body.items[].quantity', 'type'), calls: [0, 0, 0, 0, 5, 0, 1] },
  {
    consumer: 'web-shop',
    decision: { policy: 'response-guard', decision: 'would-change', code: 'answer-covered', detail: 'Visa' },
    calls: [0, 1, 0, 0, 1, 0, 1],
  },
  { consumer: null, decision: attack('sqli', 'body.email', "' or 1=1--"), calls: [3, 0, 7, 2, 0, 4, 6] },
  { consumer: 'web-shop', decision: attack('xss', 'body.note', '<b onclick=…'), calls: [0, 0, 1, 0, 0, 0, 1] },
];

function attack(kind: string, place: string, excerpt: string) {
  const charges = [{ kind, technique: 'made-up', confidence: 90, place, excerpt, undone: [] }];
  return {
    ...{ policy: 'attack-filter', decision: 'would-deny', code: 'attack-detected', detail: `${place}: ${kind}` },
    ...{ places: [place], attack: { score: 90, complete: true, charges } },
  };
}

function wrong(place: string, rule: string) {
  const detail = `${place}: ${rule}`;
  return { policy: 'validate', decision: 'would-deny', code: 'input-invalid', detail, places: [place] };
}

/** Switches them on and sends what a gateway would have sent. `data`: the data folder of the installation. */
export async function watchAWeek(console: string, data: string): Promise<void> {
  const secret = (name: string) => readFileSync(join(data, name), 'utf8').trim();
  const call = async (method: string, path: string, token: string, body: string | null, type = 'application/json') => {
    const headers = { authorization: `Bearer ${token}`, ...(body === null ? {} : { 'content-type': type }) };
    const answer = await fetch(`${console}${path}`, { method, headers, body });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return (await answer.json()) as { items: { id: string; routeId: string }[] };
  };
  const cli = secret('cli.token');
  const services = await call('GET', '/api/services', cli, null);
  const routes = await call('GET', `/api/services/${services.items[0]?.id}/routes`, cli, null);
  const orders = routes.items.find(({ routeId }) => routeId === ORDERS)?.id;
  const validate = { form: { fields: { note: { type: 'text', maxLength: 200 } }, allowUnknown: true } };
  await call('PATCH', `/api/routes/${orders}/settings`, cli, JSON.stringify({ validate }));
  await call('PATCH', '/api/settings', cli, JSON.stringify({ responseGuard: { mode: 'monitor' } }));
  const exception = { policy: 'validate', service: 'shop', route: ORDERS, code: 'input-invalid', consumer: 'web-shop' };
  const reason = 'The till prints long notes until its update in spring';
  const asked = { ...exception, places: ['body.giftText'], reason, days: 7 };
  await call('POST', '/api/exceptions', cli, JSON.stringify(asked));
  const events = `${week(Date.now())}\n`;
  await call(
    'POST',
    '/api/gateway/events?gateway=made-up-week',
    secret('gateway.token'),
    events,
    'application/x-ndjson',
  );
}

function week(now: number): string {
  const lines: object[] = [];
  for (let day = 0; day < 7; day++) {
    for (const { consumer, decision, calls } of FINDINGS) {
      for (let call = 0; call < (calls[day] ?? 0); call++) {
        const time = new Date(now - (6 - day) * DAY - (call + 1) * 60_000).toISOString();
        lines.push({ ...CALL, seq: lines.length + 1, time, id: idOf(lines.length), consumer, decisions: [decision] });
      }
    }
  }
  return lines.map((line) => JSON.stringify(line)).join('\n');
}

const idOf = (place: number) => (place === 0 ? WATCHED_CALL : `01WEEK${String(place).padStart(20, '0')}`);

const CALL = {
  ...{ type: 'request', service: 'shop', route: ORDERS, method: 'POST', path: '/api/orders', status: 201, code: null },
  ...{ key: null, address: '198.51.100.20', bytesIn: 300, bytesOut: 512, durationMs: 38, upstreamMs: 37, revision: 1 },
  personal: { email: 3, address: 1 },
};
