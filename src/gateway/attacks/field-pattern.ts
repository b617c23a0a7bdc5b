/** Whether a place of a request (`body.items[3].note`) is one that a pattern of the configuration names. */
export type FieldTest = (place: string) => boolean;

/**
 * Compiles `query.q`, `body.items[*].note`, `body.article.*`. `[*]` is any position in a list, a `*` at the end is the rest.
 * Characters that the engine replaces in the names of fields are replaced here too; names of header fields have no case.
 */
export function compileFieldPattern(pattern: string): FieldTest {
  const clean = (pattern.startsWith('header.') ? pattern.toLowerCase() : pattern).replace(/[^\w\-$@:[\].*]/g, '?');
  if (!clean.includes('*')) return (place) => place === clean;
  const open = clean.endsWith('*');
  const source = (open ? clean.slice(0, -1) : clean)
    .split('[*]')
    .map((part) => part.replace(/[$.?[\]\\^|(){}+*/-]/g, '\\$&'))
    .join('\\[(?:\\d+|\\*)\\]');
  const expression = new RegExp(`^${source}${open ? '' : '$'}`);
  return (place) => expression.test(place);
}

/** Positions in lists say nothing about the next request: `body.items[3].note` is kept as `body.items[*].note`. */
export function asPattern(place: string): string {
  return place.replace(/\[\d+\]/g, '[*]');
}
