import type { Transaction } from 'kysely';
import { compileSnapshot, parseConfig } from '../../configuration/index.ts';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import { AppError } from '../../platform/app-error.ts';
import { replaceServices } from '../inventory/index.ts';
import { replaceConsumers } from '../vault/index.ts';
import { provisioningTablesOf, type ServerConfig, writeGatewayWide, writeServer } from './store.ts';

export type Imported = { services: number; routes: number; consumers: number; keys: number };

/**
 * Reads a configuration for this installation. `fixed` is the part of `server` that its own settings decide. Throws
 * `AppError('config-invalid')` with each fault, its line and its column.
 */
export function readForImport(yaml: string, fixed: ServerConfig): GatewayConfig {
  const parsed = parseConfig(yaml, { file: 'The configuration' });
  const faults = 'faults' in parsed ? parsed.faults : fixedFaults(yaml, parsed.config, fixed);
  if ('config' in parsed && faults.length === 0) return parsed.config;
  throw new AppError(
    'config-invalid',
    `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}; nothing was changed.`,
    {
      status: 422,
      next: 'Correct the lines named and send it again.',
      faults: faults.map((fault) => ({
        place: `line ${fault.line}, column ${fault.column}${fault.place === '' ? '' : `: ${fault.place}`}`,
        message: fault.hint === undefined ? fault.message : `${fault.message} ${fault.hint}`,
      })),
    },
  );
}

/** Puts a configuration in the place of everything that is there. */
export async function replaceAll<Tables>(
  change: Transaction<Tables>,
  config: GatewayConfig,
  fixed: ServerConfig,
  now: number,
): Promise<Imported> {
  const { keys } = compileSnapshot(config, { revision: 0, lock: null });
  const services = await replaceServices(change, config, now);
  const consumers = await replaceConsumers(change, config, keys, now);
  const { version: _version, server, defaults, services: _services, consumers: _consumers, ...others } = config;
  const loginProtection = defaults?.loginProtection;
  const gatewayWide = { ...others, ...(loginProtection === undefined ? {} : { defaults: { loginProtection } }) };
  await writeServer(provisioningTablesOf(change), { ...server, ...fixed });
  await writeGatewayWide(provisioningTablesOf(change), gatewayWide);
  return { ...services, ...consumers };
}

type Fault = { line: number; column: number; place: string; message: string; hint?: string };

/** What the settings of the installation decide is not taken from a file, and not passed over in silence either. */
function fixedFaults(yaml: string, config: GatewayConfig, fixed: ServerConfig): Fault[] {
  return Object.entries(fixed).flatMap(([name, value]) => {
    const wanted = config.server?.[name as keyof ServerConfig];
    if (wanted === undefined || JSON.stringify(wanted) === JSON.stringify(value)) return [];
    const lines = yaml.split('\n');
    const line = lines.findIndex((text) => new RegExp(`^\\s*["']?${name}["']?\\s*:`).test(text));
    return [
      {
        ...{ line: Math.max(line, 0) + 1, column: 1, place: `server.${name}` },
        message: `"server.${name}" is a setting of this installation, which says ${JSON.stringify(value)}.`,
        hint: 'Remove it here, or change the setting and start again.',
      },
    ];
  });
}
