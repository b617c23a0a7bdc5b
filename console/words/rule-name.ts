import type { Route } from '../../src/contracts/api/front-door.ts';

/** What a rule is called where there is room for one name: the owner's own words, else "GET /customers". */
export function ruleName(rule: Pick<Route, 'title' | 'methods' | 'path'>): string {
  return rule.title || `${rule.methods.join(', ')} ${rule.path}`.trim();
}
