import type { AuthWay } from '../../../contracts/config/auth-way.ts';
import { apiKeyWay } from './api-key.ts';
import { basicWay } from './basic.ts';
import { jwtWay } from './jwt.ts';
import { mtlsWay } from './mtls.ts';
import { oauth2Way } from './oauth2.ts';
import type { Way } from './way.ts';

/**
 * THE ways to say who calls. Where two of them are equally sure of a credential the earlier one judges it, and where nothing was
 * sent the earliest one says what is missing.
 */
export const WAYS: Readonly<Record<AuthWay, Way>> = {
  apiKey: apiKeyWay,
  oauth2: oauth2Way,
  jwt: jwtWay,
  basic: basicWay,
  mtls: mtlsWay,
};
