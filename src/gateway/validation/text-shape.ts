export type Kind = 'text' | 'number' | 'boolean' | 'list' | 'object' | 'null';

/** What a value that is written as a text may be, worked out from its schema. */
export type TextShape = {
  readonly kinds: ReadonlySet<Kind>;
  /** Of the entries of a list. */
  readonly item: TextShape | null;
  readonly properties: ReadonlyMap<string, TextShape>;
};

/** RFC 8259 §6. */
const NUMBER = /^-?(?:0|[1-9]\d{0,307})(?:\.\d{1,307})?(?:[eE][+-]?\d{1,3})?$/;

/** Query "5" is the number 5 where the schema says number; nothing else is turned into anything. */
export function convertText(text: string, shape: TextShape | null): unknown {
  if (shape === null || shape.kinds.has('text')) return text;
  if (shape.kinds.has('number') && NUMBER.test(text)) return Number(text);
  if (shape.kinds.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (shape.kinds.has('null') && text === '') return null;
  return text;
}

/** References, joined schemas and properties within one another are followed so far. */
const MAX_STEPS = 8;
/** A schema that joins more than this is looked at in part: the rest of its texts stay texts. */
const MAX_PARTS = 500;

/** `root` is what `#/…` references are seen from. */
export function textShape(schema: unknown, root: unknown): TextShape {
  return shapeOf(schema, root, { left: MAX_PARTS }, 0);
}

function shapeOf(schema: unknown, root: unknown, budget: { left: number }, steps: number): TextShape {
  const kinds = new Set<Kind>();
  const properties = new Map<string, TextShape>();
  let item: TextShape | null = null;
  const look = (part: unknown, depth: number): void => {
    const at = resolved(part, root);
    if (at === null || depth > MAX_STEPS || --budget.left < 0) return;
    for (const kind of kindsOf(at)) kinds.add(kind);
    if (steps < MAX_STEPS) {
      if (kinds.has('list')) item ??= shapeOf(at.items, root, budget, steps + 1);
      for (const [name, property] of Object.entries((at.properties as object | undefined) ?? {})) {
        if (!properties.has(name)) properties.set(name, shapeOf(property, root, budget, steps + 1));
      }
    }
    for (const list of [at.allOf, at.anyOf, at.oneOf]) {
      if (Array.isArray(list)) for (const member of list) look(member, depth + 1);
    }
  };
  look(schema, 0);
  return { kinds, item, properties };
}

function kindsOf(schema: Record<string, unknown>): Kind[] {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0) return types.map((type) => KIND_OF[String(type)] ?? 'text');
  const values = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : [];
  return values.flatMap((value) => (value === null ? 'null' : (KIND_OF[typeof value] ?? [])));
}

const KIND_OF: Readonly<Record<string, Kind>> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
  null: 'null',
};

function resolved(schema: unknown, root: unknown): Record<string, unknown> | null {
  let current = schema;
  for (let steps = 0; steps <= MAX_STEPS; steps++) {
    if (typeof current !== 'object' || current === null) return null;
    const ref = (current as Record<string, unknown>).$ref;
    if (typeof ref !== 'string') return current as Record<string, unknown>;
    let target: unknown = root;
    for (const step of ref.split('/').slice(1)) {
      const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
      target = typeof target === 'object' && target !== null ? (target as Record<string, unknown>)[name] : undefined;
    }
    current = target;
  }
  return null;
}
