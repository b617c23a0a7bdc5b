import { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { checkConsumers } from './check-consumers.ts';
import { checkServer } from './check-server.ts';
import { checkServices } from './check-services.ts';
import { type ConfigFault, type Finding, placeOf } from './config-fault.ts';
import { explainIssue } from './explain-issue.ts';
import { findWarnings } from './find-warnings.ts';
import { findPlannedKeys } from './planned-keys.ts';
import { readYaml } from './yaml-source.ts';

export type ParsedConfig = { config: GatewayConfig; warnings: ConfigFault[] } | { faults: ConfigFault[] };

/** More faults than a person reads help nobody; a file of the wrong kind would give thousands. */
const MAX_FAULTS = 100;

/**
 * Reads `nightlatch.yaml`. Pure; never throws. Either the configuration (with warnings that do not stop it) or at least one
 * fault, in the order of the file. `file` is how the text is called in faults about the whole of it.
 */
export function parseConfig(text: string, options: { file?: string } = {}): ParsedConfig {
  const source = readYaml(text, options.file ?? 'The configuration');
  if ('faults' in source) return source;
  const findings = findPlannedKeys(source.value);
  const planned = findings.map((finding) => placeOf(finding.path));
  const parsed = GatewayConfig.safeParse(source.value);
  if (!parsed.success) {
    for (const finding of parsed.error.issues
      .slice(0, MAX_FAULTS)
      .flatMap((issue) => explainIssue(issue, source.value))) {
      const place = placeOf(finding.path);
      if (!planned.some((known) => place === known || place.startsWith(`${known}.`) || place.startsWith(`${known}[`))) {
        findings.push(finding);
      }
    }
  } else {
    findings.push(...checkServer(parsed.data), ...checkServices(parsed.data), ...checkConsumers(parsed.data));
  }
  if (findings.length > 0) return { faults: placed(findings) };
  if (!parsed.success)
    return { faults: placed([{ path: [], code: 'wrong-form', message: 'This is no configuration.' }]) };
  return { config: parsed.data, warnings: placed(findWarnings(parsed.data)) };

  function placed(list: readonly Finding[]): ConfigFault[] {
    if ('faults' in source) return source.faults;
    return list
      .slice(0, MAX_FAULTS)
      .map(source.locate)
      .sort((a, b) => a.line - b.line || a.column - b.column);
  }
}
