/** What a document type declares (XML 1.0 §2.8, §4.2), as far as it can be read; what is cut off counts, too. */
export type Declarations = {
  /** The external subset, where it is one that a reader would fetch. */
  readonly subset: string | null;
  readonly entities: readonly Entity[];
  readonly start: number;
  readonly end: number;
};

export type Entity = {
  readonly name: string;
  /** `<!ENTITY % name …`: it changes the declarations themselves. */
  readonly parameter: boolean;
  /** The address it is fetched from, null for one that holds its own text. */
  readonly external: string | null;
  readonly text: string;
};

const MOST_ENTITIES = 200;
const MOST_TEXT = 100_000;

const DOCTYPE = /<!DOCTYPE\s{1,64}([^\s[>]{1,128})\s{0,64}(?:(SYSTEM|PUBLIC)\s{1,64})?/gi;
const ENTITY =
  /<!ENTITY\s{1,64}(%\s{0,64})?([^\s"'>%]{1,128})\s{1,64}(?:(SYSTEM|PUBLIC)\s{0,64})?(?:"([^"]*)"?|'([^']*)'?)?(?:\s{0,64}(?:"([^"]*)"|'([^']*)'))?/gi;
const LITERAL = /"{1,2}([^"]*)"{0,2}|'([^']*)'?/y;

/** Null where there is neither a document type nor an entity. Linear. */
export function readDeclarations(text: string): Declarations | null {
  DOCTYPE.lastIndex = 0;
  const type = DOCTYPE.exec(text);
  const entities: Entity[] = [];
  let first = type?.index ?? -1;
  let end = type === null ? 0 : type.index + type[0].length;
  ENTITY.lastIndex = 0;
  for (let found = ENTITY.exec(text); found !== null && entities.length < MOST_ENTITIES; found = ENTITY.exec(text)) {
    const [whole, percent, name = '', kind, double, single, double2, single2] = found;
    const one = double ?? single ?? '';
    const two = double2 ?? single2;
    entities.push({
      name,
      parameter: percent !== undefined,
      external: kind === undefined ? null : (two ?? one).slice(0, 2_000),
      text: kind === undefined ? one.slice(0, MOST_TEXT) : '',
    });
    if (first === -1) first = found.index;
    end = found.index + whole.length;
  }
  if (first === -1) return null;
  return { subset: type === null ? null : subsetOf(text, type), entities, start: first, end };
}

function subsetOf(text: string, type: RegExpExecArray): string | null {
  if (type[2] === undefined) return null;
  let at = type.index + type[0].length;
  const one = literalAt(text, at);
  if (type[2].toUpperCase() === 'SYSTEM') return one?.text ?? null;
  if (one === null) return null;
  at = one.end;
  while (at < one.end + 64 && /\s/.test(text[at] ?? '')) at++;
  return literalAt(text, at)?.text ?? null;
}

function literalAt(text: string, at: number): { text: string; end: number } | null {
  LITERAL.lastIndex = at;
  const found = LITERAL.exec(text);
  return found === null ? null : { text: found[1] ?? found[2] ?? '', end: at + found[0].length };
}
