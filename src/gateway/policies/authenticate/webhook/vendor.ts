import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** What arrived, as far as a signature can speak about it. */
export type Delivery = {
  /** Value of a header field by its name in lower case; null when it is missing. None of a vendor's fields came twice. */
  header(name: string): string | null;
  /** The bytes of the body as they came. */
  readonly body: Buffer;
  readonly contentType: string | null;
  /** Unix milliseconds. */
  readonly now: number;
};

/** By what deliveries of one entry are judged. */
export type Endpoint = {
  readonly keys: readonly Buffer[];
  readonly toleranceMs: number;
  /** The address as the vendor knows it; empty where the vendor does not sign it. */
  readonly url: string;
};

/** `mark` stands for all that was signed: the same signed message gives the same mark, whichever secret signed it. */
export type Judgement = { readonly mark: string } | { readonly fault: string };

/** How one vendor signs. */
export type Vendor = {
  /** The field that holds the signature, in lower case. */
  readonly signature: string;
  /** Further fields that the signature covers. */
  readonly fields: readonly string[];
  readonly signsTime: boolean;
  /** The key of a configured secret; null for what is no secret of this vendor. */
  keyOf(secret: string): Buffer | null;
  judge(delivery: Delivery, endpoint: Endpoint): Judgement;
};

export const WRONG_SIGNATURE: Judgement = { fault: 'the signature is wrong' };
export const UNREADABLE: Judgement = { fault: 'the signature cannot be read' };

type Signature = {
  readonly algorithm: 'sha256' | 'sha1';
  readonly encoding: 'hex' | 'base64';
  /** What is signed, in this order. */
  readonly parts: readonly (string | Buffer)[];
  /** Signatures as they were sent; one that fits is enough. */
  readonly sent: readonly string[];
};

/**
 * Whether one of the keys made one of the signatures (HMAC, RFC 2104). They are compared as texts in the one form that the vendor
 * writes, in constant time, and every key is tried whether or not one has fitted: other spellings of the same bytes do not pass.
 */
export function judgeSignature(signature: Signature, keys: readonly Buffer[]): Judgement {
  let fits = false;
  for (const key of keys) {
    const hmac = createHmac(signature.algorithm, key);
    for (const part of signature.parts) hmac.update(part);
    const expected = Buffer.from(hmac.digest(signature.encoding), 'latin1');
    for (const sent of signature.sent) {
      const given = Buffer.from(sent, 'latin1');
      if (given.length === expected.length && timingSafeEqual(given, expected)) fits = true;
    }
  }
  return fits ? { mark: markOf(signature.parts) } : WRONG_SIGNATURE;
}

function markOf(parts: Signature['parts']): string {
  const whole = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts.map(toBytes));
  return hash('sha256', whole, 'base64');
}

const toBytes = (part: string | Buffer) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part);

/** Null when a signed moment (Unix seconds, as text) is near enough to now. */
export function timeFault(seconds: string, now: number, toleranceMs: number): { fault: string } | null {
  if (!/^[1-9]\d{0,11}$/.test(seconds)) return { fault: 'the time cannot be read' };
  const age = now - Number(seconds) * 1000;
  if (age > toleranceMs) return { fault: 'too old' };
  return age < -toleranceMs ? { fault: 'from the future' } : null;
}

/** For vendors whose secret is used as it is written. */
export const textKey = (secret: string) => Buffer.from(secret, 'utf8');
