import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { laneSuffix } from './segments.ts';

/**
 * The id under which a gateway numbers its events. It belongs to the spool: where the spool is new, numbers begin at 1 again,
 * and only a new id keeps the control plane from taking them for events that it has. The lanes of several workers have their own.
 */
export function readGatewayId(dataDir: string, spoolIsNew: boolean, lane: number): string {
  const file = join(dataDir, `gateway${laneSuffix(lane)}.id`);
  if (!spoolIsNew) {
    try {
      const id = readFileSync(file, 'utf8').trim();
      if (/^[0-9a-f-]{36}(-w\d{1,2})?$/.test(id)) return id;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  const id = `${randomUUID()}${laneSuffix(lane)}`;
  writeFileSync(file, `${id}\n`, { mode: 0o600 });
  return id;
}
