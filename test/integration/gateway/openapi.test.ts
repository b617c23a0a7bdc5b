import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../../src/configuration/index.ts';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { sendRaw } from './raw.ts';
import { startGateway } from './start-gateway.ts';

type Case = {
  document: string;
  request: string;
  headers?: Record<string, string>;
  type?: string;
  body?: string;
  status: number;
  faults?: string[];
};

const folder = new URL('testdata/openapi/', import.meta.url);
const readFile = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const cases = parse(readFile('requests.yaml')) as Case[];

/** A gateway whose routes come from a document alone. */
async function describedBy(file: string, extra = 'mode: enforce', head = 'defaults: { auth: none }') {
  const upstream = await startUpstream(async (request, response) => response.end(await buffer(request)));
  const text = `version: 1\n${head}\nservices:\n  - name: described\n    upstream: ${upstream.url}\n    openapi: { file: ${file}, ${extra} }\n`;
  const parsed = parseConfig(text, { readFile });
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  const gateway = await startGateway(parsed.config);
  return { upstream, gateway, warnings: parsed.warnings };
}

/** Byte for byte: fetch would correct some of the requests. */
async function send(port: number, { request, headers = {}, type, body }: Case) {
  const lines = [`${request} HTTP/1.1`, 'Host: a', 'Connection: close'];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (type !== undefined) lines.push(`Content-Type: ${type}`);
  if (body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  const { text } = await sendRaw(port, `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`, 2_000);
  const end = text.indexOf('\r\n\r\n');
  return { status: Number(text.slice(9, 12)), body: text.slice(end + 4) };
}

describe('requests held against a document', () => {
  it('are a whole table', () => expect(cases.length).toBeGreaterThanOrEqual(125));

  it.each([...new Set(cases.map((one) => one.document))])('%s', async (document) => {
    const { gateway, upstream } = await describedBy(document);
    const results: unknown[] = [];
    const wanted: unknown[] = [];
    for (const one of cases.filter((each) => each.document === document)) {
      upstream.requests.length = 0;
      const answer = await send(gateway.port, one);
      const problem = answer.status === 422 && answer.body !== '' ? JSON.parse(answer.body) : { faults: [] };
      const places = problem.faults.map(({ place }: { place: string }) => place);
      const label = `${one.request} ${one.body ?? ''}`;
      results.push([label, answer.status, places, upstream.requests.length]);
      wanted.push([label, one.status, one.faults ?? [], one.status === 200 ? 1 : 0]);
      if (one.status === 200 && one.body !== undefined) expect(answer.body, label).toBe(one.body);
    }
    expect(results).toEqual(wanted);
  });
});
