import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

export type FoundExpression = { readonly file: string; readonly pattern: string; readonly flags: string };

/** Every regular expression that stands in the product's code under a folder, tests left out. */
export function regularExpressionsIn(folder: string): FoundExpression[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => {
      const found: FoundExpression[] = [];
      collect(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript' }), file.slice(folder.length + 1), found);
      return found;
    });
}

function collect(node: unknown, file: string, found: FoundExpression[]): void {
  if (Array.isArray(node)) {
    for (const one of node) collect(one, file, found);
  } else if (typeof node === 'object' && node !== null) {
    if ('type' in node && node.type === 'RegExpLiteral') {
      const { pattern, flags } = node as unknown as { pattern: string; flags: string };
      found.push({ file, pattern, flags });
    }
    for (const one of Object.values(node)) collect(one, file, found);
  }
}
