import { describe, expect, it } from 'vitest';
import { createHeaderRules } from './header-rules.ts';

const rules = createHeaderRules(['X-Nightlatch-Consumer', 'X-Shop.Scopes', 'X-Nightlatch-Route']);

describe('what becomes of a request header', () => {
  it.each([
    'X-Nightlatch-Consumer',
    'x_nightlatch_consumer',
    'X.Nightlatch.Consumer',
    'X-Nightlatch_Anything.New',
    'x-shop-scopes',
    'X_SHOP_SCOPES',
    'X-Forwarded_For',
    'x_forwarded_for',
    'X-Forwarded-Port',
    'X.Forwarded.Proto',
    'Forwarded',
    'X-Real_IP',
    'x-request-id',
    'Keep-Alive',
    'Proxy-Connection',
    'TE',
    'Trailer',
    'Upgrade',
    'Proxy',
    'Content_Length',
    'transfer_encoding',
  ])('%s never comes through', (name) => {
    expect(rules.actionFor(name)).toBe('drop');
  });

  it.each(['Accept-Language', 'Cookie', 'X-Custom', 'X-Forward', 'Stripe-Signature', 'x-nightlatch'])(
    '%s goes on',
    (name) => {
      expect(rules.actionFor(name)).toBe('forward');
    },
  );

  it('judges the same after more names than it remembers', () => {
    for (let i = 0; i < 5_000; i++) expect(rules.actionFor(`X-Flood-${i}`)).toBe('forward');
    expect(rules.actionFor('X_Nightlatch-CONSUMER')).toBe('drop');
  });
});
