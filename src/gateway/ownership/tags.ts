import { hash } from 'node:crypto';

/** Numbers that stand for ids and callers: nobody without the installation's own key can tell what they stand for. */
export class Tags {
  readonly #key: string;

  constructor(key: Buffer) {
    this.#key = key.toString('base64');
  }

  /** 64 bits in two numbers for an object; never 0,0. */
  object(resource: string, id: string): { high: number; low: number } {
    const digest = this.#digest(`o ${resource}\n${id}`);
    return { high: digest.readUInt32LE(0), low: digest.readUInt32LE(4) || 1 };
  }

  /** 32 bits for a caller; never 0. */
  caller(text: string): number {
    return this.#digest(`c ${text}`).readUInt32LE(0) || 1;
  }

  /** SHA-256 with a secret beginning; as most of the digest stays here, nobody can go on from it. */
  #digest(text: string): Buffer {
    return hash('sha256', `${this.#key} ${text}`, 'buffer');
  }
}
