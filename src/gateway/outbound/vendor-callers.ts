import type { SnapshotVendor } from '../../contracts/snapshot/snapshot-vendor.ts';
import type { Policy } from '../policies/policy.ts';
import type { Refusal } from '../refusal.ts';

const NOT_ALLOWED: Refusal = { code: 'vendor-call-not-allowed' };
const NOT_FOR_CALLER: Refusal = { code: 'vendor-caller-not-allowed' };

/** Which consumers may call the vendor at all. */
export function vendorCallers({ consumers }: SnapshotVendor): Policy {
  const names = consumers === null ? null : new Set(consumers);
  return {
    id: 'vendor-callers',
    alwaysEnforced: true,
    create: () =>
      names === null ? null : (x) => (x.caller !== null && names.has(x.caller.consumer) ? null : NOT_FOR_CALLER),
  };
}

/** Where all calls lead that the configuration does not list. */
export const VENDOR_ALLOW_LIST: Policy = {
  id: 'vendor-allow-list',
  alwaysEnforced: true,
  create: () => () => NOT_ALLOWED,
};

const WITHOUT_KEY: Refusal = { code: 'secret-missing', detail: 'the key of the vendor is gone', final: true };

/** The last word where a vendor's key is gone. */
export const VENDOR_WITHOUT_KEY: Policy = {
  id: 'vendor-allow-list',
  alwaysEnforced: true,
  create: () => () => WITHOUT_KEY,
};
