import { type CompiledSchema, compileSchema } from '../../json-schema/compile-schema.ts';
import { createServiceLibrary, type ServiceLibrary } from './service-library.ts';

type Schemas = Readonly<Record<string, Record<string, unknown>>>;

/** Schemas by their text: routes with the same one share it, and a reload compiles only what is new. */
export class SchemaCache {
  readonly #schemas = new Generations<CompiledSchema>();
  readonly #libraries = new Generations<ServiceLibrary>();

  /** Throws `SchemaInvalid`. */
  get(schema: Record<string, unknown>): CompiledSchema {
    return this.#schemas.get(JSON.stringify(schema), () => compileSchema(schema));
  }

  /** Throws `SchemaInvalid`. */
  library(schemas: Schemas): ServiceLibrary {
    return this.#libraries.get(JSON.stringify(schemas), () => createServiceLibrary(schemas));
  }

  /** Forgets what was not asked for since the last `retain`. */
  retain(): void {
    this.#schemas.retain();
    this.#libraries.retain();
  }
}

class Generations<Value> {
  #inService = new Map<string, Value>();
  #next = new Map<string, Value>();

  get(text: string, make: () => Value): Value {
    const value = this.#next.get(text) ?? this.#inService.get(text) ?? make();
    this.#next.set(text, value);
    return value;
  }

  retain(): void {
    this.#inService = this.#next;
    this.#next = new Map();
  }
}
