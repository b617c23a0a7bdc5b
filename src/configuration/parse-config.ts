import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { checkConfig } from './check-config.ts';
import { type ConfigFault, type Finding, placeOf } from './config-fault.ts';
import { findWarnings } from './find-warnings.ts';
import { insideWarnings, withoutUpstreams } from './inside-app.ts';
import { findPlannedKeys } from './planned-keys.ts';
import { type ReadFile, readKeyFiles } from './read-key-files.ts';
import { readYaml } from './yaml-source.ts';

export type ParsedConfig = { config: GatewayConfig; warnings: ConfigFault[] } | { faults: ConfigFault[] };

/** More faults than a person reads help nobody; a file of the wrong kind would give thousands. */
const MAX_FAULTS = 100;

/**
 * Reads `nightlatch.yaml`. Pure; never throws. Either the configuration (with warnings that do not stop it) or at least one
 * fault, in the order of the file. `file` is how the text is called in faults about the whole of it;
 * `readFile` gives the text of files that it names, which are refused without it. `insideApp`: services need no upstream.
 */
export function parseConfig(
  text: string,
  options: { file?: string; readFile?: ReadFile; insideApp?: boolean } = {},
): ParsedConfig {
  const source = readYaml(text, options.file ?? 'The configuration');
  if ('faults' in source) return source;
  const unreadable = options.readFile === undefined ? [] : readKeyFiles(source.value, options.readFile);
  const planned = [...unreadable, ...findPlannedKeys(source.value)];
  const plannedPlaces = planned.map((finding) => placeOf(finding.path));
  const inside = options.insideApp === true;
  const checked = checkConfig(inside ? withoutUpstreams(source.value) : source.value);
  // What is planned has its own words; the schema's about the same place would only confuse.
  const others = 'findings' in checked ? checked.findings.filter((finding) => !isWithin(plannedPlaces, finding)) : [];
  const findings = [...planned, ...others];
  if ('config' in checked && findings.length === 0) {
    return {
      config: checked.config,
      warnings: placed([...findWarnings(checked.config), ...(inside ? insideWarnings(source.value) : [])]),
    };
  }
  return { faults: placed(findings) };

  function placed(list: readonly Finding[]): ConfigFault[] {
    if ('faults' in source) return source.faults;
    return list
      .slice(0, MAX_FAULTS)
      .map(source.locate)
      .sort((a, b) => a.line - b.line || a.column - b.column);
  }
}

function isWithin(places: readonly string[], finding: Finding): boolean {
  const place = placeOf(finding.path);
  return places.some((known) => place === known || place.startsWith(`${known}.`) || place.startsWith(`${known}[`));
}
