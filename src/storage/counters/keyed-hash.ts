/**
 * HalfSipHash-1-3 with 64 bits of output (Aumasson and Bernstein's SipHash on 32-bit words) over the UTF-16 units of a text. Who
 * does not know the key cannot choose texts that fall together. The result stands in `high` and `low` until the next call.
 */
export class KeyedHash {
  high = 0;
  low = 0;
  readonly #key0: number;
  readonly #key1: number;

  constructor(key0: number, key1: number) {
    this.#key0 = key0 | 0;
    this.#key1 = key1 | 0;
  }

  hash(text: string): void {
    let v0 = this.#key0;
    let v1 = this.#key1 ^ 0xee;
    let v2 = this.#key0 ^ 0x6c796765;
    let v3 = this.#key1 ^ 0x74656462;
    const { length } = text;
    // Words of two units each, one of the last unit and the length, then the six rounds of the end.
    const words = (length >> 1) + 1;
    for (let i = 0; i < words + 6; i++) {
      let word = 0;
      if (i < words - 1) word = text.charCodeAt(2 * i) | (text.charCodeAt(2 * i + 1) << 16);
      else if (i === words - 1) word = (length << 16) | ((length & 1) === 1 ? text.charCodeAt(length - 1) : 0);
      else if (i === words) v2 ^= 0xee;
      else if (i === words + 3) {
        this.high = v1 ^ v3;
        v1 ^= 0xdd;
      }
      v3 ^= word;
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
      v0 ^= word;
    }
    this.low = v1 ^ v3;
  }
}
