import { z } from 'zod';
import { Name } from './config-words.ts';

/** The ways in which a caller may say who it is: `services[].routes[].auth` of `nightlatch.yaml`. */
export const AuthWay = z.enum(['apiKey', 'jwt', 'basic', 'oauth2', 'mtls']);
export type AuthWay = z.infer<typeof AuthWay>;

/** The same on a route, where a vendor's signed call can be one too: by the name of its entry under `webhooks`. */
export const RouteWay = z.union([AuthWay, z.templateLiteral(['webhook:', Name])]);
export type RouteWay = z.infer<typeof RouteWay>;
