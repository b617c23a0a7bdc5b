import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SharedLimitConfig } from '../contracts/config/rate-limit-config.ts';
import { durationToMs } from '../contracts/units.ts';
import type { ConfigPath, Finding } from './config-fault.ts';
import { duplicateName } from './duplicate-name.ts';
import { nearestWord } from './nearest-word.ts';
import { rateLimitNames } from './rate-limit-names.ts';

type Route = GatewayConfig['services'][number]['routes'][number];

const MAX_WINDOW_MS = 366 * 86_400_000;

/** `rateLimits` and `bans`: names, lengths of time, and what no route uses is no fault. */
export function checkSharedLimits(config: GatewayConfig): Finding[] {
  const findings: Finding[] = [];
  const names = new Map<string, ConfigPath>();
  for (const [index, limit] of (config.rateLimits ?? []).entries()) {
    const path = ['rateLimits', index];
    findings.push(...duplicateName(names, limit.name, path, 'rate limit'));
    findings.push(...windowFaults(path, limit));
  }
  if (config.bans?.window !== undefined) findings.push(...lengthFaults(['bans', 'window'], config.bans.window));
  return findings;
}

/** What is wrong with the limits of one route. `open`: it asks for no credential. */
export function limitFaults(
  path: ConfigPath,
  route: Route,
  shared: readonly SharedLimitConfig[],
  open: boolean,
): Finding[] {
  const findings: Finding[] = [];
  const names = new Map<string, ConfigPath>();
  const effective = rateLimitNames(route.rateLimit ?? []);
  for (const [index, limit] of (route.rateLimit ?? []).entries()) {
    const limitPath = [...path, 'rateLimit', index];
    const counted = 'use' in limit ? shared.find(({ name }) => name === limit.use) : limit;
    if (counted === undefined) {
      findings.push(unknownLimit([...limitPath, 'use'], effective[index] ?? '', shared));
      continue;
    }
    if (!('use' in limit)) findings.push(...windowFaults(limitPath, limit));
    findings.push(...duplicateName(names, effective[index] ?? counted.key, limitPath, 'rate limit'));
    if ((limit.cost ?? 1) > counted.quota) {
      findings.push({
        path: [...limitPath, 'cost'],
        code: 'too-big',
        message: `One request costs ${limit.cost}, more than the whole quota of ${counted.quota}, so none could pass.`,
        hint: 'Make the cost smaller or the quota larger.',
      });
    }
    if (open && counted.key.split('+').includes('consumer')) {
      findings.push(nobodyKnown([...limitPath, 'use' in limit ? 'use' : 'key']));
    }
  }
  const keys = new Set<string>();
  for (const [index, { key }] of (route.concurrency ?? []).entries()) {
    const keyPath = [...path, 'concurrency', index, 'key'];
    if (open && key === 'consumer') findings.push(nobodyKnown(keyPath));
    if (keys.has(key)) {
      findings.push({
        path: keyPath,
        code: 'duplicate',
        message: `"${key}" is listed twice.`,
        hint: 'Keep the smaller one.',
      });
    }
    keys.add(key);
  }
  return findings;
}

function windowFaults(path: ConfigPath, limit: { window?: string | undefined; per?: 'day' | undefined }): Finding[] {
  if (limit.window !== undefined && limit.per !== undefined) {
    return [
      {
        path: [...path, 'per'],
        atKey: true,
        code: 'window-twice',
        message: '"window" and "per" both say how long is counted.',
        hint: 'Keep "window: 24h" for any 24 hours, or "per: day" for calendar days in UTC.',
      },
    ];
  }
  if (limit.window !== undefined) return lengthFaults([...path, 'window'], limit.window);
  if (limit.per !== undefined) return [];
  return [
    {
      path,
      code: 'key-missing',
      message: 'A limit needs the key "window", or "per: day".',
      hint: 'Write a length of time such as window: 60s.',
    },
  ];
}

function lengthFaults(path: ConfigPath, window: string): Finding[] {
  const ms = durationToMs(window);
  if (ms >= 1_000 && ms <= MAX_WINDOW_MS) return [];
  const code = ms < 1_000 ? 'too-small' : 'too-big';
  return [{ path, code, message: `A window must be between 1s and 366d, not "${window}".` }];
}

function unknownLimit(path: ConfigPath, name: string, shared: readonly SharedLimitConfig[]): Finding {
  const near = nearestWord(
    name,
    shared.map((limit) => limit.name),
  );
  return {
    path,
    code: 'limit-unknown',
    message: `There is no limit "${name}" in "rateLimits".`,
    hint:
      near === null ? 'Add it there: - { name: …, key: consumer, quota: 10000, per: day }.' : `Did you mean "${near}"?`,
  };
}

function nobodyKnown(path: ConfigPath): Finding {
  return {
    path,
    code: 'limit-without-key',
    message: 'This route is open to all (auth: none), so nobody can be limited by consumer.',
    hint: 'Use "key: address", or let the route ask for a key with "auth: required".',
  };
}
