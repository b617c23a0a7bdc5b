import type { DocumentPath, JsonObject, Security } from './description.ts';
import { isObject, type OpenapiDocument } from './document.ts';

/** Schemes whose lists are scopes; those of others are empty, or roles that no gateway knows. */
const WITH_SCOPES = new Set(['oauth2', 'openIdConnect']);

/** What the document asks of callers. `own` is the operation's list, which takes the place of the document's. */
export function readSecurity(document: OpenapiDocument, own: unknown, path: DocumentPath): Security {
  const inherited = own === undefined;
  const value = inherited ? document.root.security : own;
  const at = inherited ? ['security'] : path;
  if (value === undefined) return { kind: 'scopes', scopes: [] };
  const ways = document.list(value, at, '"security"').filter(isObject);
  if (ways.length === 0 || ways.some((way) => Object.keys(way).length === 0)) return { kind: 'public' };
  const schemes = schemesOf(document);
  const asked = ways.map((way, index) => scopesOf(document, way, schemes, [...at, index]));
  const first = asked[0] ?? [];
  const same = asked.every((scopes) => scopes.join(' ') === first.join(' '));
  return same ? { kind: 'scopes', scopes: first } : { kind: 'unclear' };
}

function schemesOf(document: OpenapiDocument): JsonObject {
  const { root } = document;
  const holder =
    document.version === '2.0'
      ? root.securityDefinitions
      : isObject(root.components)
        ? root.components.securitySchemes
        : {};
  return isObject(holder) ? holder : {};
}

function scopesOf(document: OpenapiDocument, way: JsonObject, schemes: JsonObject, path: DocumentPath): string[] {
  const scopes = new Set<string>();
  for (const [name, list] of Object.entries(way)) {
    const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
    if (!isObject(scheme)) {
      document.fault([...path, name], `There is no security scheme "${name}".`);
    } else if (WITH_SCOPES.has(String(scheme.type)) && Array.isArray(list)) {
      for (const scope of list) scopes.add(String(scope));
    }
  }
  return [...scopes].sort();
}
