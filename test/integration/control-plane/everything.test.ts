import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { compileSnapshot, parseConfig } from '../../../src/configuration/index.ts';
import { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { type ControlPlane, startControlPlane } from './test-control-plane.ts';

const TEXT = readFileSync(join(import.meta.dirname, 'testdata/everything.yaml'), 'utf8');

let plane: ControlPlane;
beforeEach(async () => {
  plane = await startControlPlane();
});
afterEach(() => plane.close());

/** Keys that exclude others in the file: an address that this installation decides, and files that only a file can name. */
const ELSEWHERE = new Set([
  'server.listen',
  'server.acme',
  'server.outboundListen',
  'services.openapi.file',
  'jwt.issuers.jwks.file',
]);

type Schema = {
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  additionalProperties?: Schema | boolean;
};

/** Every key that the language knows, as places without list positions: `services.routes.match.path`. */
function* keysOf(schema: Schema, place: string): Generator<string> {
  for (const one of schema.anyOf ?? []) yield* keysOf(one, place);
  if (schema.items !== undefined) yield* keysOf(schema.items, `${place}[]`);
  // What is named freely (webhooks, fields of forms) is looked into; JSON Schemas and descriptions are not ours.
  if (typeof schema.additionalProperties === 'object') yield* keysOf(schema.additionalProperties, `${place}.*`);
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    const inside = place === '' ? name : `${place}.${name}`;
    yield inside.replaceAll('[]', '');
    yield* keysOf(inner, inside);
  }
}

function* placesIn(value: unknown, place: string): Generator<string> {
  if (Array.isArray(value)) for (const one of value) yield* placesIn(one, `${place}[]`);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      for (const inside of [place === '' ? name : `${place}.${name}`, `${place}.*`]) {
        yield inside.replaceAll('[]', '');
        yield* placesIn(inner, inside);
      }
    }
  }
}

test('the file has every key of the language', () => {
  const schema = z.toJSONSchema(GatewayConfig, { unrepresentable: 'any', io: 'input' }) as Schema;
  const written = new Set(placesIn(parse(TEXT), ''));
  const missing = [...new Set(keysOf(schema, ''))].filter(
    (place) => !written.has(place) && ![...ELSEWHERE].some((one) => place === one || place.startsWith(`${one}.`)),
  );
  expect(missing).toEqual([]);
});

const compiled = (text: string) => {
  const parsed = parseConfig(text);
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults, null, 1));
  return compileSnapshot(parsed.config, { revision: 1, lock: null });
};

test('what is imported comes out of the export, every key of it', async () => {
  const imported = await plane.call('PUT', '/api/config', { yaml: TEXT });
  expect(imported.body.faults ?? imported.body.detail).toBeUndefined();
  const exported = compiled(await plane.exportYaml());
  const expected = compiled(TEXT);
  expect({ ...exported, server: null }).toEqual({ ...expected, server: null });
  // The listening address is a setting of the installation.
  expect({ ...exported.server, listen: null }).toEqual({ ...expected.server, listen: null });
});
