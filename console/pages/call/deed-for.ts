export type Deed = 'makeKey' | 'keys' | 'rules' | 'apis' | 'lock' | 'door';

const DEEDS: Readonly<Record<string, Deed>> = {
  'key-missing': 'makeKey',
  'scope-missing': 'makeKey',
  'key-in-query': 'keys',
  'key-mistyped': 'keys',
  'key-invalid': 'keys',
  'route-unknown': 'rules',
  'method-not-allowed': 'rules',
  'path-case': 'rules',
  'path-encoded-slash': 'rules',
  'error-withheld': 'apis',
  'rate-limited': 'rules',
  'body-too-large': 'rules',
  'upstream-unreachable': 'apis',
  'upstream-failed': 'apis',
  'upstream-timeout': 'apis',
  'upstream-resting': 'apis',
  locked: 'lock',
  internal: 'door',
};

/** Where the owner can do something about a refusal with this code; null where nothing is to be done here. */
export function deedFor(code: string): Deed | null {
  return DEEDS[code] ?? null;
}
