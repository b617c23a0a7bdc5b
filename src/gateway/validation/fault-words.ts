import type { BrokenRule } from '../../json-schema/compile-schema.ts';

type Words = string | ((limit: unknown) => string);

/** A broken rule in plain words for the calling developer. Never the value: it may be a secret, and a log may keep the answer. */
const WORDS: Readonly<Record<string, Words>> = {
  required: 'is missing',
  type: (type) => `must be ${[type].flat().map(typeWord).join(' or ')}`,
  additionalProperties: 'is not expected here',
  unevaluatedProperties: 'is not expected here',
  repeated: 'was sent more than once',
  minLength: (n) => `must have at least ${count(n, 'character')}`,
  maxLength: (n) => `must have at most ${count(n, 'character')}`,
  minItems: (n) => `must have at least ${count(n, 'entry')}`,
  maxItems: (n) => `must have at most ${count(n, 'entry')}`,
  minProperties: (n) => `must have at least ${count(n, 'field')}`,
  maxProperties: (n) => `must have at most ${count(n, 'field')}`,
  minimum: (n) => `must be ${n} or more`,
  maximum: (n) => `must be ${n} or less`,
  exclusiveMinimum: (n) => `must be more than ${n}`,
  exclusiveMaximum: (n) => `must be less than ${n}`,
  multipleOf: (n) => `must be a multiple of ${n}`,
  pattern: 'does not have the expected form',
  format: (format) => `must be ${FORMAT_WORDS[String(format)] ?? `in the form "${format}"`}`,
  enum: 'must be one of the values offered',
  const: 'must be the one value that is expected',
  uniqueItems: 'must not have the same entry twice',
  contains: 'lacks an entry that is expected',
  items: 'has more entries than expected',
  unevaluatedItems: 'has more entries than expected',
  prefixItems: 'does not have the expected entries',
  propertyNames: 'has a field with an unexpected name',
  dependentRequired: 'lacks a field that another one needs',
  anyOf: 'fits none of the forms offered',
  oneOf: 'must fit exactly one of the forms offered',
  not: 'has a form that is not accepted',
  'too-complex': 'is too deeply nested to be judged',
  'false schema': 'is not accepted',
  status: 'comes with a status that is not described',
  'content-type': 'has a content type that is not described',
  'not-json': 'is not JSON',
};

export function faultWords(rule: Pick<BrokenRule, 'rule' | 'limit'>): string {
  const words = WORDS[rule.rule] ?? 'does not fit';
  return typeof words === 'string' ? words : words(rule.limit);
}

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  date: 'a date such as 2027-01-31',
  time: 'a time with its zone, such as 12:00:00Z',
  'date-time': 'a moment such as 2027-01-31T12:00:00Z',
  duration: 'a length of time such as P3D',
  email: 'an e-mail address',
  hostname: 'a host name',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  uri: 'a complete web address',
  uuid: 'a UUID',
  int32: 'a whole number of at most 32 bits',
  int64: 'a whole number of at most 64 bits',
  byte: 'Base64',
};

function typeWord(type: unknown): string {
  return TYPE_WORDS[String(type)] ?? String(type);
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function count(n: unknown, what: string): string {
  return n === 1 ? `1 ${what}` : `${n} ${what === 'entry' ? 'entries' : `${what}s`}`;
}
