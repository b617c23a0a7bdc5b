import type { Finding } from './config-fault.ts';

/** What stands for the upstream of a service that is the application itself. Nothing answers there (RFC 6761 §6.4). */
const INSIDE = 'http://inside-the-application.invalid';

/**
 * The value with an upstream for each service that names none, as a gateway inside the application forwards nothing. The value
 * itself stays as it is; what is no list of services is left to the schema.
 */
export function withoutUpstreams(value: unknown): unknown {
  if (!isObject(value) || !Array.isArray(value.services)) return value;
  const services = value.services.map((service: unknown) =>
    isObject(service) && service.upstream === undefined ? { ...service, upstream: INSIDE } : service,
  );
  return { ...value, services };
}

/** What the configuration says and a gateway inside an application does not do, as the application's own server does it. */
export function insideWarnings(value: unknown): Finding[] {
  if (!isObject(value)) return [];
  const warnings: Finding[] = [];
  const server = isObject(value.server) ? value.server : {};
  for (const key of ['listen', 'https']) {
    if (server[key] === undefined) continue;
    warnings.push({
      path: ['server', key],
      atKey: true,
      code: 'unused-inside',
      message: `"${key}" is not used inside an application, whose own server listens.`,
    });
  }
  for (const [index, service] of Array.isArray(value.services) ? value.services.entries() : []) {
    if (!isObject(service) || service.upstream === undefined) continue;
    warnings.push({
      path: ['services', index, 'upstream'],
      atKey: true,
      code: 'unused-inside',
      message: 'The upstream is not used inside an application: nothing is forwarded.',
      hint: 'Leave it out, or let "nightlatch gateway" run this configuration.',
    });
  }
  return warnings;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
