import type { AcmeConfig } from '../contracts/config/acme-config.ts';
import type { AcmeChallengeType, SnapshotAcme } from '../contracts/snapshot/snapshot-acme.ts';
import type { SnapshotListen } from '../contracts/snapshot/snapshot-server.ts';

export function compileAcme(acme: AcmeConfig, listen: readonly SnapshotListen[]): SnapshotAcme {
  return {
    email: acme.email ?? null,
    directory: acme.directory ?? null,
    challenges: acme.challenges ?? usualChallenges(acme, listen),
    dnsHook: acme.dnsHook ?? null,
  };
}

/** DNS where a program for it was named; otherwise by plain HTTP where the gateway listens for it, then on the https address. */
function usualChallenges(acme: AcmeConfig, listen: readonly SnapshotListen[]): AcmeChallengeType[] {
  if (acme.dnsHook !== undefined) return ['dns-01'];
  const plain = listen.some((address) => address.protocol === 'redirect');
  return plain ? ['http-01', 'tls-alpn-01'] : ['tls-alpn-01'];
}
