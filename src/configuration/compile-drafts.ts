import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SnapshotDrafts } from '../contracts/snapshot/snapshot-drafts.ts';
import { sizeToBytes } from '../contracts/units.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';

/** `mode`: what holds where the configuration does not say. */
export function compileDrafts(drafts: GatewayConfig['drafts'], mode: 'on' | 'off'): SnapshotDrafts | null {
  if ((drafts?.mode ?? mode) === 'off') return null;
  return {
    perSecond: drafts?.sample ?? CONFIG_DEFAULTS.drafts.sample,
    maxBytes: sizeToBytes(drafts?.size ?? CONFIG_DEFAULTS.drafts.size),
  };
}
