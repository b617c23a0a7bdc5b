type Kind = 'text' | 'number' | 'boolean' | 'list' | 'null';
type FieldShape = { readonly kinds: ReadonlySet<Kind>; readonly item: FieldShape | null };

/** How the texts of a query, a form, a path or a header are to be read, worked out from their schema. */
export type TextFields = {
  /** The value for the schema, and the first field that was repeated without being a list. */
  read(pairs: Iterable<readonly [string, string]>): { value: Record<string, unknown>; repeated: string | null };
};

/**
 * Query "5" is the number 5 where the schema says number, and a repeated field is a list where it says array; nothing else is
 * turned into anything. `emptyIsAbsent`: an optional field of an HTML form that was left empty counts as not sent.
 */
export function textFields(schema: Record<string, unknown>, options: { emptyIsAbsent: boolean }): TextFields {
  const shapes = new Map<string, FieldShape>();
  collect(schema, schema, shapes, 0);
  const required = new Set(Array.isArray(schema.required) ? (schema.required as unknown[]) : []);
  return {
    read(pairs) {
      const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      let repeated: string | null = null;
      for (const [name, text] of pairs) {
        if (options.emptyIsAbsent && text === '' && !required.has(name)) continue;
        const shape = shapes.get(name);
        const before = value[name];
        if (shape?.kinds.has('list') === true) {
          const item = convert(text, shape.item);
          if (Array.isArray(before)) before.push(item);
          else value[name] = [item];
        } else if (before !== undefined) repeated ??= name;
        else value[name] = convert(text, shape ?? null);
      }
      return { value, repeated };
    },
  };
}

/** RFC 8259 §6. */
const NUMBER = /^-?(?:0|[1-9]\d{0,307})(?:\.\d{1,307})?(?:[eE][+-]?\d{1,3})?$/;

function convert(text: string, shape: FieldShape | null): unknown {
  if (shape === null || shape.kinds.has('text')) return text;
  if (shape.kinds.has('number') && NUMBER.test(text)) return Number(text);
  if (shape.kinds.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (shape.kinds.has('null') && text === '') return null;
  return text;
}

const MAX_STEPS = 8;

/** The properties of a schema, of those it refers to, and of those it joins. */
function collect(schema: unknown, root: unknown, shapes: Map<string, FieldShape>, steps: number): void {
  const at = resolve(schema, root, steps);
  if (at === null || steps > MAX_STEPS) return;
  for (const [name, property] of Object.entries((at.properties as object | undefined) ?? {})) {
    if (!shapes.has(name)) shapes.set(name, shapeOf(property, root, steps));
  }
  for (const list of [at.allOf, at.anyOf, at.oneOf]) {
    if (Array.isArray(list)) for (const member of list) collect(member, root, shapes, steps + 1);
  }
}

function shapeOf(property: unknown, root: unknown, steps: number): FieldShape {
  const schema = resolve(property, root, steps);
  const types = schema?.type === undefined ? [] : [schema.type].flat();
  const kinds = new Set(types.map((type) => KIND_OF[String(type)] ?? 'text'));
  const item = kinds.has('list') && steps <= MAX_STEPS ? shapeOf(schema?.items, root, steps + 1) : null;
  return { kinds, item };
}

const KIND_OF: Readonly<Record<string, Kind>> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'list',
  null: 'null',
};

function resolve(schema: unknown, root: unknown, steps: number): Record<string, unknown> | null {
  if (typeof schema !== 'object' || schema === null) return null;
  const ref = (schema as Record<string, unknown>).$ref;
  if (typeof ref !== 'string' || steps > MAX_STEPS) return schema as Record<string, unknown>;
  let target: unknown = root;
  for (const step of ref.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    target = typeof target === 'object' && target !== null ? (target as Record<string, unknown>)[name] : undefined;
  }
  return resolve(target, root, steps + 1);
}
