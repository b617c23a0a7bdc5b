import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * The built package as an owner has it: below a node_modules folder, where it runs from dist/. Returns its program, or null
 * when nothing has been built (`npm run build`).
 */
export function layOutPackage(folder: string): string | null {
  if (!existsSync(join(ROOT, 'dist', 'src', 'cli', 'main.js'))) return null;
  const place = join(folder, 'node_modules', 'nightlatch');
  mkdirSync(place, { recursive: true });
  for (const part of ['bin', 'dist', 'package.json']) cpSync(join(ROOT, part), join(place, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'));
  return join(place, 'bin', 'nightlatch');
}
