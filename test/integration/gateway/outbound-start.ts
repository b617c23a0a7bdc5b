import { onTestFinished } from 'vitest';
import type { OutboundConfig } from '../../../src/contracts/config/outbound-config.ts';
import type { Clock } from '../../../src/platform/clock.ts';
import type { LookupAll } from '../../../src/platform/http/guarded-lookup.ts';
import type { FakeVendor } from '../../fixtures/fake-vendor.ts';
import { keyFor, startGateway } from './start-gateway.ts';

export const STRIPE_KEY = 'sk_test_51NightlatchNightlatchNightlatch';

/** Every name leads to this machine, where the vendors of tests run. */
export const toThisMachine: LookupAll = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);

type Options = { dataDir?: string; clock?: Clock; vendorLookup?: LookupAll };

/** A gateway with a vendor "stripe" behind both kinds of address, and the keys of a shop that may and a partner that may not. */
export async function startOutbound(vendor: FakeVendor, entry: Partial<OutboundConfig> = {}, options: Options = {}) {
  process.env.TEST_STRIPE_KEY = STRIPE_KEY;
  onTestFinished(() => {
    delete process.env.TEST_STRIPE_KEY;
  });
  const shop = keyFor('k_shop');
  const partner = keyFor('k_partner');
  const config = {
    server: { outboundListen: ['127.0.0.1:0'] },
    services: [],
    consumers: [
      { name: 'web-shop', keys: [shop.config] },
      { name: 'partner', keys: [partner.config] },
    ],
    outbound: [
      {
        ...{ name: 'stripe', host: vendor.host, ca: vendor.caFile, allowPrivate: true, consumers: ['web-shop'] },
        ...{ secret: { env: 'TEST_STRIPE_KEY' }, allow: ['POST /v1/payment_intents', 'GET /v1/*'] },
        ...{ listen: '127.0.0.1:0', ...entry },
      },
    ],
  };
  const running = await startGateway(config, { vendorLookup: toThisMachine, ...options });
  const doors = running.gateway.vendorsDoors();
  const portOf = (wanted: string | null) => Number(new URL(doors.find((d) => d.vendor === wanted)?.url ?? '').port);
  return {
    ...running,
    config,
    shop: shop.secret,
    partner: partner.secret,
    own: portOf('stripe'),
    shared: portOf(null),
  };
}
