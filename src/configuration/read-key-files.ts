import type { Finding } from './config-fault.ts';

/** The text of a file named in a configuration. Throws what the operating system says. */
export type ReadFile = (file: string) => string;

/**
 * Puts the keys of `jwt.issuers[].jwks.file` in the place of the file's name, in `value` itself. Gives a finding for each file
 * that cannot be read or holds no key set.
 */
export function readKeyFiles(value: unknown, readFile: ReadFile): Finding[] {
  const issuers = memberOf(memberOf(value, 'jwt'), 'issuers');
  if (!Array.isArray(issuers)) return [];
  return issuers.flatMap((issuer: unknown, index) => {
    const file = memberOf(memberOf(issuer, 'jwks'), 'file');
    if (typeof file !== 'string' || file === '') return [];
    try {
      const set: unknown = JSON.parse(readFile(file));
      if (Array.isArray(memberOf(set, 'keys'))) {
        (issuer as { jwks: unknown }).jwks = set;
        return [];
      }
    } catch {
      // Whether it is missing or no JSON, the next step is the same.
    }
    const path = ['jwt', 'issuers', index, 'jwks', 'file'];
    const message = `"${file}" cannot be read as a set of keys.`;
    const hint = 'Name a JSON file with {"keys": […]}, beside the configuration, that the gateway may read.';
    return [{ path, code: 'jwks-file', message, hint }];
  });
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
