import { randomBytes } from 'node:crypto';

/**
 * The memory in which all threads of a process count together; plain data, to be handed to workers as `workerData`. Made once, in
 * the main thread. 253 bytes a key: {@link DEFAULT_CAPACITY} keys take 17 MB, which the operating system gives as they are used.
 */
export type CounterMemory = {
  readonly buffer: SharedArrayBuffer;
  /** How many keys are remembered at once; a power of two. */
  readonly capacity: number;
  /** Key of the hash under which names are kept. */
  readonly seed: readonly [number, number];
};

export const DEFAULT_CAPACITY = 65_536;

/** Entries that are searched together and share a lock. */
export const BUCKET = 8;
export const HEADER_BYTES = 64;
/** 19 floats and 24 whole numbers, see counter-table.ts. */
export const ENTRY_BYTES = 248;

/** `seed` is given where counts of an earlier run go on; otherwise it is new. */
export function createCounterMemory(
  options: { capacity?: number; seed?: readonly [number, number] } = {},
): CounterMemory {
  const capacity = options.capacity ?? DEFAULT_CAPACITY;
  if (capacity < BUCKET || (capacity & (capacity - 1)) !== 0) {
    throw new RangeError('the capacity must be a power of two and at least 8');
  }
  const random = randomBytes(8);
  return {
    buffer: new SharedArrayBuffer(HEADER_BYTES + capacity * (ENTRY_BYTES + 4) + (capacity / BUCKET) * 4),
    capacity,
    seed: options.seed ?? [random.readInt32LE(0), random.readInt32LE(4)],
  };
}
