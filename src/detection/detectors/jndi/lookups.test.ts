import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookupsIn } from './lookups.ts';

const last = (text: string) => lookupsIn(text).at(-1);

describe('lookupsIn', () => {
  it('resolves letters that are spelt by other look-ups', () => {
    expect(last(`\${\${lower:J}n\${::-d}\${env:NONE:-i}:ldap://x}`)).toMatchObject({
      prefix: 'jndi',
      rest: 'ldap://x',
      nested: true,
    });
    expect(last(`\${\${::-\${::-$\${::-j}}}ndi:rmi://x}`)).toMatchObject({ prefix: 'jndi', rest: 'rmi://x' });
  });

  it('ends what is not closed with the text', () => {
    expect(last(`a \${jndi:ldap://x`)).toMatchObject({ prefix: 'jndi', start: 2, end: 17 });
  });

  it('never throws and finds a bounded number', () => {
    const piece = fc.constantFrom('$', '{', '}', ':', '-', '${', '${::-', 'lower', 'j', '$$');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
        expect(lookupsIn(pieces.join('')).length).toBeLessThanOrEqual(256);
      }),
    );
    expect(lookupsIn('${'.repeat(100_000)).length).toBeLessThanOrEqual(256);
  });
});
