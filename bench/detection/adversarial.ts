import { type InspectedRequest, inspect } from '../../src/detection/index.ts';
import type { Section } from '../suite.ts';
import { type HostileText, repeated, shaped } from './hostile-texts.ts';

const SMALL = 8_192;
const MIDDLE = 65_536;
const LARGE = 524_288;
/** What a request may cost whatever its size. */
const FREE = 4_096;
const PROMISED_MICROS = 1;
const SHOWN = 10;
/** All texts are measured small; so many of them, in the carrier that was slowest, middle, and so many large. */
const MIDDLES = 250;
const LARGES = 60;

type Carrier = 'query' | 'json' | 'form' | 'text';
type Timed = { readonly label: string; readonly carrier: Carrier; readonly bytes: number; readonly perByte: number };
type Trial = { readonly text: HostileText; readonly carrier: Carrier; readonly perByte: number };

/** What the worst texts cost, in microseconds for each byte beyond the first {@link FREE}. */
export function adversarialSection(): Section {
  const texts = [...repeated(), ...shaped()];
  process.stdout.write(`${texts.length} hostile texts\n`);
  warmUp(texts);
  const timed: Timed[] = [];
  const trials = texts.flatMap((text) => CARRIERS.map((carrier) => trial(text, carrier, SMALL, timed)));
  const middle = slowest(trials, MIDDLES).map(({ text, carrier }) => trial(text, carrier, MIDDLE, timed));
  for (const { text, carrier } of slowest(middle, LARGES)) trial(text, carrier, LARGE, timed);
  const worst = timed.toSorted((a, b) => b.perByte - a.perByte).slice(0, SHOWN);
  const most = worst[0]?.perByte ?? 0;
  return {
    id: 'detection-adversarial',
    title: `The worst of ${texts.length} hostile texts`,
    notes: [
      `All of them with ${SMALL} bytes in ${CARRIERS.join(', ')}; the slowest ${MIDDLES} of these with ${MIDDLE} bytes, the slowest ${LARGES} of those with ${LARGE}.`,
      'CPU time of the process, the best of three runs where one was slow.',
    ],
    table: {
      columns: ['text', 'carrier', 'bytes', 'µs per byte'],
      rows: worst.map(({ label, carrier, bytes, perByte }) => [label, carrier, String(bytes), perByte.toFixed(3)]),
    },
    verdicts: [
      {
        promise: `at most ${PROMISED_MICROS} µs for each byte beyond ${FREE}`,
        measured: `${most.toFixed(3)} µs`,
        kept: most <= PROMISED_MICROS,
      },
    ],
    data: timed.toSorted((a, b) => b.perByte - a.perByte).slice(0, 100),
  };
}

function warmUp(texts: readonly HostileText[]): void {
  for (const text of texts) for (const carrier of CARRIERS) inspect(carry(text.make(FREE), carrier));
}

function slowest(trials: readonly Trial[], most: number): Trial[] {
  return trials.toSorted((a, b) => b.perByte - a.perByte).slice(0, most);
}

function trial(text: HostileText, carrier: Carrier, length: number, timed: Timed[]): Trial {
  const request = carry(text.make(length), carrier);
  // What is escaped for its carrier is longer there.
  const bytes = request.target.length + (request.body?.length ?? 0);
  let micros = microsOf(request);
  for (let again = 0; again < 2 && micros > (PROMISED_MICROS * (bytes - FREE)) / 4; again++)
    micros = Math.min(micros, microsOf(request));
  const perByte = micros / (bytes - FREE);
  timed.push({ label: text.label, carrier, bytes, perByte });
  return { text, carrier, perByte };
}

function microsOf(request: InspectedRequest): number {
  const before = process.cpuUsage();
  inspect(request);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const CARRIERS: readonly Carrier[] = ['query', 'json', 'form', 'text'];
const HOST = ['Host', 'api.example'];

/** The text as the caller wrote it where its carrier allows that, so that it is the readers that are tried as well. */
function carry(text: string, carrier: Carrier): InspectedRequest {
  switch (carrier) {
    case 'query':
      return { method: 'GET', target: `/items?q=${text}`, headers: HOST, body: null };
    case 'json':
      return post('application/json', /^[{[]/.test(text) ? text : JSON.stringify({ note: text }));
    case 'form':
      return post('application/x-www-form-urlencoded', `note=${encodeURIComponent(text.toWellFormed())}`);
    case 'text':
      return post('text/plain', text);
  }
}

function post(type: string, body: string): InspectedRequest {
  return { method: 'POST', target: '/items', headers: [...HOST, 'Content-Type', type], body: Buffer.from(body) };
}
