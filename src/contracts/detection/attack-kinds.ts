/** What the attack filter looks for: the public ids of its detectors, as they stand in events, exclusions and the console. */
export const ATTACK_KINDS = [
  'sqli',
  'nosqli',
  'xss',
  'shell',
  'traversal',
  'file-inclusion',
  'ssrf',
  'template',
  'code',
  'deserialization',
  'xml',
  'ldap',
  'xpath',
  'jndi',
  'header-injection',
  'mail-injection',
  'prototype-pollution',
  'mass-assignment',
  'graphql',
  'open-redirect',
  'protocol',
  'scanner',
  'disagreement',
] as const;

export type AttackKind = (typeof ATTACK_KINDS)[number];

/** How sure the filter has to be before it calls a request an attack. `careful` has the fewest false alarms. */
export const ATTACK_PROFILES = ['careful', 'balanced', 'strict'] as const;

export type AttackProfile = (typeof ATTACK_PROFILES)[number];
