import { checkSchema } from './check-schema.ts';
import { type CompiledSchema, compiledFrom, createCompiler, metaFaults } from './compile-schema.ts';
import { type JsonSchema, SchemaInvalid } from './schema-fault.ts';

/** Schemas that refer to one another as `#/$defs/<name>`. */
export type SchemaLibrary = {
  /** Throws {@link SchemaInvalid} for a name that it does not hold. */
  get(name: string): CompiledSchema;
};

const MAX_NODES = 200_000;
/** Judging what a pattern may cost takes a moment for each. */
const MAX_PATTERN_CHARACTERS = 50_000;
const KEY = 'library';

/**
 * Judges all schemas of a library at once; each is compiled when it is first asked for, and what they share once. Throws
 * {@link SchemaInvalid}; the path of a fault begins with the name of the schema.
 */
export function compileLibrary(schemas: Readonly<Record<string, JsonSchema>>): SchemaLibrary {
  const root = { $defs: schemas };
  try {
    demandUsable(root);
    const first = createCompiler(false);
    if (first.validateSchema(root) !== true) throw withinSchemas(metaFaults(first.errors ?? []));
    first.addSchema(root, KEY, undefined, false);
    let all: typeof first | null = null;
    const compiled = new Map<string, CompiledSchema>();
    const compileIn = (compiler: typeof first, name: string) => {
      const validate = compiler.getSchema(`${KEY}#/$defs/${name}`);
      if (validate === undefined) throw new SchemaInvalid([{ path: [name], message: 'There is no such schema.' }]);
      return validate;
    };
    return {
      get(name) {
        const known = compiled.get(name);
        if (known !== undefined) return known;
        const schema = guarded(name, () =>
          compiledFrom(compileIn(first, name), () => {
            all ??= createCompiler(true).addSchema(root, KEY, undefined, false);
            return compileIn(all, name);
          }),
        );
        compiled.set(name, schema);
        return schema;
      },
    };
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep([]);
    throw error;
  }
}

function demandUsable(root: { $defs: Readonly<Record<string, JsonSchema>> }): void {
  if (patternCharacters(root) > MAX_PATTERN_CHARACTERS) {
    const message = `The patterns of these schemas have more than ${MAX_PATTERN_CHARACTERS} characters.`;
    throw new SchemaInvalid([{ path: [], message }]);
  }
  const faults = checkSchema(root, MAX_NODES);
  if (faults.length > 0) throw withinSchemas(new SchemaInvalid(faults));
}

function patternCharacters(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const [key, item] of Object.entries(value)) {
    if (key === 'pattern' && typeof item === 'string') sum += item.length;
    else if (key === 'patternProperties' && typeof item === 'object' && item !== null) {
      sum += Object.keys(item).join('').length;
    }
    sum += patternCharacters(item);
  }
  return sum;
}

function guarded<T>(name: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (error instanceof SchemaInvalid) throw error;
    if (error instanceof RangeError) throw tooDeep([name]);
    const reason = error instanceof Error ? error.message : String(error);
    throw new SchemaInvalid([{ path: [name], message: `This schema cannot be used: ${reason.replace(/\.$/, '')}.` }]);
  }
}

function tooDeep(path: readonly string[]): SchemaInvalid {
  return new SchemaInvalid([{ path, message: 'These schemas lead into one another too deeply.' }]);
}

/** Without the `$defs` in front. */
function withinSchemas(error: SchemaInvalid): SchemaInvalid {
  return new SchemaInvalid(
    error.faults.map(({ path, message }) => ({ path: path[0] === '$defs' ? path.slice(1) : path, message })),
  );
}
