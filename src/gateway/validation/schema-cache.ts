import { type CompiledSchema, compileSchema } from '../../json-schema/compile-schema.ts';

/** Schemas by their text: routes with the same one share it, and a reload compiles only what is new. */
export class SchemaCache {
  #inService = new Map<string, CompiledSchema>();
  #next = new Map<string, CompiledSchema>();

  /** Throws `SchemaInvalid`. */
  get(schema: Record<string, unknown>): CompiledSchema {
    const text = JSON.stringify(schema);
    const compiled = this.#next.get(text) ?? this.#inService.get(text) ?? compileSchema(schema);
    this.#next.set(text, compiled);
    return compiled;
  }

  /** Forgets what was not asked for since the last `retain`. */
  retain(): void {
    this.#inService = this.#next;
    this.#next = new Map();
  }
}
