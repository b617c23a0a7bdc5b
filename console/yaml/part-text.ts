import { isNode, LineCounter, parseDocument, stringify } from 'yaml';

export type TextFault = { line: number | null; message: string };
export type ReadText = { value: unknown } | { faults: TextFault[] };

/** A part of the configuration as YAML; empty for what is not set. */
export function toText(value: unknown): string {
  return value === undefined ? '' : stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, schema: 'core' });
}

/** YAML or JSON as a plain value, null for an empty text; or what is wrong with it, by line. */
export function readText(text: string): ReadText {
  if (text.trim() === '') return { value: null };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' });
  const problems = [...document.errors, ...document.warnings];
  if (problems.length > 0) {
    // One slip makes several faults; the first of each line says it best.
    const byLine = Map.groupBy(problems, ({ pos }) => lines.linePos(pos[0]).line);
    return { faults: [...byLine].map(([line, [first]]) => ({ line, message: first?.message ?? '' })) };
  }
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) as unknown };
  } catch (error) {
    return { faults: [{ line: null, message: error instanceof Error ? error.message : String(error) }] };
  }
}

/**
 * Where in the text a fault stands that the server names by its place in the whole configuration
 * (`services[0].openapi.inline.paths`); `part` is what the text is of. Null when it stands elsewhere.
 */
export function lineOf(text: string, part: string, place: string): number | null {
  const steps = stepsAfter(part, place);
  if (steps === null) return null;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' });
  for (let length = steps.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(steps.slice(0, length), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return null;
}

/** `services[0].routes[3].validate.form.fields["e-mail"]` of the part `validate` → `['form', 'fields', 'e-mail']`. */
function stepsAfter(part: string, place: string): (string | number)[] | null {
  const steps = [...place.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, word]) =>
    index === undefined ? (quoted ?? word ?? '') : Number(index),
  );
  const wanted = part.split('.');
  const at = steps.findIndex((_, start) => wanted.every((one, offset) => steps[start + offset] === one));
  return at === -1 ? null : steps.slice(at + wanted.length);
}
