import type { AuthWay, RouteWay } from '../contracts/config/auth-way.ts';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { configuredWays, namedWays } from './auth-ways.ts';
import type { ConfigPath, Finding } from './config-fault.ts';

/** Checks that what routes ask callers for is set up, and can be sent together where all of it is asked for. */
export function checkAuth(config: GatewayConfig): Finding[] {
  const configured = new Set(configuredWays(config));
  return config.services.flatMap((service, index) =>
    service.routes.flatMap((route, routeIndex) => {
      const { auth } = route;
      if (typeof auth !== 'object') return [];
      const kind = 'any' in auth ? 'any' : 'all';
      const path = ['services', index, 'routes', routeIndex, 'auth', kind];
      const unknown = namedWays(auth).flatMap((way, at) =>
        isWebhook(way) || configured.has(way) ? [] : [notSetUp([...path, at], way)],
      );
      return 'all' in auth ? [...unknown, ...together(path, auth.all)] : unknown;
    }),
  );
}

const WORDS: Readonly<Record<Exclude<AuthWay, 'apiKey'>, { code: string; message: string; hint: string }>> = {
  jwt: {
    code: 'jwt-without-issuer',
    message: 'This route lets tokens in, and no issuer of tokens is configured.',
    hint: 'Name the issuer under "jwt", or remove "jwt" here.',
  },
  oauth2: {
    code: 'oauth2-without-server',
    message: 'This route lets access tokens in, and no server is configured that knows them.',
    hint: 'Name it under "oauth2.introspection", or remove "oauth2" here.',
  },
  basic: {
    code: 'basic-without-user',
    message: 'This route lets user names and passwords in, and no consumer has one.',
    hint: 'Write one under "consumers[].basic", or remove "basic" here.',
  },
  mtls: {
    code: 'mtls-without-authority',
    message: 'This route lets client certificates in, and no authority for them is configured.',
    hint: 'Name it under "server.clientCertificates", or remove "mtls" here.',
  },
};

/** Whether these are there is looked at with the webhooks themselves. */
const isWebhook = (way: RouteWay): way is Exclude<RouteWay, AuthWay> => way.startsWith('webhook:');

function notSetUp(path: ConfigPath, way: AuthWay): Finding {
  if (way === 'apiKey') throw new TypeError('keys need no setting');
  return { path, ...WORDS[way] };
}

/** A request has one Authorization field: it cannot hold a password and a token. */
function together(path: ConfigPath, ways: readonly AuthWay[]): Finding[] {
  const token = ways.find((way) => way === 'jwt' || way === 'oauth2');
  if (token === undefined || !ways.includes('basic')) return [];
  const message = `No request can carry both "basic" and "${token}": they stand in the same header field.`;
  return [
    { path, code: 'auth-impossible', message, hint: 'Remove one of the two, or write "any" for either of them.' },
  ];
}
