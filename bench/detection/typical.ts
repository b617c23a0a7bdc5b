import { type InspectedRequest, inspect } from '../../src/detection/index.ts';
import { quantile } from '../measure/statistics.ts';
import type { Section } from '../suite.ts';

const KB = 1_000;
const WARM_UP_MS = 300;
const RUN_MS = 1_000;
const BATCH_MS = 0.5;

type Typical = { readonly label: string; readonly bytes: number; readonly p50: number; readonly p99: number };

/** What one honest request costs, in microseconds. */
export function typicalSection(): Section {
  process.stdout.write('Typical requests\n');
  const measured = requests().map(([label, request]) => measure(label, request));
  const p50 = (label: string): number => measured.find((one) => one.label === label)?.p50 ?? Number.NaN;
  const at = (label: string, most: number) => ({
    promise: `${label}: median at most ${most} µs`,
    measured: `${p50(label).toFixed(1)} µs`,
    kept: p50(label) <= most,
  });
  const growth = p50(ONE_MB) / 1_000 / (p50(TEN_KB) / 10);
  return {
    id: 'detection-typical',
    title: 'What judging an honest request costs',
    notes: ['CPU time of the process, over and over after a warm-up; small requests in batches of half a millisecond.'],
    table: {
      columns: ['request', 'bytes', 'p50 µs', 'p99 µs', 'ns per byte'],
      rows: measured.map(({ label, bytes, p50: middle, p99 }) => [
        label,
        String(bytes),
        middle.toFixed(1),
        p99.toFixed(1),
        ((1_000 * middle) / bytes).toFixed(1),
      ]),
    },
    verdicts: [
      at(PLAIN_GET, 10),
      at(EIGHT_LEAVES, 60),
      at(TEN_KB, 600),
      {
        promise: 'time per byte at 1 MB at most 1.5 × that at 10 KB',
        measured: `${growth.toFixed(2)} ×`,
        kept: growth <= 1.5,
      },
    ],
    data: measured,
  };
}

function measure(label: string, request: InspectedRequest): Typical {
  const warm = performance.now() + WARM_UP_MS;
  let ran = 0;
  for (; performance.now() < warm; ran++) inspect(request);
  // So many at a time that a clock of whole microseconds is exact enough.
  const batch = Math.max(1, Math.ceil((ran * BATCH_MS) / WARM_UP_MS));
  const times: number[] = [];
  const end = performance.now() + RUN_MS;
  while (performance.now() < end) {
    const before = process.cpuUsage();
    for (let i = 0; i < batch; i++) inspect(request);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / batch);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const bytes = request.target.length + request.headers.join('').length + (request.body?.length ?? 0);
  return { label, bytes, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}

const PLAIN_GET = 'plain GET';
const EIGHT_LEAVES = 'JSON, 8 texts of 600 bytes in all';
const TEN_KB = 'JSON of 10 KB';
const ONE_MB = 'JSON of 1 MB';

const HEADERS = [
  ['Host', 'api.example'],
  [
    'User-Agent',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36',
  ],
  ['Accept', 'application/json, text/plain, */*'],
  ['Accept-Language', 'en-GB,en;q=0.9,de;q=0.8'],
  ['Accept-Encoding', 'gzip, deflate, br'],
  ['Referer', 'https://shop.example/products?page=3'],
  ['Cookie', 'theme=dark; session=8f14e45fceea167a5a36dedd4bea2543'],
].flat();

function requests(): [string, InspectedRequest][] {
  const target = '/products/1734?include=prices,stock&page=2&per_page=50&sort=-created_at';
  return [
    [PLAIN_GET, { method: 'GET', target, headers: HEADERS, body: null }],
    [EIGHT_LEAVES, post(eightLeaves())],
    ['JSON of 2 KB', post(orders(2 * KB))],
    [TEN_KB, post(orders(10 * KB))],
    ['JSON of 100 KB', post(orders(100 * KB))],
    [ONE_MB, post(orders(1_000 * KB))],
  ];
}

function post(content: unknown): InspectedRequest {
  const body = Buffer.from(JSON.stringify(content));
  return { method: 'POST', target: '/orders', headers: [...HEADERS, 'Content-Type', 'application/json'], body };
}

function eightLeaves() {
  return {
    name: "Siobhán O'Brien & Sons",
    email: 'siobhan.obrien@example.com',
    street: '12 Rue de l’Église, 3rd floor (back door)',
    note: 'Please leave it with the neighbours at no. 14 if nobody opens; the bell is broken – thanks! We will pay 20% by card, the rest in cash.',
    product: 'Drill, cordless, 18 V / 2 x 4.0 Ah; "Pro" edition',
    url: 'https://shop.example/products/1734?utm_source=mail&utm_campaign=autumn',
    comment:
      'Is the select model from the 2019 list still in stock? It was better than all others; drop me a line when it is back.',
    terms: 'I accept the terms and conditions (version 4.2) and the order of the day.',
  };
}

/** Orders of different people until there are so many bytes of them. */
function orders(bytes: number) {
  const list: unknown[] = [];
  for (let size = 0; size < bytes; ) {
    const n = list.length;
    const order = {
      id: `ord_${(n * 7919).toString(36).padStart(8, '0')}`,
      created: '2026-05-17T09:41:07Z',
      paid: n % 3 !== 0,
      total: 1999 + n,
      ...eightLeaves(),
    };
    list.push(order);
    size += JSON.stringify(order).length + 1;
  }
  return { orders: list };
}
