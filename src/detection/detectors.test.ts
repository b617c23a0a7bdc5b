import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ATTACK_KINDS, type AttackKind } from '../contracts/detection/attack-kinds.ts';
import { createInspector, inspect } from './index.ts';
import { type Carrier, carry } from './testdata/carry.ts';
import { VARIANTS, type VariantName } from './testdata/variants.ts';

/**
 * What each detector must find and must leave alone, as data beside it:
 *
 * - `testdata/ng.yaml`: `variants` (those that make no difference to this attack), `techniques`: name → texts.
 * - `testdata/ok.yaml`: honest texts that look alike; none is called an attack by any detector, in any carrier.
 *
 * A text is carried as a query parameter, a JSON value and a form field, or in `carrier`; a case `{ request }` is a whole one, whose
 * body may be a list of pieces.
 */
type WholeRequest = { method?: string; target?: string; headers?: string[]; body?: string | readonly Piece[] };
/** Of a long body: a text, or one over and over with its number for each `#`. */
type Piece = string | { repeat: string; times: number };
type Case = string | { text: string; carrier: Carrier } | { request: WholeRequest };
type Attacks = { variants?: VariantName[]; techniques: Record<string, Case[]> };

const FOLDER = join(import.meta.dirname, 'detectors');
const MANY: readonly AttackKind[] = ['sqli', 'xss', 'shell'];
const EVERYWHERE: readonly Carrier[] = ['query', 'json', 'form'];
const strict = createInspector({ profile: 'strict' });

describe.each(ATTACK_KINDS)('%s', (kind) => {
  const attacks = read<Attacks>(kind, 'ng.yaml');
  const honest = read<Case[]>(kind, 'ok.yaml');

  it('knows enough techniques', () => {
    expect(Object.keys(attacks.techniques).length).toBeGreaterThanOrEqual(MANY.includes(kind) ? 40 : 20);
    expect(honest.length).toBeGreaterThanOrEqual(20);
  });

  it.each(Object.entries(attacks.techniques))('finds %s', (_, cases) => {
    expect(cases.length).toBeGreaterThan(0);
    for (const one of cases) {
      for (const request of requestsOf(one)) {
        const { attack, charges } = inspect(request);
        expect({ one, attack, kinds: charges.map((charge) => charge.kind) }).toMatchObject({
          attack: true,
          kinds: expect.arrayContaining([kind]),
        });
      }
    }
  });

  it('finds them however they are wrapped', () => {
    const texts = Object.values(attacks.techniques)
      .flat()
      .filter((one) => typeof one === 'string');
    const missed: string[] = [];
    let ran = 0;
    for (const name of attacks.variants ?? []) {
      for (const text of texts) {
        ran++;
        if (!inspect(carry(VARIANTS[name](text), 'query')).attack) missed.push(`${name}: ${text}`);
      }
    }
    expect(ran).toBe((attacks.variants ?? []).length * texts.length);
    expect(missed).toEqual([]);
  });

  it('leaves honest texts alone', () => {
    const blamed: string[] = [];
    let ran = 0;
    for (const one of honest) {
      for (const request of requestsOf(one)) {
        ran++;
        const { attack, charges } = inspect(request);
        if (attack) blamed.push(`${JSON.stringify(one)}: ${charges.map((c) => `${c.kind}/${c.technique}`).join(' ')}`);
      }
    }
    expect(ran).toBeGreaterThanOrEqual(honest.length);
    expect(blamed).toEqual([]);
  });

  it('is no quieter in the strict profile', () => {
    for (const one of Object.values(attacks.techniques).flat()) {
      for (const request of requestsOf(one)) expect(strict(request).attack).toBe(true);
    }
  });
});

function requestsOf(one: Case) {
  if (typeof one === 'string') return EVERYWHERE.map((carrier) => carry(one, carrier));
  if ('text' in one) return [carry(one.text, one.carrier)];
  const { method = 'GET', target = '/', headers = [], body } = one.request;
  return [{ method, target, headers, body: body === undefined ? null : Buffer.from(written(body)) }];
}

function written(body: string | readonly Piece[]): string {
  if (typeof body === 'string') return body;
  return body
    .map((piece) =>
      typeof piece === 'string'
        ? piece
        : Array.from({ length: piece.times }, (_, i) => piece.repeat.replaceAll('#', String(i))).join(''),
    )
    .join('');
}

function read<T>(kind: AttackKind, name: string): T {
  const path = join(FOLDER, kind, 'testdata', name);
  expect(existsSync(path), path).toBe(true);
  return parse(readFileSync(path, 'utf8')) as T;
}
