import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { durationToMs } from '../contracts/units.ts';
import { addressFaults } from './address-faults.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';

const MAX_CACHE_MS = 60 * 60_000;

/** Checks of the authorization servers that are asked about tokens. */
export function checkOAuth2({ oauth2 }: GatewayConfig): Finding[] {
  const seen = new Map<string, ConfigPath>();
  return (oauth2?.introspection ?? []).flatMap((server, index) => {
    const path = ['oauth2', 'introspection', index];
    const findings = addressFaults([...path, 'url'], server.url, 'introspection-url', {
      what: 'authorization server',
      insecure: 'Tokens must be asked about by https: whoever listens on the way could use them.',
      credentials: 'Write clientId and clientSecret instead.',
    });
    const before = seen.get(server.url);
    if (before !== undefined) {
      const message = `This address is named twice; the first is at ${placeOf(before)}.`;
      findings.push({ path: [...path, 'url'], code: 'duplicate', message, hint: 'Put both into one entry.' });
    }
    seen.set(server.url, path);
    if (server.cache !== undefined && durationToMs(server.cache) > MAX_CACHE_MS) {
      const message = `An answer may be kept for at most 1h, not "${server.cache}".`;
      findings.push({ path: [...path, 'cache'], code: 'too-big', message });
    }
    return findings;
  });
}
