import { z } from 'zod';

/** A length of time as people write it in the configuration: `500ms`, `10s`, `15m`, `72h`, `30d`. */
export const Duration = z
  .string()
  .regex(/^\d{1,9}(ms|s|m|h|d)$/, 'write a length of time such as 10s, 15m, 72h or 30d')
  .meta({ examples: ['10s', '15m', '72h'] });

/** A size in bytes as people write it in the configuration: `512B`, `16KiB`, `1MiB`, `2GiB`. */
export const ByteSize = z
  .string()
  .regex(/^\d{1,9}(B|KiB|MiB|GiB)$/, 'write a size such as 512B, 16KiB or 1MiB')
  .meta({ examples: ['16KiB', '1MiB'] });

const DURATION_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTES = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 } as const;

/** A {@link Duration} in milliseconds. Throws `RangeError` for a text that the schema would refuse. */
export function durationToMs(text: string): number {
  const unit = text.replace(/^\d+/, '') as keyof typeof DURATION_MS;
  const factor = DURATION_MS[unit];
  if (factor === undefined) throw new RangeError(`not a length of time: ${text}`);
  return Number.parseInt(text, 10) * factor;
}

/** A {@link ByteSize} in bytes. Throws `RangeError` for a text that the schema would refuse. */
export function sizeToBytes(text: string): number {
  const unit = text.replace(/^\d+/, '') as keyof typeof BYTES;
  const factor = BYTES[unit];
  if (factor === undefined) throw new RangeError(`not a size: ${text}`);
  return Number.parseInt(text, 10) * factor;
}
