import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';

/** What a backup holds, by the name in the archive. The manifest comes first. */
export const ARCHIVE = {
  manifest: 'manifest.json',
  database: 'nightlatch.db',
  settings: 'settings.json',
  gatewayId: 'gateway.id',
  masterKey: 'master.key',
} as const;

export const Manifest = z.object({
  format: z.literal(1),
  version: z.string(),
  createdAt: z.iso.datetime(),
  withKey: z.boolean(),
  sha256: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof Manifest>;

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
