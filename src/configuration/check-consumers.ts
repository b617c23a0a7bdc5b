import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';
import { duplicateName } from './duplicate-name.ts';

/** Checks of consumers and keys among themselves: names, ids within a consumer, and one key never for two consumers. */
export function checkConsumers(config: GatewayConfig): Finding[] {
  const findings: Finding[] = [];
  const names = new Map<string, ConfigPath>();
  const hashes = new Map<string, ConfigPath>();
  for (const [index, consumer] of (config.consumers ?? []).entries()) {
    const path = ['consumers', index];
    findings.push(...duplicateName(names, consumer.name, path, 'consumer'));
    const ids = new Map<string, ConfigPath>();
    for (const [keyIndex, key] of (consumer.keys ?? []).entries()) {
      const keyPath = [...path, 'keys', keyIndex];
      findings.push(...duplicateName(ids, key.id, keyPath, 'key'));
      const before = hashes.get(key.hash);
      if (before !== undefined) {
        findings.push({
          path: [...keyPath, 'hash'],
          code: 'duplicate',
          message: `This is the same key as ${placeOf(before)}.`,
          hint: 'Every key belongs to one consumer; make a new one with "nightlatch keys create --offline".',
        });
      }
      hashes.set(key.hash, keyPath);
    }
  }
  return findings;
}
