import { convertText, textShape } from './text-shape.ts';

/** What the schema judges, and the first field that was repeated without being a list. */
export type Input = { value: unknown; repeated: string | null };

/** How the texts of a query, a form, a path, cookies or a header are to be read, worked out from their schema. */
export type TextFields = {
  read(pairs: Iterable<readonly [string, string]>): Input;
};

/**
 * Query "5" is the number 5 where the schema says number, and a repeated field is a list where it says array; nothing else is
 * turned into anything. `emptyIsAbsent`: an optional field of an HTML form that was left empty counts as not sent.
 */
export function textFields(schema: Record<string, unknown>, options: { emptyIsAbsent: boolean }): TextFields {
  const shapes = textShape(schema, schema).properties;
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
          const item = convertText(text, shape.item);
          if (Array.isArray(before)) before.push(item);
          else value[name] = [item];
        } else if (before !== undefined) repeated ??= name;
        else value[name] = convertText(text, shape ?? null);
      }
      return { value, repeated };
    },
  };
}
