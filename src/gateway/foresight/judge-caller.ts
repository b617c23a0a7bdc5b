import type { AuthWay, RouteWay } from '../../contracts/config/auth-way.ts';
import type { DenialCode } from '../../contracts/errors/denials.ts';
import type { RecordedCall } from '../../contracts/events/recorded-call.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotKey } from '../../contracts/snapshot/snapshot-consumer.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import { ENDED_CODE } from '../caller.ts';

export type Verdict = { readonly code: string; readonly detail: string | null };

/** Whether a caller that the record names would be known, and may do what a route asks. */
export type CallerJudge = {
  authenticate(route: SnapshotRoute, call: RecordedCall): Verdict | null;
  authorize(route: SnapshotRoute, call: RecordedCall): Verdict | null;
};

const MISSING: Readonly<Record<AuthWay, DenialCode>> = {
  apiKey: 'key-missing',
  jwt: 'token-missing',
  oauth2: 'token-missing',
  basic: 'password-missing',
  mtls: 'certificate-missing',
};

const isTokenWay = (way: RouteWay) => way === 'jwt' || way === 'oauth2';
const isWebhook = (way: RouteWay): way is Exclude<RouteWay, AuthWay> => way.startsWith('webhook:');
const endedCode = (way: RouteWay) => ENDED_CODE[isWebhook(way) ? 'webhook' : way];
const missingCode = (way: RouteWay) => (isWebhook(way) ? 'webhook-unsigned' : MISSING[way]);

/** `recorded` is the snapshot whose names stand in the record; keys are the same key where their hashes are. */
export function createCallerJudge(snapshot: GatewaySnapshot, recorded: GatewaySnapshot): CallerJudge {
  const consumers = new Map(snapshot.consumers.map((consumer) => [consumer.name, consumer]));
  const known = new Set(recorded.consumers.map((consumer) => consumer.name));
  const byHash = new Map(snapshot.keys.map((key) => [key.hash, key]));
  const hashOf = new Map(recorded.keys.map((key) => [key.id, key.hash]));
  const byId = new Map(snapshot.keys.map((key) => [key.id, key]));
  const keyOf = (id: string): SnapshotKey | undefined => {
    const hash = hashOf.get(id);
    return hash === undefined ? byId.get(id) : byHash.get(hash);
  };
  const isToken = (name: string) => !consumers.has(name) && !known.has(name);

  const byKey = (id: string, time: number): Verdict | null => {
    const key = keyOf(id);
    if (key === undefined) return { code: 'key-invalid', detail: 'no such key' };
    if (key.revoked) return { code: 'key-invalid', detail: 'revoked' };
    return key.expiresAt !== null && key.expiresAt <= time ? { code: 'key-invalid', detail: 'expired' } : null;
  };

  const byName = (route: SnapshotRoute, name: string): Verdict | null => {
    const tokens = route.auth.filter(isTokenWay);
    if (isToken(name)) {
      if (tokens.length === 0) return null;
      const issued = snapshot.jwtIssuers.length + snapshot.introspection.length;
      return issued === 0 ? { code: 'token-invalid', detail: 'no issuer' } : null;
    }
    const consumer = consumers.get(name);
    const open = route.auth.filter(
      (way) =>
        isTokenWay(way) ||
        (way === 'basic' && (consumer?.basic.length ?? 0) > 0) ||
        (way === 'mtls' && (consumer?.certificates.length ?? 0) > 0),
    );
    const [way] = route.auth.filter((one) => one !== 'apiKey');
    if (consumer !== undefined && open.length > 0) return null;
    return way === undefined ? null : { code: endedCode(way), detail: 'no such caller' };
  };

  return {
    authenticate(route, call) {
      const [first] = route.auth;
      if (first === undefined) return null;
      const missing = (): Verdict => ({ code: missingCode(first), detail: null });
      if (call.consumer === null) {
        const heard = call.wouldDeny.find((one) => one.policy === 'authenticate');
        return heard === undefined ? missing() : { code: heard.code, detail: null };
      }
      if (call.key !== null) return route.auth.includes('apiKey') ? byKey(call.key, call.time) : missing();
      if (call.consumer.startsWith('webhook:')) {
        const named = route.auth.some((way) => way === call.consumer);
        return named ? null : missing();
      }
      const others = route.auth.filter((way) => way !== 'apiKey');
      if (others.length === 0) return missing();
      if (isToken(call.consumer) && !others.some(isTokenWay)) return missing();
      return byName(route, call.consumer);
    },

    authorize(route, call) {
      if (route.scopes.length === 0 || route.auth.length === 0 || call.consumer === null) return null;
      const consumer = consumers.get(call.consumer);
      // What a token holds is not in the record.
      if (consumer === undefined) return null;
      const key = call.key === null ? undefined : keyOf(call.key);
      const held = key?.scopes ?? consumer.scopes;
      const lacking = route.scopes.filter((scope) => !held.includes(scope));
      return lacking.length === 0 ? null : { code: 'scope-missing', detail: `needs ${lacking.join(' ')}` };
    },
  };
}
