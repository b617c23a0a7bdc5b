import type { DescriptionFault, DocumentPath, JsonObject } from './description.ts';

export type Version = '2.0' | '3.0' | '3.1';
/** A value of the document and where it stands. */
export type Placed = { readonly value: JsonObject; readonly path: DocumentPath };

/** A document with more faults is of another kind; nobody reads them all. */
const MAX_FAULTS = 50;
/** A reference to a reference to a reference … */
const MAX_HOPS = 20;

/** A document while it is read: its version, its references, and what was found wrong with it. */
export class OpenapiDocument {
  readonly root: JsonObject;
  readonly version: Version;
  readonly faults: DescriptionFault[] = [];
  readonly warnings: DescriptionFault[] = [];

  constructor(root: JsonObject, version: Version) {
    this.root = root;
    this.version = version;
  }

  fault(path: DocumentPath, message: string, hint?: string): void {
    add(this.faults, path, message, hint);
  }

  warn(path: DocumentPath, message: string, hint?: string): void {
    add(this.warnings, path, message, hint);
  }

  /** The place that a `$ref` names; null (and a fault) when it leads outside the document or to nothing. */
  target(ref: unknown, at: DocumentPath): { value: unknown; path: DocumentPath } | null {
    if (typeof ref !== 'string' || !/^#(\/|$)/.test(ref)) {
      this.fault(
        at,
        'This reference leads out of the document; nothing is fetched from files or addresses.',
        'Bundle the description into one file, with references such as "#/components/schemas/Order".',
      );
      return null;
    }
    const path = stepsOf(ref);
    let value: unknown = this.root;
    for (const step of path) {
      const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
      if (!inside) {
        this.fault(at, 'This reference leads to nothing in the document.', 'Correct it, or add what it names.');
        return null;
      }
      value = (value as Record<string, unknown>)[step];
    }
    return { value, path };
  }

  /** The object at a place, its references followed; null (and a fault) when there is none. Not for schemas. */
  object(value: unknown, path: DocumentPath, what: string): Placed | null {
    let current: { value: unknown; path: DocumentPath } = { value, path };
    for (let hops = 0; hops < MAX_HOPS; hops++) {
      if (!isObject(current.value)) {
        this.fault(current.path, `${what} must be a group of keys.`);
        return null;
      }
      if (!Object.hasOwn(current.value, '$ref')) return { value: current.value, path: current.path };
      const next = this.target(current.value.$ref, [...current.path, '$ref']);
      if (next === null) return null;
      current = next;
    }
    this.fault(path, 'This reference leads round in a circle.');
    return null;
  }

  /** The entries of a group that may be left out; extensions (`x-…`) are not among them. */
  entries(value: unknown, path: DocumentPath, what: string): [string, unknown][] {
    if (value === undefined) return [];
    if (isObject(value)) return Object.entries(value).filter(([name]) => !name.startsWith('x-'));
    this.fault(path, `${what} must be a group of keys.`);
    return [];
  }

  list(value: unknown, path: DocumentPath, what: string): unknown[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.fault(path, `${what} must be a list.`);
    return [];
  }
}

/** A schema is read for requests and for answers, and its fault is told once. */
function add(list: DescriptionFault[], path: DocumentPath, message: string, hint: string | undefined): void {
  if (list.length >= MAX_FAULTS) return;
  const place = path.join('\n');
  if (list.some((known) => known.message === message && known.path.join('\n') === place)) return;
  list.push({ path, message, ...(hint === undefined ? {} : { hint }) });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The steps of a local reference: a JSON pointer (RFC 6901 §6) in a URI fragment. */
function stepsOf(ref: string): string[] {
  return ref.split('/').slice(1).map(unescaped);
}

function unescaped(step: string): string {
  let text = step;
  try {
    text = decodeURIComponent(step);
  } catch {
    // No percent-encoding: names are then meant as they stand.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}
