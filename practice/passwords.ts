import { randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto';

const COST = { N: 16_384, r: 8, p: 1 };
const LENGTH = 32;

/** Everybody in the seed signs in with this. It opens nothing but the practice shop. */
export const PRACTICE_PASSWORD = 'blue-harbour-demo';

function derive(password: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, LENGTH, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** `scrypt$<salt>$<key>` with a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16).toString('base64url');
  return `scrypt$${salt}$${(await derive(password, salt)).toString('base64url')}`;
}

// One hash for the whole seed, so that a shop starts in milliseconds and its data is the same every time.
const seedSalt = 'practice-seed';
let seedHash: string | undefined;
export function practicePasswordHash(): string {
  seedHash ??= `scrypt$${seedSalt}$${scryptSync(PRACTICE_PASSWORD, seedSalt, LENGTH, COST).toString('base64url')}`;
  return seedHash;
}

export async function passwordFits(password: string, hash: string): Promise<boolean> {
  const [kind, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || !salt || !key) return false;
  return timingSafeEqual(await derive(password, salt), Buffer.from(key, 'base64url'));
}
