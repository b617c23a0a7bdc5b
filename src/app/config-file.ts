import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type ConfigFault, type ParsedConfig, parseConfig } from '../configuration/index.ts';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { AppError } from '../platform/app-error.ts';

/** Reads and judges a configuration file. Throws the operating system's error when the file cannot be read. */
export function checkConfigFile(file: string, insideApp = false): ParsedConfig {
  const readBeside = (name: string) => readFileSync(resolve(dirname(file), name), 'utf8');
  return parseConfig(readFileSync(file, 'utf8'), {
    file: basename(file),
    readFile: readBeside,
    insideApp,
    now: Date.now(),
    hasSecret: (source) =>
      'env' in source ? isThere(process.env[source.env]) : isThere(textOf(readBeside, source.file)),
  });
}

const isThere = (text: string | undefined): boolean => (text ?? '').trim() !== '';

function textOf(read: (name: string) => string, file: string): string | undefined {
  try {
    return read(file);
  } catch {
    // Missing or not to be read: it is said that there is no secret, with the name of the file.
    return undefined;
  }
}

export type LoadedConfig = { config: GatewayConfig; warnings: ConfigFault[] };

/** The configuration of a file. Throws `AppError('config-invalid')` whose faults name file, line and column. */
export function loadConfigFile(file: string, insideApp = false): LoadedConfig {
  return demandFaultless(file, checkConfigFile(file, insideApp));
}

/** The configuration, or `AppError('config-invalid')`. */
export function demandFaultless(file: string, result: ParsedConfig): LoadedConfig {
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
  return `${fault.file === undefined ? file : join(dirname(file), fault.file)}:${fault.line}:${fault.column}`;
}

export function faultWords(fault: ConfigFault): string {
  return fault.hint === undefined ? fault.message : `${fault.message} ${fault.hint}`;
}
