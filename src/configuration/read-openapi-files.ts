import type { ConfigFault, ConfigPath, Finding } from './config-fault.ts';
import { placeOf } from './config-fault.ts';
import type { ReadFile } from './read-key-files.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** A file that was read for a configuration: what stands in it is found at `path` in the configuration's value. */
export type EmbeddedFile = { readonly path: ConfigPath; readonly file: string; readonly locate: YamlSource['locate'] };

/**
 * Puts the documents of `services[].openapi.file` beside the file's name, as `inline`, in `value` itself. A service whose routes
 * come from its document may leave out `routes`. Gives findings about files that cannot be read, and faults within them.
 */
export function readOpenapiFiles(
  value: unknown,
  readFile: ReadFile | undefined,
): { files: EmbeddedFile[]; findings: Finding[]; faults: ConfigFault[] } {
  const files: EmbeddedFile[] = [];
  const findings: Finding[] = [];
  const faults: ConfigFault[] = [];
  const services = memberOf(value, 'services');
  for (const [index, service] of (Array.isArray(services) ? (services as unknown[]) : []).entries()) {
    const openapi = memberOf(service, 'openapi');
    if (typeof openapi !== 'object' || openapi === null) continue;
    if (memberOf(service, 'routes') === undefined) (service as { routes: unknown }).routes = [];
    const file = memberOf(openapi, 'file');
    if (typeof file !== 'string' || file === '' || memberOf(openapi, 'inline') !== undefined) continue;
    const path = ['services', index, 'openapi'];
    const text = readFile === undefined ? null : textOf(readFile, file);
    if (text === null) {
      findings.push(unreadable([...path, 'file'], file, readFile === undefined));
      continue;
    }
    const source = readYaml(text, file);
    if ('faults' in source) {
      for (const { hint: _, ...fault } of source.faults) faults.push({ ...fault, file, place: placeOf(path) });
      continue;
    }
    if (typeof source.value !== 'object' || source.value === null || Array.isArray(source.value)) {
      findings.push(unreadable([...path, 'file'], file, false));
      continue;
    }
    // The name of the file has done its work: what is exported or stored carries the document itself.
    const { file: _, ...rest } = openapi as { file: string };
    (service as { openapi: unknown }).openapi = { ...rest, inline: source.value };
    files.push({ path: [...path, 'inline'], file, locate: source.locate });
  }
  return { files, findings, faults };
}

function unreadable(path: ConfigPath, file: string, noFiles: boolean): Finding {
  return {
    path,
    code: 'openapi-file',
    message: noFiles ? `"${file}" cannot be read from here.` : `"${file}" cannot be read as an OpenAPI document.`,
    hint: noFiles
      ? 'Put the document itself under "inline".'
      : 'Name a YAML or JSON file, beside the configuration, that the gateway may read.',
  };
}

function textOf(readFile: ReadFile, file: string): string | null {
  try {
    return readFile(file);
  } catch {
    // Whether it is missing or closed to the gateway, the next step is the same.
    return null;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
