import { type ConfigPath, type Finding, patternOf } from './config-fault.ts';

/**
 * What the configuration language will offer and this version cannot do. It is refused rather than ignored, as an owner who
 * wrote it down would rely on it.
 */
type PlannedKey = {
  /** Place with list positions left out. */
  readonly pattern: string;
  /** Which values are planned; left out: all. */
  readonly values?: (value: unknown) => boolean;
  readonly what: string;
};

const PLANNED: readonly PlannedKey[] = [
  {
    pattern: 'outbound[].secret',
    values: (value) => typeof value === 'string' && value.startsWith('vault:'),
    what: 'a vendor’s key kept in the vault',
  },
];

const BY_PATTERN = new Map(PLANNED.map((key) => [key.pattern, key]));

/** Every planned key in a configuration, in the order of the file. */
export function findPlannedKeys(value: unknown): Finding[] {
  const findings: Finding[] = [];
  walk(value, []);
  return findings;

  function walk(node: unknown, path: ConfigPath): void {
    const planned = BY_PATTERN.get(patternOf(path));
    if (planned !== undefined && (planned.values === undefined || planned.values(node))) {
      findings.push({ path, atKey: true, code: 'planned', message: plannedMessage(path, node, planned.what) });
      return;
    }
    if (path.length >= MAX_DEPTH) return;
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) walk(item, [...path, index]);
    } else if (typeof node === 'object' && node !== null) {
      for (const [key, item] of Object.entries(node)) walk(item, [...path, key]);
    }
  }
}

const MAX_DEPTH = 7;

function plannedMessage(path: ConfigPath, value: unknown, what: string): string {
  const last = path.at(-1) ?? '';
  const written = typeof last === 'number' ? String(value) : typeof value === 'string' ? `${last}: ${value}` : last;
  return `"${written}" (${what}) is planned and not built yet; remove it, the gateway does not ignore what it cannot do.`;
}
