import type { CompiledSchema } from '../../json-schema/compile-schema.ts';
import type { Refusal } from '../refusal.ts';
import { type InputFault, inputInvalid, type Place } from './input-faults.ts';
import type { Input } from './text-fields.ts';

/** One place's schema, and the names that may be told because the schema knows them. */
export type Judge = { readonly place: Place; readonly schema: CompiledSchema; readonly known: ReadonlySet<string> };

/** All faults of a larger input would take long to collect: then the first one is told. */
const MAX_EXPLAINED_BYTES = 16 * 1024;
const NOTHING: ReadonlySet<string> = new Set();

/** Adds what is wrong with one place of a request. `size`: of its text, in bytes. */
export function judgeInput({ place, schema, known }: Judge, input: Input, size: number, faults: InputFault[]): void {
  if (input.repeated !== null) faults.push({ place, rule: brokenRule('repeated', input.repeated), known });
  judgeValue({ place, schema, known }, input.value, size, faults);
}

export function judgeValue({ place, schema, known }: Judge, value: unknown, size: number, faults: InputFault[]): void {
  try {
    if (schema.accepts(value)) return;
    for (const rule of schema.explain(value, size <= MAX_EXPLAINED_BYTES)) faults.push({ place, rule, known });
  } catch (error) {
    // A value nested so oddly that the schema's own recursion overflows.
    if (!(error instanceof RangeError)) throw error;
    faults.push({ place, rule: brokenRule('too-complex', null), known });
  }
}

/** A fault of a body as a whole: `required`, `additionalProperties`. */
export function bodyFault(rule: string): InputFault {
  return { place: 'body', rule: brokenRule(rule, null), known: NOTHING };
}

function brokenRule(rule: string, name: string | null): InputFault['rule'] {
  return { pointer: '', rule, name, limit: null };
}

/** The faults of the head before those of the body. */
export function mergedRefusal(head: Refusal | null, faults: readonly InputFault[]): Refusal | null {
  if (faults.length === 0) return head;
  const body = inputInvalid(faults);
  if (head === null) return body;
  return {
    code: 'input-invalid',
    detail: `${head.detail}; ${body.detail}`,
    faults: [...(head.faults ?? []), ...(body.faults ?? [])].slice(0, 20),
    places: [...(head.places ?? []), ...(body.places ?? [])].slice(0, 20),
  };
}
