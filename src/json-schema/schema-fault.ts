/** A JSON Schema (2020-12): an object of keywords, or true (anything) or false (nothing). */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** What is wrong with a schema: where in it, and one plain sentence. */
export type SchemaFault = { readonly path: readonly (string | number)[]; readonly message: string };

/** A schema that cannot be put into service. */
export class SchemaInvalid extends Error {
  readonly faults: readonly SchemaFault[];

  constructor(faults: readonly SchemaFault[]) {
    super(faults.map((fault) => fault.message).join(' '));
    this.faults = faults;
  }
}
