import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readStoredDrafts } from '../../gateway/index.ts';
import { AppError } from '../../platform/app-error.ts';
import { createLogger } from '../../platform/logger.ts';
import { openapiOf } from '../../shapes/openapi-of.ts';
import type { DataPaths } from '../paths.ts';
import { withInstallation } from './installation.ts';

const Document = z.record(z.string(), z.unknown());
const Services = z.object({ items: z.array(z.object({ name: z.string() })) });

/**
 * The draft of a service: from the control plane of the data folder, or from what a gateway that runs alone has written down.
 * Throws `AppError('service-unknown' | 'not-running')`.
 */
export async function exportDraft(paths: DataPaths, service: string | undefined): Promise<Record<string, unknown>> {
  if (existsSync(join(paths.folder, 'gateway.id'))) {
    const operations = readStoredDrafts(paths.folder, createLogger('command-line'));
    const name = chosen(
      operations.map((one) => one.service),
      service,
    );
    return openapiOf(name, operations);
  }
  return withInstallation(paths, async (installation) => {
    const { items } = await installation.call('GET', '/api/services', Services);
    const name = chosen(
      items.map((one) => one.name),
      service,
    );
    return installation.call('GET', `/api/drafts/openapi?service=${encodeURIComponent(name)}`, Document);
  });
}

function chosen(names: readonly string[], wanted: string | undefined): string {
  const known = [...new Set(names)].sort();
  const [only] = known;
  if (wanted === undefined && known.length === 1 && only !== undefined) return only;
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  if (known.length === 0) {
    throw new AppError('service-unknown', 'Nothing is learnt yet.', {
      next: 'Write "drafts: { mode: on }" into the configuration, let calls come in, and look again after half a minute.',
    });
  }
  throw new AppError('service-unknown', wanted === undefined ? 'Say which API.' : `Nothing is learnt of "${wanted}".`, {
    next: `Name one of these with --service: ${known.join(', ')}.`,
  });
}
