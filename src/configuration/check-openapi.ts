import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { DescriptionFault } from '../openapi/description.ts';
import { type ConfigPath, type Finding, placeOf } from './config-fault.ts';
import { descriptionOf } from './openapi-descriptions.ts';
import { distributeOperations, gatewayPath } from './openapi-routes.ts';
import { pathShape, pathTemplateFault } from './path-template.ts';

/** The API descriptions of services: readable, safe to run, and without routes that others have already. */
export function checkOpenapi(config: GatewayConfig): Finding[] {
  const findings: Finding[] = [];
  const caught = writtenRoutes(config);
  for (const [index, service] of config.services.entries()) {
    if (service.openapi === undefined) continue;
    const path = ['services', index, 'openapi'];
    const { file, inline } = service.openapi;
    if ((file === undefined) === (inline === undefined)) {
      findings.push({
        path,
        atKey: true,
        code: 'openapi-invalid',
        message: 'An API description stands in a "file" or under "inline".',
        hint: file === undefined ? 'Write openapi: { file: ./openapi.yaml }.' : 'Keep one of the two.',
      });
    }
    if (inline === undefined && file !== undefined) {
      findings.push({ path: [...path, 'file'], code: 'openapi-file', message: `"${file}" has not been read.` });
    }
    const read = descriptionOf(service);
    if (read === null) continue;
    if ('faults' in read) {
      findings.push(...read.faults.map((fault) => finding([...path, 'inline'], fault)));
      continue;
    }
    const { imported } = distributeOperations(service);
    for (const operation of imported) {
      const at = [...path, 'inline', ...operation.at];
      const template = gatewayPath(operation.path);
      const fault = pathTemplateFault(template);
      if (fault !== null) {
        findings.push({
          ...{ path: at, atKey: true, code: 'openapi-invalid' },
          message: `The path "${operation.path}" ${fault.message}.`,
          hint: 'Write a route for it yourself (a last "/*" takes everything below), or use "routes: validate-only".',
        });
        continue;
      }
      const key = `${operation.method} ${pathShape(template)}`;
      const before = caught.get(key) ?? caught.get(`* ${pathShape(template)}`);
      if (before !== undefined) {
        findings.push({
          ...{ path: at, atKey: true, code: 'duplicate' },
          message: `"${operation.method} ${operation.path}" catches the same requests as ${placeOf(before)}.`,
          hint: 'Remove one of the two, or give this description another basePath.',
        });
      } else caught.set(key, at);
    }
  }
  return findings;
}

/** What is left out of a description, and what does not reach anybody. */
export function openapiWarnings(config: GatewayConfig): Finding[] {
  const warnings: Finding[] = [];
  for (const [index, service] of config.services.entries()) {
    const read = descriptionOf(service);
    if (read === null || 'faults' in read) continue;
    const path = ['services', index, 'openapi'];
    warnings.push(...read.description.warnings.map((warning) => finding([...path, 'inline'], warning, 'openapi-part')));
    const { imported, unused } = distributeOperations(service);
    if (unused.length > 0) {
      warnings.push({
        path,
        code: 'openapi-unused',
        message: `${unused.length} of its operations have no route of exactly their path, so they are not checked (${named(unused)}).`,
        hint: 'Write a route for each, or let them be imported with "routes: import".',
      });
    }
    const open = config.defaults?.auth === 'none';
    const free = imported.filter((operation) => operation.security.kind === 'public');
    if (!open && free.length > 0) {
      warnings.push({
        path,
        code: 'openapi-public',
        message: `${free.length} of its operations are open to all by the description, and ask for a key here (${named(free)}).`,
        hint: 'Write a route with "auth: none" for what everybody may call.',
      });
    }
    const unclear = imported.filter(
      ({ security }) =>
        security.kind === 'unclear' || (open && security.kind === 'scopes' && security.scopes.length > 0),
    );
    if (unclear.length > 0) {
      warnings.push({
        path,
        code: 'openapi-scopes',
        message: `The scopes of ${unclear.length} of its operations are not asked for (${named(unclear)}): ${open ? 'this gateway lets everybody in' : 'they differ with the way of signing in'}.`,
        hint: 'Write a route with "scopes" for each of them.',
      });
    }
  }
  return warnings;
}

function finding(inline: ConfigPath, fault: DescriptionFault, code = 'openapi-invalid'): Finding {
  const hint = fault.hint === undefined ? {} : { hint: fault.hint };
  return { path: [...inline, ...fault.path], code, message: fault.message, ...hint };
}

function named(operations: readonly { method: string; path: string }[]): string {
  const first = operations.slice(0, 3).map(({ method, path }) => `${method} ${path}`);
  return `${first.join(', ')}${operations.length > first.length ? ' …' : ''}`;
}

/** Routes without host names of their own, by method and shape. */
function writtenRoutes(config: GatewayConfig): Map<string, ConfigPath> {
  const caught = new Map<string, ConfigPath>();
  for (const [index, service] of config.services.entries()) {
    for (const [routeIndex, { match }] of service.routes.entries()) {
      if ((match.hostnames ?? []).length > 0) continue;
      for (const method of match.methods?.length ? match.methods : ['*']) {
        const key = `${method} ${pathShape(match.path)}`;
        if (!caught.has(key)) caught.set(key, ['services', index, 'routes', routeIndex]);
      }
    }
  }
  return caught;
}
