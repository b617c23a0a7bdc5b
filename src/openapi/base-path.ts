import type { DocumentPath } from './description.ts';
import { isObject, type OpenapiDocument } from './document.ts';

type Place = { readonly value: unknown; readonly path: DocumentPath };

/**
 * The path under which the operations stand: Swagger's "basePath", or the path of the first server of the nearest list. Variables
 * of a server take their default values. Without a slash at the end; empty for the root.
 */
export function basePathOf(document: OpenapiDocument, lists: readonly Place[]): string {
  if (document.version === '2.0') return trimmed(String(document.root.basePath ?? ''));
  for (const { value, path } of lists) {
    const servers = document.list(value, path, '"servers"');
    if (servers.length === 0) continue;
    const paths = servers.map((server, index) => pathOf(document, server, [...path, index]));
    if (new Set(paths).size > 1) {
      document.warn(
        path,
        'The servers have different base paths; the first one counts.',
        'Or write "basePath" beside "file".',
      );
    }
    return paths[0] ?? '';
  }
  return '';
}

function pathOf(document: OpenapiDocument, server: unknown, path: DocumentPath): string {
  if (!isObject(server) || typeof server.url !== 'string') {
    document.fault(path, 'A server needs its "url".');
    return '';
  }
  const variables = isObject(server.variables) ? server.variables : {};
  const url = server.url.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const value = isObject(variable) ? variable.default : undefined;
    if (value === undefined) document.fault([...path, 'url'], 'A variable of this address has no default value.');
    return String(value ?? '');
  });
  try {
    // Relative addresses are allowed (OpenAPI 3.1 §4.8.5.1).
    return trimmed(new URL(url, 'http://base.invalid/').pathname);
  } catch {
    document.fault([...path, 'url'], 'This is no address.');
    return '';
  }
}

export function trimmed(path: string): string {
  const text = path.replace(/\/+$/, '');
  return text === '' || text.startsWith('/') ? text : `/${text}`;
}
