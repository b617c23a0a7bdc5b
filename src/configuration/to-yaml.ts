import { stringify } from 'yaml';
import { GatewayConfig } from '../contracts/config/gateway-config.ts';

/** The configuration as YAML text with its keys in the documented order; `parseConfig` reads it back to an equal value. */
export function toYaml(config: GatewayConfig): string {
  return stringify(GatewayConfig.parse(config), { lineWidth: 0, aliasDuplicateObjects: false, schema: 'core' });
}
