import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../../src/configuration/index.ts';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { arbitraryOf } from './arbitrary-of-schema.ts';
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
async function send(port: number, { request, headers = {}, type, body }: Omit<Case, 'document' | 'status'>) {
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

describe('routes from a document', () => {
  it('ask for a key and the scopes that the document names, and never open what nobody opened here', async () => {
    const { gateway, warnings } = await describedBy('shop.yaml', 'mode: monitor', '');
    const routes = gateway.gateway.snapshot()?.routes ?? [];
    expect(routes.map(({ id, auth, scopes }) => `${id} ${auth} ${scopes}`)).toEqual([
      'GET /v1/orders apiKey orders:read',
      'POST /v1/orders apiKey orders:read',
      'GET /v1/orders/{order_id} apiKey orders:read',
      'DELETE /v1/orders/{order_id} apiKey ',
      'PUT /v1/orders/{order_id}/photo apiKey orders:read',
      'PUT /v1/categories apiKey orders:read',
      'POST /v1/payments apiKey orders:read',
    ]);
    expect(warnings.map(({ code }) => code)).toEqual(['openapi-public']);
    expect((await send(gateway.port, { request: 'DELETE /v1/orders/AB1234' })).status).toBe(401);
  });

  it('are watched first: the request goes on and the record says what does not fit', async () => {
    const { gateway } = await describedBy('shop.yaml', 'basePath: /', 'defaults: { auth: none }');
    const answer = await send(gateway.port, {
      request: 'POST /orders',
      type: 'application/json',
      body: '{"secret":1}',
    });
    expect(answer).toEqual({ status: 200, body: '{"secret":1}' });
    const event = gateway.events().at(-1) as RequestEvent;
    expect(event.decisions).toEqual([
      expect.objectContaining({ policy: 'validate', decision: 'would-deny', code: 'input-invalid' }),
    ]);
    expect(JSON.stringify(event.decisions)).toContain('body.customer: required');
  });

  it('give way to routes that are written, which the document then checks', async () => {
    const routes = 'routes: [{ match: { path: "/v1/orders/{id}" }, mode: enforce }]\n    ';
    const text = `version: 1\ndefaults: { auth: none }\nservices:\n  - name: a\n    upstream: http://127.0.0.1:9\n    ${routes}openapi: { file: shop.yaml, mode: enforce, unknownQuery: refuse, routes: KIND }\n`;
    const both = parseConfig(text.replace('KIND', 'import'), { readFile });
    if ('faults' in both) throw new Error('refused');
    const gateway = await startGateway(both.config);
    expect(gateway.gateway.snapshot()?.routes.map(({ id }) => id)).toEqual([
      'ANY /v1/orders/{id}',
      'GET /v1/orders',
      'POST /v1/orders',
      'PUT /v1/orders/{order_id}/photo',
      'PUT /v1/categories',
      'POST /v1/payments',
    ]);
    expect((await send(gateway.port, { request: 'DELETE /v1/orders/ab?x=1' })).body).toContain('path.order-id');
    expect((await send(gateway.port, { request: 'DELETE /v1/orders/AB1234?x=1' })).body).toContain('query.x');
    const only = parseConfig(text.replace('KIND', 'validate-only'), { readFile });
    if ('faults' in only) throw new Error('refused');
    expect(only.warnings.map(({ code }) => code)).toEqual(['openapi-unused']);
    const validating = await startGateway(only.config);
    expect(validating.gateway.snapshot()?.routes).toHaveLength(1);
    expect((await send(validating.port, { request: 'GET /v1/orders' })).status).toBe(404);
  });
});

describe('whatever fits a document', () => {
  it.each([
    ['shop.yaml', 'POST /v1/orders'],
    ['shop.yaml', 'PUT /v1/categories'],
    ['studio.json', 'POST /studio/classes'],
  ])('%s %s passes', async (document, operation) => {
    const { gateway } = await describedBy(document);
    const snapshot = gateway.gateway.snapshot();
    const [method = '', path = ''] = operation.split(' ');
    const route = snapshot?.routes.find(({ id }) => id === operation);
    const schema = route?.openapi?.operations[method]?.body?.contents[0]?.schema;
    if (snapshot === null || typeof schema !== 'string') throw new Error('not described');
    const root = { $defs: snapshot.services[0]?.schemas ?? {} };
    await fc.assert(
      fc.asyncProperty(arbitraryOf(root.$defs[schema], root), async (value) => {
        const body = JSON.stringify(value);
        const answer = await fetch(gateway.url + path, {
          method,
          headers: { 'Content-Type': 'application/json' },
          body,
        });
        expect(`${answer.status} ${await answer.text()}`).toBe(`200 ${body}`);
      }),
      { numRuns: 60 },
    );
  });
});
