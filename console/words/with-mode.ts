import type { Mode } from '../../src/contracts/config/config-words.ts';

type Members = Record<string, unknown>;
const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};

/**
 * A setting as the configuration writes it (`validate`, `responseGuard`, `bans`, `openapi`, `loginProtection`, `ownership`),
 * in another mode and otherwise as it was.
 */
export function withMode(member: string, before: unknown, mode: Mode): unknown {
  // Has no mode: it is off, or it does what its route does.
  if (member === 'loginProtection') return mode === 'off' ? 'off' : membersOf(before);
  if (member !== 'ownership') return { ...membersOf(before), mode };
  const learning = (rule: Members) => ({ ...rule, learn: { ...membersOf(rule.learn), mode } });
  if (Array.isArray(before)) return before.map((rule: Members) => ('learn' in rule ? learning(rule) : rule));
  return learning(membersOf(before));
}
