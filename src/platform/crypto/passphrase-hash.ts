import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * Pass phrases at rest: argon2id (RFC 9106) with the parameters of the OWASP Password Storage Cheat Sheet (19 MiB, 2 passes,
 * 1 lane), as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. The text is normalised (NFKC), as keyboards differ in
 * how they compose an "ü".
 */
export async function hashPassphrase(passphrase: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(passphrase, salt, CURRENT, HASH_BYTES);
  return `$argon2id$v=19$m=${CURRENT.m},t=${CURRENT.t},p=${CURRENT.p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Throws for a stored text that is no such PHC string: then the database was tampered with. */
export async function verifyPassphrase(passphrase: string, stored: string): Promise<boolean> {
  const { cost, salt, hash } = parse(stored);
  return timingSafeEqual(await derive(passphrase, salt, cost, hash.length), hash);
}

/** Whether the parameters have moved on since this was made; then it is made anew at the next sign-in. */
export function isOutdated(stored: string): boolean {
  const { cost } = parse(stored);
  return cost.m !== CURRENT.m || cost.t !== CURRENT.t || cost.p !== CURRENT.p;
}

/**
 * A hash that no pass phrase fits and that costs as much to check as the dearest of `others`: what is checked in the place of a
 * user who is not there, so that the time of the answer does not tell.
 */
export function decoyHash(others: readonly string[]): string {
  const costs = others.map((stored) => parse(stored).cost);
  const { m, t, p } = costs.reduce(
    (dearest, cost) => (cost.m * cost.t > dearest.m * dearest.t ? cost : dearest),
    costs[0] ?? CURRENT,
  );
  return `$argon2id$v=19$m=${m},t=${t},p=${p}$${unpadded(randomBytes(SALT_BYTES))}$${unpadded(randomBytes(HASH_BYTES))}`;
}

type Cost = { m: number; t: number; p: number };

const derive = (passphrase: string, salt: Buffer, cost: Cost, bytes: number) =>
  promisify(argon2)('argon2id', {
    message: passphrase.normalize('NFKC'),
    nonce: salt,
    memory: cost.m,
    passes: cost.t,
    parallelism: cost.p,
    tagLength: bytes,
  });

function parse(stored: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const found = PHC.exec(stored)?.groups;
  if (found === undefined) throw new Error('a stored pass phrase hash is not in the PHC format');
  return {
    cost: { m: Number(found.m), t: Number(found.t), p: Number(found.p) },
    salt: Buffer.from(found.salt ?? '', 'base64'),
    hash: Buffer.from(found.hash ?? '', 'base64'),
  };
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
const CURRENT: Cost = { m: 19_456, t: 2, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const PHC =
  /^\$argon2id\$v=19\$m=(?<m>\d+),t=(?<t>\d+),p=(?<p>\d+)\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]{43,})$/;
