import { compileLibrary, type SchemaLibrary } from '../../json-schema/compile-library.ts';
import { knownNames } from './input-faults.ts';

/** The schemas of a service's API description, ready for use. */
export type ServiceLibrary = {
  readonly schemas: SchemaLibrary;
  /** What `#/$defs/…` in the schemas is seen from. */
  readonly root: { readonly $defs: Readonly<Record<string, Record<string, unknown>>> };
  /** Names of fields that may be recorded, as the schemas know them. */
  readonly known: ReadonlySet<string>;
};

/** Throws `SchemaInvalid`. */
export function createServiceLibrary(schemas: Readonly<Record<string, Record<string, unknown>>>): ServiceLibrary {
  return { schemas: compileLibrary(schemas), root: { $defs: schemas }, known: knownNames(Object.values(schemas)) };
}
