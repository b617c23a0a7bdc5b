import type { BrokenRule } from '../../json-schema/compile-schema.ts';
import { MAX_RULES, stepsOf } from '../../json-schema/compile-schema.ts';
import type { Refusal } from '../refusal.ts';
import { faultWords } from './fault-words.ts';

export type Place = 'path' | 'query' | 'headers' | 'cookies' | 'body';
export type InputFault = { place: Place; rule: BrokenRule; known: ReadonlySet<string> };

/** Longer names are cut: they are the caller's. */
const MAX_NAME = 64;

/** 422: the caller reads places and words; the record keeps places and rules, and of names only those the schema knows. */
export function inputInvalid(faults: readonly InputFault[]): Refusal {
  const told = faults.slice(0, MAX_RULES);
  const kept = told.map((fault) => placeOf(fault, (name) => (fault.known.has(name) ? name : '{…}')));
  return {
    code: 'input-invalid',
    detail: told.map((fault, index) => `${kept[index]}: ${fault.rule.rule}`).join('; '),
    faults: told.map((fault) => ({ place: placeOf(fault, cut), message: faultWords(fault.rule) })),
    places: kept.map((place) => place.replaceAll(/\[\d+\]/g, '[]')),
  };
}

/** `body.items[3].note` */
function placeOf({ place, rule }: InputFault, nameOf: (name: string) => string): string {
  const steps = stepsOf(rule.pointer);
  if (rule.name !== null) steps.push(rule.name);
  return steps.reduce(
    (text, step) => (/^\d{1,9}$/.test(step) ? `${text}[${step}]` : `${text}.${nameOf(step)}`),
    place as string,
  );
}

function cut(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
}

/** The names of fields that a schema itself uses, anywhere in it. */
export function knownNames(schema: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(schema)) for (const item of schema) knownNames(item, names);
  else if (typeof schema === 'object' && schema !== null) {
    const { properties, required } = schema as Record<string, unknown>;
    if (typeof properties === 'object' && properties !== null)
      for (const name of Object.keys(properties)) names.add(name);
    if (Array.isArray(required)) for (const name of required) names.add(String(name));
    for (const item of Object.values(schema)) knownNames(item, names);
  }
  return names;
}
