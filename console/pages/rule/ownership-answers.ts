/** Where the part of the call stands that must be the caller's, what it is called there, and by which attribute the caller is known. */
export type Owned = { where: Where; name: string; attribute: string };

export const WHERE = ['path', 'query', 'header', 'body'] as const;
export type Where = (typeof WHERE)[number];

/** `{ param: 'query.shop', equals: 'consumer.attributes.shop' }`; null for ways to say it that this page does not know. */
export function ownedOf(ownership: unknown): Owned | null {
  if (typeof ownership !== 'object' || ownership === null || Array.isArray(ownership)) return null;
  const { param, equals, ...others } = ownership as Record<string, unknown>;
  if (typeof param !== 'string' || typeof equals !== 'string' || Object.keys(others).length > 0) return null;
  const where = WHERE.find((one) => one !== 'path' && param.startsWith(`${one}.`)) ?? 'path';
  const name = where === 'path' ? param : param.slice(where.length + 1);
  // An empty attribute stands for the caller's name.
  return { where, name, attribute: equals.replace(/^consumer\.(name$|attributes\.)/, '') };
}

export function ownershipOf({ where, name, attribute }: Owned): { param: string; equals: string } {
  return {
    param: where === 'path' ? name : `${where}.${name}`,
    equals: attribute === '' ? 'consumer.name' : `consumer.attributes.${attribute}`,
  };
}

/** `/shops/{shop}/orders/{order}` → shop, order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map(([, name = '']) => name);
}
