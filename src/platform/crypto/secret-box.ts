import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../app-error.ts';

/** Keeps short secrets encrypted at rest. `context` (table, column and row) is authenticated, so that values cannot be swapped. */
export type SecretBox = {
  /** `v1.` and base64url of nonce, tag and ciphertext. */
  seal(plain: string, context: string): string;
  /** Throws `AppError('secret-unreadable')` when the master key is another one or the value was altered. */
  open(sealed: string, context: string): string;
};

/** AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce for each value. `key` is 32 bytes. */
export function createSecretBox(key: Buffer): SecretBox {
  if (key.length !== KEY_BYTES) throw new RangeError('the master key must have 32 bytes');
  return {
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(sealed, context) {
      try {
        if (!sealed.startsWith(VERSION)) throw new RangeError('unknown version');
        const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url');
        const nonce = bytes.subarray(0, NONCE_BYTES);
        const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(context))
          .setAuthTag(tag);
        return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new AppError(
          'secret-unreadable',
          'A stored secret cannot be decrypted with the master key of this folder.',
          {
            next: 'Put the master.key that belongs to this database back into the data folder.',
            cause,
          },
        );
      }
    },
  };
}

const VERSION = 'v1.';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
