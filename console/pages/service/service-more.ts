import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';

/** What the configuration says of a service beyond its address and name; read as it comes. */
export type ServiceMoreSettings = Partial<Omit<GatewayConfig['services'][number], 'name' | 'preserveHost' | 'routes'>>;

export type AddressLine = { url: string; weight: number };

/** The addresses as lines; `first` is where there is one alone. */
export function addressLines(upstream: ServiceMoreSettings['upstream'], first: string): AddressLine[] {
  if (upstream === undefined || typeof upstream === 'string') return [{ url: first, weight: 1 }];
  return upstream.map((one) =>
    typeof one === 'string' ? { url: one, weight: 1 } : { url: one.url, weight: one.weight ?? 1 },
  );
}

/** As the settings take them: null where one address alone is left. */
export function upstreamOf(lines: AddressLine[]): ServiceMoreSettings['upstream'] | null {
  if (lines.length < 2) return null;
  return lines.map(({ url, weight }) => (weight === 1 ? url.trim() : { url: url.trim(), weight }));
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** `GET /orders/{id}` for each operation of an API description; what cannot be read gives none. */
export function operationsOf(description: unknown): string[] {
  const paths = memberOf(description, 'paths');
  if (typeof paths !== 'object' || paths === null) return [];
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => memberOf(item, method) !== undefined).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
