import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { checkConfig } from './check-config.ts';
import { attackFilterWarnings } from './compile-attack-filter.ts';
import { type ConfigFault, type Finding, placeOf } from './config-fault.ts';
import { findWarnings } from './find-warnings.ts';
import { insideWarnings, withoutUpstreams } from './inside-app.ts';
import { findMissingSecrets, type HasSecret } from './missing-secrets.ts';
import { findPlannedKeys } from './planned-keys.ts';
import { type ReadFile, readKeyFiles } from './read-key-files.ts';
import { type EmbeddedFile, readOpenapiFiles } from './read-openapi-files.ts';
import { readYaml } from './yaml-source.ts';

export type ParsedConfig = { config: GatewayConfig; warnings: ConfigFault[] } | { faults: ConfigFault[] };

/** More faults than a person reads help nobody; a file of the wrong kind would give thousands. */
const MAX_FAULTS = 100;

/**
 * Reads `nightlatch.yaml`. Pure; never throws. Either the configuration (with warnings that do not stop it) or at least one
 * fault, in the order of the file. `file` is how the text is called in faults about the whole of it;
 * `readFile` gives the text of files that it names, which are refused without it; `hasSecret` says whether there is a secret where
 * one is named, which is not asked without it. `insideApp`: services need no upstream. `now` (Unix milliseconds) tells what has ended.
 */
export function parseConfig(
  text: string,
  options: { file?: string; readFile?: ReadFile; hasSecret?: HasSecret; insideApp?: boolean; now?: number } = {},
): ParsedConfig {
  const source = readYaml(text, options.file ?? 'The configuration');
  if ('faults' in source) return source;
  const { locate } = source;
  const unreadable = options.readFile === undefined ? [] : readKeyFiles(source.value, options.readFile);
  const openapi = readOpenapiFiles(source.value, options.readFile);
  const planned = [...unreadable, ...openapi.findings, ...findPlannedKeys(source.value)];
  const plannedPlaces = planned.map((finding) => placeOf(finding.path));
  const inside = options.insideApp === true;
  const checked = checkConfig(inside ? withoutUpstreams(source.value) : source.value);
  // What is planned has its own words; the schema's about the same place would only confuse.
  const others = 'findings' in checked ? checked.findings.filter((finding) => !isWithin(plannedPlaces, finding)) : [];
  const missing =
    'config' in checked && options.hasSecret !== undefined ? findMissingSecrets(checked.config, options.hasSecret) : [];
  const findings = [...planned, ...others, ...missing];
  if ('config' in checked && findings.length === 0 && openapi.faults.length === 0) {
    return {
      config: checked.config,
      warnings: placed([
        ...findWarnings(checked.config),
        ...(options.now === undefined ? [] : attackFilterWarnings(checked.config, options.now)),
        ...(inside ? insideWarnings(source.value) : []),
      ]),
    };
  }
  return { faults: [...placed(findings), ...openapi.faults].slice(0, MAX_FAULTS) };

  function placed(list: readonly Finding[]): ConfigFault[] {
    return list
      .slice(0, MAX_FAULTS)
      .map((finding) => locateIn(openapi.files, finding) ?? locate(finding))
      .sort((a, b) => compareFiles(a.file, b.file) || a.line - b.line || a.column - b.column);
  }
}

function isWithin(places: readonly string[], finding: Finding): boolean {
  const place = placeOf(finding.path);
  return places.some((known) => place === known || place.startsWith(`${known}.`) || place.startsWith(`${known}[`));
}

/** Where a finding stands in a file that the configuration names; null when it stands in the configuration itself. */
function locateIn(files: readonly EmbeddedFile[], finding: Finding): ConfigFault | null {
  for (const { path, file, locate } of files) {
    if (finding.path.length < path.length || !path.every((step, index) => finding.path[index] === step)) continue;
    return { ...locate({ ...finding, path: finding.path.slice(path.length) }), file };
  }
  return null;
}

/** The configuration itself first. */
function compareFiles(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
