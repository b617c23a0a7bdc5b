import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { JwtConfig } from '../contracts/config/jwt-config.ts';
import { durationToMs } from '../contracts/units.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';

const MAX_TOLERANCE_MS = 5 * 60_000;
/** Members of a key (RFC 7518 §6) that only its owner may know; `k` is a symmetric key. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** Checks of token issuers among themselves, of where their keys come from, and of routes that ask for tokens. */
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
  if (config.jwt === undefined) findings.push(...routesWithoutIssuer(config));
  return findings;
}

function checkKeys(path: ConfigPath, { jwks, jwksUri }: JwtConfig['issuers'][number]): Finding[] {
  if ((jwks === undefined) === (jwksUri === undefined)) {
    const message =
      jwks === undefined
        ? 'An issuer needs keys to check its tokens by.'
        : 'An issuer has either "jwksUri" or "jwks", not both.';
    return [
      { path, code: 'jwks-one', message, hint: 'Write jwksUri with the address where the issuer publishes them.' },
    ];
  }
  if (jwksUri !== undefined) return checkUri([...path, 'jwksUri'], jwksUri);
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

function checkUri(path: ConfigPath, text: string): Finding[] {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    const message = 'The address of the keys cannot hold a user name or password.';
    return [{ path, code: 'jwks-uri', message, hint: 'Keys are public; write the plain address.' }];
  }
  if (url.protocol === 'https:' || isLoopbackName(url.hostname)) return [];
  const message = 'Keys must be fetched by https: whoever can change them on their way can make tokens.';
  return [
    { path, code: 'jwks-uri', message, hint: 'Write https://; plain http is for 127.0.0.1 and localhost alone.' },
  ];
}

/** What the name says; the address behind it is checked again by whoever connects. */
function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function routesWithoutIssuer(config: GatewayConfig): Finding[] {
  return config.services.flatMap((service, index) =>
    service.routes.flatMap((route, routeIndex) => {
      const at = typeof route.auth === 'object' ? route.auth.any.indexOf('jwt') : -1;
      if (at === -1) return [];
      const message = 'This route lets tokens in, and no issuer of tokens is configured.';
      const path = ['services', index, 'routes', routeIndex, 'auth', 'any', at];
      return [
        { path, code: 'jwt-without-issuer', message, hint: 'Name the issuer under "jwt", or remove "jwt" here.' },
      ];
    }),
  );
}
