/**
 * Which callers have to do with which object, in a fixed amount of memory: objects and callers are numbers that stand for them.
 * 16,384 shelves of eight places; a full shelf gives up the object that nobody has asked for longest. An object with more
 * callers than it has room for is public: it belongs to nobody.
 */
export class ObjectTable {
  readonly #shelves: number;
  /** PLACES × WORDS numbers a shelf: tag (2), minute of last use, flags, callers (4). */
  readonly #words: Uint32Array;
  #size = 0;

  constructor(shelves = 16_384) {
    this.#shelves = shelves;
    this.#words = new Uint32Array(shelves * PLACES * WORDS);
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  /** The place of an object, -1 when it is not known. Tags are never 0,0. */
  find(high: number, low: number): number {
    const words = this.#words;
    const shelf = this.#shelfOf(low);
    for (let at = shelf; at < shelf + PLACES * WORDS; at += WORDS) {
      if (words[at] === high && words[at + 1] === low) return at;
    }
    return -1;
  }

  /** The place of an object; a new one takes the place of the one that was not used for longest. */
  add(high: number, low: number, minute: number): number {
    const found = this.find(high, low);
    if (found !== -1) return found;
    const words = this.#words;
    const shelf = this.#shelfOf(low);
    let place = shelf;
    for (let at = shelf; at < shelf + PLACES * WORDS; at += WORDS) {
      if (isFree(words, at)) {
        place = at;
        break;
      }
      if (this.#at(at + USED) < this.#at(place + USED)) place = at;
    }
    if (isFree(words, place)) this.#size++;
    words.fill(0, place, place + WORDS);
    words[place] = high;
    words[place + 1] = low;
    words[place + USED] = minute;
    return place;
  }

  touch(place: number, minute: number): void {
    this.#words[place + USED] = minute;
  }

  isPublic(place: number): boolean {
    return (this.#at(place + FLAGS) & PUBLIC) !== 0;
  }

  /** True once: whether this is the first time that somebody asks for the object. */
  askedFirst(place: number): boolean {
    const flags = this.#at(place + FLAGS);
    this.#words[place + FLAGS] = flags | ASKED;
    return (flags & ASKED) === 0;
  }

  has(place: number, caller: number): boolean {
    for (let i = CALLERS; i < WORDS; i++) if (this.#words[place + i] === caller) return true;
    return false;
  }

  /** Whether a caller has to do with it that `counts`. */
  hasOther(place: number, counts: (caller: number) => boolean): boolean {
    for (let i = CALLERS; i < WORDS; i++) {
      const caller = this.#at(place + i);
      if (caller !== 0 && counts(caller)) return true;
    }
    return false;
  }

  /** Notes that a caller has to do with it. One that does not count gives way; when there is no room, the object is public. */
  relate(place: number, caller: number, counts: (caller: number) => boolean): void {
    if (this.has(place, caller)) return;
    for (let i = CALLERS; i < WORDS; i++) {
      const other = this.#at(place + i);
      if (other !== 0 && counts(other)) continue;
      this.#words[place + i] = caller;
      return;
    }
    this.#words[place + FLAGS] = this.#at(place + FLAGS) | PUBLIC;
  }

  /** Everything that is known, for the disk. */
  pack(): Buffer {
    const packed = new Uint32Array(this.#size * WORDS);
    let to = 0;
    for (let at = 0; at < this.#words.length; at += WORDS) {
      if (isFree(this.#words, at)) continue;
      packed.set(this.#words.subarray(at, at + WORDS), to);
      to += WORDS;
    }
    return Buffer.from(packed.buffer, packed.byteOffset, to * 4);
  }

  /** Takes back what {@link pack} gave. Throws `RangeError` for what cannot be that. */
  unpack(packed: Buffer): void {
    if (packed.length % (WORDS * 4) !== 0 || packed.length > this.bytes) throw new RangeError('not a packed table');
    for (let from = 0; from < packed.length; from += WORDS * 4) {
      const word = (i: number): number => packed.readUInt32LE(from + i * 4);
      const place = this.add(word(0), word(1), word(USED));
      for (let i = USED; i < WORDS; i++) this.#words[place + i] = word(i);
    }
  }

  #shelfOf(low: number): number {
    return (low % this.#shelves) * PLACES * WORDS;
  }

  #at(index: number): number {
    return this.#words[index] ?? 0;
  }
}

const PLACES = 8;
const WORDS = 8;
const USED = 2;
const FLAGS = 3;
const CALLERS = 4;
const PUBLIC = 1;
const ASKED = 2;

const isFree = (words: Uint32Array, at: number): boolean => words[at] === 0 && words[at + 1] === 0;
