import { newId } from '../../platform/crypto/token.ts';
import type { RouteRow, ServiceRow } from './store.ts';

/**
 * What a service starts with: everything under one route that asks for a key and is limited, so that nothing stands open while
 * its owner still looks around. When another service has `/*` already, the new one gets the part under its own name.
 */
export function firstRoutes(service: ServiceRow, others: readonly RouteRow[]): RouteRow[] {
  const taken = others.some((route) => route.path === '/*');
  return [
    {
      id: newId('rt'),
      service_id: service.id,
      path: taken ? `/${service.name}/*` : '/*',
      methods: '[]',
      hostnames: '[]',
      auth: 'key',
      scopes: '[]',
      rate_limits: JSON.stringify([
        { key: 'consumer', quota: 120, window: '60s' },
        { key: 'address', quota: 300, window: '60s' },
      ]),
      mode: 'enforce',
      body_limit: null,
      title: '',
      position: 0,
      extras: '{}',
    },
  ];
}
