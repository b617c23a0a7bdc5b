/**
 * Who asks. `id` is stable (account id, token id, "gateway", "cli", "system"); `name` is what the audit log shows.
 * `system` is the product itself: jobs, the first start.
 */
export type Actor = {
  readonly kind: 'account' | 'token' | 'gateway' | 'cli' | 'system';
  readonly id: string;
  readonly name: string;
};

export const SYSTEM: Actor = { kind: 'system', id: 'system', name: 'system' };
