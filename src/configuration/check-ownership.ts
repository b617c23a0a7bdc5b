import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { ConfigPath, Finding } from './config-fault.ts';

type Route = GatewayConfig['services'][number]['routes'][number];

/** What is wrong with a route's ownership rule: nobody to own anything, or a parameter that the path does not have. */
export function ownershipFaults(path: ConfigPath, route: Route, open: boolean): Finding[] {
  const rule = route.ownership;
  if (rule === undefined) return [];
  if (open) {
    return [
      {
        path,
        atKey: true,
        code: 'ownership-without-key',
        message: 'This route is open to all (auth: none), so nobody can own anything on it.',
        hint: 'Remove the rule, or let the route ask for a key with "auth: required".',
      },
    ];
  }
  if (rule.param.includes('.') || route.match.path.split('/').includes(`{${rule.param}}`)) return [];
  return [
    {
      path: [...path, 'param'],
      code: 'unknown-parameter',
      message: `The path "${route.match.path}" has no parameter {${rule.param}}.`,
      hint: 'Name one that it has, or write query.NAME, header.NAME or body.FIELD.',
    },
  ];
}
