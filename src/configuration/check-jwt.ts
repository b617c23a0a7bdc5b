import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { JwtConfig } from '../contracts/config/jwt-config.ts';
import { durationToMs } from '../contracts/units.ts';
import { addressFaults } from './address-faults.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';

const MAX_TOLERANCE_MS = 5 * 60_000;
/** Members of a key (RFC 7518 §6) that only its owner may know; `k` is a symmetric key. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** Checks of token issuers among themselves, of where their keys come from. */
export function checkJwt(config: GatewayConfig): Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, ConfigPath>();
  for (const [index, issuer] of (config.jwt?.issuers ?? []).entries()) {
    const path = ['jwt', 'issuers', index];
    const before = seen.get(issuer.issuer);
    if (before !== undefined) {
      const message = `The issuer "${issuer.issuer}" is named twice; the first is at ${placeOf(before)}.`;
      findings.push({ path: [...path, 'issuer'], code: 'duplicate', message, hint: 'Put both into one entry.' });
    }
    seen.set(issuer.issuer, path);
    if (issuer.clockTolerance !== undefined && durationToMs(issuer.clockTolerance) > MAX_TOLERANCE_MS) {
      const message = `A clock tolerance must be at most 5m, not "${issuer.clockTolerance}".`;
      findings.push({ path: [...path, 'clockTolerance'], code: 'too-big', message });
    }
    findings.push(...checkKeys(path, issuer));
  }
  return findings;
}

function checkKeys(path: ConfigPath, { issuer, jwks, jwksUri, discovery }: JwtConfig['issuers'][number]): Finding[] {
  const named = [jwks, jwksUri, discovery === true ? discovery : undefined].filter((one) => one !== undefined);
  if (named.length > 1) {
    const message = 'An issuer has one of "jwksUri", "jwks" and "discovery", not several.';
    return [{ path, code: 'jwks-one', message, hint: 'Keep the one that you mean.' }];
  }
  if (named.length === 0 && (discovery === false || !/^https?:/.test(issuer))) {
    const message = 'An issuer needs keys to check its tokens by.';
    return [
      { path, code: 'jwks-one', message, hint: 'Write jwksUri with the address where the issuer publishes them.' },
    ];
  }
  if (jwks === undefined && jwksUri === undefined) return checkDiscovery([...path, 'issuer'], issuer);
  if (jwksUri !== undefined) return checkKeyAddress([...path, 'jwksUri'], jwksUri);
  if (jwks === undefined) return [];
  if (!('keys' in jwks)) {
    const message = 'A file of keys can be named only in a configuration file that is read where it lies.';
    const hint = 'Write the keys themselves under "jwks", or name the address with "jwksUri".';
    return [{ path: [...path, 'jwks', 'file'], code: 'jwks-file', message, hint }];
  }
  const { keys } = jwks as { keys: Record<string, unknown>[] };
  return keys.flatMap((key, index) => {
    if (!PRIVATE_MEMBERS.some((member) => member in key) && key.kty !== 'oct') return [];
    const message = 'This is a private or symmetric key. Whoever reads it can make tokens.';
    const hint = 'Write the public key alone, and replace this one where it is used: it must count as seen.';
    return [{ path: [...path, 'jwks', 'keys', index], code: 'jwks-private', message, hint }];
  });
}

function checkDiscovery(path: ConfigPath, issuer: string): Finding[] {
  const plain = URL.canParse(issuer) && /^https?:/.test(issuer) && new URL(issuer).search + new URL(issuer).hash === '';
  if (plain) return checkKeyAddress(path, issuer);
  const message = 'Only an issuer that is an address without "?" and "#" can be asked where its keys are.';
  return [
    { path, code: 'jwks-uri', message, hint: 'Write jwksUri with the address where the issuer publishes its keys.' },
  ];
}

function checkKeyAddress(path: ConfigPath, text: string): Finding[] {
  return addressFaults(path, text, 'jwks-uri', {
    what: 'keys',
    insecure: 'Keys must be fetched by https: whoever can change them on their way can make tokens.',
    credentials: 'Keys are public; write the plain address.',
  });
}
