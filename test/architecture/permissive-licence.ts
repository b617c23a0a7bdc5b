/** SPDX identifiers that ask for no more than attribution. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/**
 * @param expression SPDX licence expression as in package.json; nested parentheses, which no library of ours has, count as
 *   not permissive
 */
export function isPermissive(expression: string): boolean {
  const alternatives = expression
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .split(/\s+OR\s+/);
  return alternatives.some((one) => one.split(/\s+AND\s+/).every((id) => PERMISSIVE.has(id.trim())));
}
