import { Ajv2020, type ErrorObject, type Format, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats/dist/formats.js';
import { checkSchema } from './check-schema.ts';
import { safePattern } from './safe-pattern.ts';
import { type JsonSchema, SchemaInvalid } from './schema-fault.ts';

/** One rule that a value breaks. `pointer` says where (RFC 6901); `name` is the field, where the rule is about one. */
export type BrokenRule = {
  readonly pointer: string;
  readonly rule: string;
  readonly name: string | null;
  readonly limit: unknown;
};

export type CompiledSchema = {
  /** Stops at the first broken rule. */
  accepts(value: unknown): boolean;
  /** The broken rules, at most {@link MAX_RULES}; `all: false` looks for the first one alone. */
  explain(value: unknown, all: boolean): BrokenRule[];
};

export const MAX_RULES = 20;

/** Formats are looked at up to this length: their own expressions are not made for more. */
const MAX_FORMAT_LENGTH = 2_048;

const OPTIONS: Options = {
  strict: true,
  // Descriptions written elsewhere are often loose here, and nothing is judged differently.
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  // A name such as "constructor" is a field only where the value has it itself.
  ownProperties: true,
  logger: false,
  code: { regExp: Object.assign(guardedRegExp, { code: 'guardedRegExp' }) },
};

/**
 * Compiles a schema. Throws {@link SchemaInvalid} with the place of each fault. The compiled code is the schema's alone: what a
 * request holds never becomes code.
 */
export function compileSchema(schema: JsonSchema): CompiledSchema {
  const faults = checkSchema(schema);
  if (faults.length > 0) throw new SchemaInvalid(faults);
  return compiledFrom(compileWith(schema, false), () => compileWith(schema, true));
}

/** `compileAll` gives the same schema compiled to find every fault. */
export function compiledFrom(first: ValidateFunction, compileAll: () => ValidateFunction): CompiledSchema {
  let all: ValidateFunction | null = null;
  return {
    accepts: (value) => first(value) as boolean,
    explain(value, wantAll) {
      // Compiled when the first refusal needs it: most schemas of a gateway never do.
      if (wantAll) all ??= compileAll();
      const validate = wantAll && all !== null ? all : first;
      if (validate(value)) return [];
      // An "if" only repeats that what it leads to does not fit.
      const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'if');
      return errors.slice(0, MAX_RULES).map(brokenRule);
    },
  };
}

export function createCompiler(allErrors: boolean): Ajv2020 {
  const ajv = new Ajv2020({ ...OPTIONS, allErrors, formats: guardedFormats() });
  // What OpenAPI writes beside the rules and nobody judges by.
  for (const keyword of ['example', 'xml', 'externalDocs', 'discriminator']) ajv.addKeyword(keyword);
  return ajv;
}

/** One compiler for many schemas, as making one takes longer than compiling; a new one now and then, as it forgets nothing. */
const compilers = { first: { ajv: null as Ajv2020 | null, uses: 0 }, all: { ajv: null as Ajv2020 | null, uses: 0 } };
const MAX_USES = 1_000;

function compileWith(schema: JsonSchema, allErrors: boolean): ValidateFunction {
  const compiler = allErrors ? compilers.all : compilers.first;
  if (compiler.ajv === null || ++compiler.uses > MAX_USES) {
    compiler.ajv = createCompiler(allErrors);
    compiler.uses = 1;
  }
  const { ajv } = compiler;
  if (typeof schema !== 'boolean' && ajv.validateSchema(schema) !== true) throw metaFaults(ajv.errors ?? []);
  try {
    return ajv.compile(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SchemaInvalid([{ path: [], message: `This schema cannot be used: ${reason.replace(/\.$/, '')}.` }]);
  } finally {
    if (typeof schema !== 'boolean') ajv.removeSchema(schema);
  }
}

export function metaFaults(errors: readonly ErrorObject[]): SchemaInvalid {
  const first = errors[0];
  const path = first === undefined ? [] : stepsOf(first.instancePath);
  const reason = first?.message ?? 'it does not follow JSON Schema';
  return new SchemaInvalid([{ path, message: `This is no valid JSON Schema: ${reason}.` }]);
}

/** `/items/3/note` → its steps, unescaped. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function brokenRule(error: ErrorObject): BrokenRule {
  const params = error.params as Record<string, unknown>;
  const name = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  return {
    pointer: error.instancePath,
    rule: error.keyword,
    name: typeof name === 'string' ? name : null,
    limit: params.limit ?? params.format ?? params.type ?? params.multipleOf ?? null,
  };
}

function guardedRegExp(source: string, flags: string) {
  const { regExp, maxLength } = safePattern(source, flags);
  // Patterns are told apart by their text.
  return { test: (text: string) => text.length <= maxLength && regExp.test(text), toString: () => regExp.toString() };
}

function guardedFormats(): NonNullable<Options['formats']> {
  const { regex: _, ...rest } = formats.fullFormats;
  return Object.fromEntries(Object.entries(rest).map(([name, format]) => [name, guardedFormat(format)]));
}

function guardedFormat(format: Format): Format {
  if (typeof format === 'boolean') return format;
  if (typeof format === 'object' && !(format instanceof RegExp)) {
    // Formats of numbers have no length.
    if (format.type === 'number' || format.async === true) return format;
    return guarded(format.validate as TextCheck);
  }
  return guarded(format);
}

type TextCheck = string | RegExp | ((text: string) => boolean);

function guarded(check: TextCheck): (text: string) => boolean {
  const test =
    typeof check === 'function'
      ? check
      : (
          (pattern) => (text: string) =>
            pattern.test(text)
        )(new RegExp(check));
  return (text) => text.length <= MAX_FORMAT_LENGTH && test(text);
}
