import { z } from 'zod';

/** The ways in which a caller may say who it is: `services[].routes[].auth` of `nightlatch.yaml`. */
export const AuthWay = z.enum(['apiKey', 'jwt', 'basic', 'oauth2', 'mtls']);
export type AuthWay = z.infer<typeof AuthWay>;
