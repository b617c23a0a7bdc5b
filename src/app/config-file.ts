import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ConfigFault, type ParsedConfig, parseConfig } from '../configuration/index.ts';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { AppError } from '../platform/app-error.ts';

/** Reads and judges a configuration file. Throws the operating system's error when the file cannot be read. */
export function checkConfigFile(file: string): ParsedConfig {
  return parseConfig(readFileSync(file, 'utf8'), { file: basename(file) });
}

/** Reading YAML takes about a second for each megabyte; a file below this many bytes is read at once. */
const READ_ASIDE_BYTES = 64 * 1024;

/** The same in a thread of its own when the file is large, so that requests under way do not wait for it. */
async function checkConfigFileAside(file: string): Promise<ParsedConfig> {
  if (statSync(file).size < READ_ASIDE_BYTES) return checkConfigFile(file);
  const worker = new Worker(new URL(`./check-config-worker${extname(import.meta.url)}`, import.meta.url), {
    workerData: file,
  });
  const [result] = (await once(worker, 'message')) as [ParsedConfig];
  return result;
}

export type LoadedConfig = { config: GatewayConfig; warnings: ConfigFault[] };

/** The configuration of a file. Throws `AppError('config-invalid')` whose faults name file, line and column. */
export function loadConfigFile(file: string): LoadedConfig {
  return demandFaultless(file, checkConfigFile(file));
}

/** As `loadConfigFile`, for a process that has requests to answer meanwhile. */
export async function loadConfigFileAside(file: string): Promise<LoadedConfig> {
  return demandFaultless(file, await checkConfigFileAside(file));
}

function demandFaultless(file: string, result: ParsedConfig): LoadedConfig {
  if (!('faults' in result)) return result;
  const count = faultCount(result.faults.length);
  throw new AppError('config-invalid', `${file} has ${count} and was not put into service.`, {
    next: 'Correct the places named.',
    faults: result.faults.map((fault) => ({ place: faultPlace(file, fault), message: faultWords(fault) })),
  });
}

export function faultCount(count: number): string {
  return count === 1 ? '1 fault' : `${count} faults`;
}

/** `nightlatch.yaml:12:5`, as editors and terminals make it a link. */
export function faultPlace(file: string, fault: ConfigFault): string {
  return `${file}:${fault.line}:${fault.column}`;
}

export function faultWords(fault: ConfigFault): string {
  return fault.hint === undefined ? fault.message : `${fault.message} ${fault.hint}`;
}
