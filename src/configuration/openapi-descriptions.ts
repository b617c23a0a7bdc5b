import type { OpenapiConfig } from '../contracts/config/openapi-config.ts';
import { compileLibrary } from '../json-schema/compile-library.ts';
import { SchemaInvalid } from '../json-schema/schema-fault.ts';
import type { Description, DescriptionFault } from '../openapi/description.ts';
import { readDescription } from '../openapi/read-description.ts';

export type ReadDescription = { description: Description } | { faults: readonly DescriptionFault[] };

/** Reading a large document takes a while, and checking, warning and compiling all need it. */
const known = new WeakMap<object, { basePath: string | undefined; result: ReadDescription }>();

/** The description of a service, judged together with its schemas; null when it has none. */
export function descriptionOf(service: { openapi?: OpenapiConfig | undefined }): ReadDescription | null {
  const inline = service.openapi?.inline;
  if (inline === undefined) return null;
  const basePath = service.openapi?.basePath;
  const before = known.get(inline);
  if (before !== undefined && before.basePath === basePath) return before.result;
  const result = judged(readDescription(inline, basePath));
  known.set(inline, { basePath, result });
  return result;
}

/** The same, of a service that was checked. */
export function checkedDescription(service: { openapi?: OpenapiConfig | undefined }): Description | null {
  const read = descriptionOf(service);
  return read !== null && 'description' in read ? read.description : null;
}

/** Faults of schemas carry the places of the document that the schemas were made from. */
function judged(read: ReadDescription): ReadDescription {
  if ('faults' in read) return read;
  const { schemas, sources } = read.description;
  try {
    const library = compileLibrary(schemas);
    for (const name of Object.keys(schemas)) library.get(name);
    return read;
  } catch (error) {
    if (!(error instanceof SchemaInvalid)) throw error;
    return {
      faults: error.faults.map(({ path: [name, ...rest], message }) => ({
        path: [...(sources.get(String(name)) ?? []), ...rest],
        message,
      })),
    };
  }
}
