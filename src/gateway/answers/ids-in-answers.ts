/** More items of one list are not learnt from. */
const MOST_ITEMS = 2_000;
const MOST_LENGTH = 256;

/** The ids of the items of a list: the answer itself, or a list in it, one or two steps down (`orders`, `data.items`). */
export function listedIds(value: unknown, names: readonly string[]): string[] {
  const list = listIn(value, 2);
  if (list === null) return [];
  return list.slice(0, MOST_ITEMS).flatMap((item) => idOf(item, names) ?? []);
}

/** The id of what was created: in the answer, one step down (`order.id`), or last in the path of Location (RFC 9110 §10.2.2). */
export function createdIds(
  value: unknown,
  names: readonly string[],
  location: string | string[] | undefined,
): string[] {
  const ids = new Set<string>();
  const own = idOf(value, names);
  if (own !== null) ids.add(own);
  else if (isRecord(value)) {
    const inner = Object.entries(value).flatMap(([name, one]) => {
      const id = idOf(one, names);
      return id === null ? [] : [{ name, id }];
    });
    // Beside `order` there may be a `customer` with an id of its own.
    const meant = inner.length === 1 ? inner : inner.filter(({ name }) => names.includes(`${name}Id`));
    for (const { id } of meant) ids.add(id);
  }
  if (typeof location === 'string') {
    const last = /([^/?#]+)\/?(?:[?#].*)?$/.exec(location)?.[1];
    if (last !== undefined && location.includes('/')) ids.add(decoded(last));
  }
  return [...ids];
}

function listIn(value: unknown, depth: number): unknown[] | null {
  if (Array.isArray(value)) return value.some(isRecord) ? value : null;
  if (!isRecord(value) || depth === 0) return null;
  for (const inner of Object.values(value)) {
    const list = listIn(inner, depth - 1);
    if (list !== null) return list;
  }
  return null;
}

function idOf(value: unknown, names: readonly string[]): string | null {
  if (!isRecord(value)) return null;
  for (const name of names) {
    if (!Object.hasOwn(value, name)) continue;
    const id = value[name];
    if (typeof id === 'string' && id !== '' && id.length <= MOST_LENGTH) return id;
    if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  }
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not an encoded text after all: it is taken as it stands.
    return text;
  }
}
