import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseFragment } from './changelog-fragment.ts';

const folder = fileURLToPath(new URL('../../changelog/unreleased/', import.meta.url));
const fragments = readdirSync(folder).filter((name) => !name.startsWith('.'));

describe('changelog fragments', () => {
  it('exist', () => {
    expect(fragments.length).toBeGreaterThan(0);
  });

  it.each(fragments)('%s can be read', (name) => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.md$/);
    expect(() => parseFragment(readFileSync(folder + name, 'utf8'))).not.toThrow();
  });

  it.each([
    ['no front matter', 'Owners: One.\nDevelopers: Two.\n'],
    ['an unknown type', '---\ntype: improved\n---\nOwners: One.\n\nDevelopers: Two.\n'],
    ['nothing for developers', '---\ntype: added\n---\nOwners: One.\n'],
    ['two sentences for owners', '---\ntype: added\n---\nOwners: One. And two.\n\nDevelopers: Two.\n'],
  ])('with %s are refused', (_, text) => {
    expect(() => parseFragment(text)).toThrow(/changelog\/README\.md/);
  });
});
