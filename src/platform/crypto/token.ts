import { createHash } from 'node:crypto';
import { randomBase62 } from '../api-key.ts';

/** A new bearer token with 256 bits of chance; `prefix` (`nlt_`) tells its kind and lets leak scanners find it. */
export function newToken(prefix: string): string {
  return prefix + randomBase62(TOKEN_LENGTH);
}

/** Hex SHA-256: all that is ever stored of a token. A fast hash is right here, as the token itself is high-entropy. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A new id for a row: `ses_` and 131 bits of chance. Not a secret, not a sequence. */
export function newId(kind: string): string {
  return `${kind}_${randomBase62(ID_LENGTH)}`;
}

const TOKEN_LENGTH = 43;
const ID_LENGTH = 22;
