import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';

type Consumer = NonNullable<GatewayConfig['consumers']>[number];
type Seen = Map<string, ConfigPath>;

/** Memory in KiB, passes and lanes that checking a password may take; below the least it is too easily guessed (OWASP). */
const LEAST_MEMORY = 7_168;
const MOST_MEMORY = 65_536;
const MOST_PASSES = 10;
const MOST_LANES = 4;

/** Checks of passwords and certificates of consumers: each means one consumer, and says enough. */
export function checkCredentials(config: GatewayConfig): Finding[] {
  const users: Seen = new Map();
  const certificates: Seen = new Map();
  return (config.consumers ?? []).flatMap((consumer, index) => [
    ...checkBasic(['consumers', index, 'basic'], consumer.basic ?? [], users),
    ...checkCertificates(['consumers', index, 'certificates'], consumer.certificates ?? [], certificates),
  ]);
}

function checkBasic(path: ConfigPath, list: NonNullable<Consumer['basic']>, users: Seen): Finding[] {
  return list.flatMap(({ username, passwordHash }, index) => {
    const place = [...path, index];
    const findings = usedTwice(users, username.normalize('NFC'), [...place, 'username'], 'user name');
    const [, m = 0, t = 0, p = 0] = (/m=(\d+),t=(\d+),p=(\d+)/.exec(passwordHash) ?? []).map(Number);
    if (m < LEAST_MEMORY || m > MOST_MEMORY || t < 1 || t > MOST_PASSES || p < 1 || p > MOST_LANES || m < 8 * p) {
      const message = 'This hash takes too little to guess, or too much to check.';
      const hint = 'Make it anew with "nightlatch hash-password".';
      findings.push({ path: [...place, 'passwordHash'], code: 'hash-cost', message, hint });
    }
    return findings;
  });
}

function checkCertificates(path: ConfigPath, list: NonNullable<Consumer['certificates']>, seen: Seen): Finding[] {
  return list.flatMap((rule, index) => {
    const place = [...path, index];
    if (Object.values(rule).every((value) => value === undefined)) {
      const message = 'This says nothing about the certificate, so every one would do.';
      return [
        { path: place, code: 'certificate-any', message, hint: 'Write subject, fingerprint256, sanUri or sanDns.' },
      ];
    }
    const key = JSON.stringify([
      rule.subject,
      rule.fingerprint256?.replaceAll(':', '').toLowerCase(),
      rule.sanUri,
      rule.sanDns,
    ]);
    return usedTwice(seen, key, place, 'certificate');
  });
}

function usedTwice(seen: Seen, key: string, path: ConfigPath, what: string): Finding[] {
  const before = seen.get(key);
  if (before === undefined) {
    seen.set(key, path);
    return [];
  }
  const message = `This ${what} is used twice; the first is at ${placeOf(before)}.`;
  return [{ path, code: 'duplicate', message, hint: `Each ${what} belongs to one consumer.` }];
}
