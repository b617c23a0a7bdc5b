/** What is wrong with a route's path template, in words that follow the path; null when nothing is. */
export function pathTemplateFault(path: string): { code: string; message: string; hint?: string } | null {
  const star = path.indexOf('*');
  if (star !== -1 && !(path.endsWith('/*') && star === path.length - 1)) {
    return {
      code: 'path-wildcard',
      message: 'has a "*" that is not a last "/*"',
      hint: 'Use {name} for one segment in the middle.',
    };
  }
  const segments = path.slice(1).split('/');
  const names = new Set<string>();
  for (const [index, segment] of segments.entries()) {
    if (segment === '' && index < segments.length - 1) {
      return {
        code: 'path-ambiguous',
        message: 'has an empty segment ("//")',
        hint: 'Such requests are refused as ambiguous.',
      };
    }
    if (segment === '.' || segment === '..') {
      return {
        code: 'path-ambiguous',
        message: `has a dot segment ("${segment}")`,
        hint: 'Write the path that it leads to.',
      };
    }
    if (!/[{}]/.test(segment)) continue;
    const name = /^\{([A-Za-z_][A-Za-z0-9_]{0,63})\}$/.exec(segment)?.[1];
    if (name === undefined) {
      return {
        code: 'path-parameter',
        message: `has a malformed parameter in "${segment}"`,
        hint: 'A parameter is a whole segment: {name} with letters, digits and "_".',
      };
    }
    if (names.has(name))
      return {
        code: 'path-parameter',
        message: `names the parameter {${name}} twice`,
        hint: 'Give each parameter its own name.',
      };
    names.add(name);
  }
  return null;
}

/**
 * The template without the names of its parameters and without a trailing slash, which the gateway does not tell apart: two
 * templates of the same shape catch the same requests.
 */
export function pathShape(path: string): string {
  const shape = path.replace(/\{[^/]*\}/g, '{}');
  return shape.length > 1 && shape.endsWith('/') ? shape.slice(0, -1) : shape;
}
