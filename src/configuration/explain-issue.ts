import type { z } from 'zod';
import type { ConfigPath, Finding } from './config-fault.ts';
import { patternOf, placeOf } from './config-fault.ts';
import { knownKeysAt } from './known-keys.ts';
import { nearestWord } from './nearest-word.ts';
import { isSecretPlace, isSecretSource, SECRET_SOURCE_HINT } from './secret-source.ts';

type Issue = z.core.$ZodIssue;

/** Turns the schema's complaint into findings in plain words. `root` is the value that was checked. */
export function explainIssue(issue: Issue, root: unknown): Finding[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  const value = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key));
    case 'invalid_type':
      return [
        value === undefined ? missing(path) : { path, code: 'wrong-type', ...wrongType(path, issue.expected, value) },
      ];
    case 'invalid_value': {
      if (value === undefined) return [missing(path)];
      return [wrongWord(path, issue.values.map(String), value)];
    }
    case 'invalid_union':
      return explainUnion(path, value, issue.errors, root);
    case 'too_small':
    case 'too_big':
      return [outOfRange(path, issue)];
    case 'invalid_format':
      return [
        {
          path,
          code: 'wrong-form',
          message: `${cited(path, value)} does not fit "${placeOf(path)}": ${formWords(path, issue)}.`,
        },
      ];
    case 'invalid_key':
    case 'invalid_element': {
      const form = issue.issues.find((one) => one.code === 'invalid_format');
      const place = placeOf(form === undefined ? path : path.slice(0, -1));
      const long = `A key of "${place}" is longer than 64 characters.`;
      const message = form === undefined ? long : `${shown(path.at(-1))} does not fit "${place}": ${form.message}.`;
      return [{ path, code: 'wrong-form', message }];
    }
    default:
      return [
        {
          path,
          code: 'wrong-form',
          message: `${cited(path, value)} does not fit "${placeOf(path)}": ${issue.message}.`,
        },
      ];
  }
}

function unknownKey(path: ConfigPath, key: string): Finding {
  const known = knownKeysAt(path);
  const near = known.includes(key) ? null : nearestWord(key, known);
  const where = path.length === 0 ? 'at the top of the file' : `in "${placeOf(path)}"`;
  const elsewhere = path.length === 0 && key === 'keys' ? 'Keys stand under the consumer to whom they belong.' : null;
  const excluded = known.includes(key) ? 'A key beside it excludes it; write one of the two.' : null;
  const hint =
    near !== null ? `Did you mean "${near}"?` : (elsewhere ?? excluded ?? `Known keys here: ${known.join(', ')}.`);
  return {
    path: [...path, key],
    atKey: true,
    code: 'key-unknown',
    message: `There is no key "${short(key)}" ${where}.`,
    hint,
  };
}

function missing(path: ConfigPath): Finding {
  const key = String(path.at(-1) ?? '');
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? 'The file' : `"${placeOf(parent)}"`;
  return { path: [...path], code: 'key-missing', message: `${where} needs the key "${key}".`, ...hintAt(path) };
}

function wrongType(path: ConfigPath, expected: string, value: unknown): { message: string; hint?: string } {
  const wanted = TYPE_WORDS[expected] ?? expected;
  const hint =
    expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')
      ? `Write it in quotes: "${value}".`
      : undefined;
  const place = path.length === 0 ? 'The file' : `"${placeOf(path)}"`;
  return {
    message: `${place} must be ${wanted}, not ${shown(value)}.`,
    ...(hint === undefined ? hintAt(path) : { hint }),
  };
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of keys',
  record: 'a group of keys',
};

function wrongWord(path: ConfigPath, words: readonly string[], value: unknown): Finding {
  const near = typeof value === 'string' ? nearestWord(value, words) : null;
  const allowed = words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`;
  return {
    path,
    code: 'value-unknown',
    message: `"${placeOf(path)}" must be ${allowed}, not ${shown(value)}.`,
    ...(near === null ? hintAt(path) : { hint: `Did you mean "${near}"?` }),
  };
}

/** The alternative whose shape the value has best is explained; when none fits, the place's own words are used. */
function explainUnion(path: ConfigPath, value: unknown, errors: readonly Issue[][], root: unknown): Finding[] {
  if (value === undefined) return [missing(path)];
  const ofItsType = errors.filter((issues) => !issues.some((i) => i.path.length === 0 && i.code === 'invalid_type'));
  const [only] = ofItsType;
  if (ofItsType.length === 1 && only !== undefined && typeof value !== 'object' && hintAt(path).hint === undefined) {
    return only.flatMap((issue) => explainIssue({ ...issue, path: [...path, ...issue.path] }, root));
  }
  const fitting = errors.filter(
    (issues) =>
      typeof value === 'object' &&
      value !== null &&
      issues.every((i) => i.path.length > 0 || i.code === 'unrecognized_keys'),
  );
  // The one whose keys are those that were written, when there is one; then the one with the fewest faults.
  fitting.sort((a, b) => a.length - b.length);
  const deeper = fitting.find((issues) => issues.every((i) => i.code !== 'unrecognized_keys')) ?? fitting[0];
  if (deeper !== undefined) {
    return deeper.flatMap((issue) => explainIssue({ ...issue, path: [...path, ...issue.path] }, root));
  }
  return [
    { path, code: 'wrong-form', message: `${cited(path, value)} does not fit "${placeOf(path)}".`, ...hintAt(path) },
  ];
}

function outOfRange(path: ConfigPath, issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Finding {
  const small = issue.code === 'too_small';
  const limit = small ? issue.minimum : issue.maximum;
  const unit = issue.origin === 'array' ? ' entries' : issue.origin === 'string' ? ' characters' : '';
  const verb = issue.origin === 'array' ? 'have' : 'be';
  const bound = `${small ? 'at least' : 'at most'} ${limit}${limit === 1 && unit !== '' ? ENTRY[unit] : unit}`;
  return {
    path,
    code: small ? 'too-small' : 'too-big',
    message: `"${placeOf(path)}" must ${verb} ${bound}${unit === ' characters' ? ' long' : ''}.`,
  };
}

const ENTRY: Readonly<Record<string, string>> = { ' entries': ' entry', ' characters': ' character' };

function formWords(path: ConfigPath, issue: z.core.$ZodIssueInvalidStringFormat): string {
  if (issue.format === 'regex') return issue.message;
  const hint = HINTS[patternOf(path)];
  return hint === undefined ? issue.message : hint.replace(/\.$/, '').replace(/^./, (first) => first.toLowerCase());
}

function hintAt(path: ConfigPath): { hint?: string } {
  const hint = isSecretSource(patternOf(path)) ? SECRET_SOURCE_HINT : HINTS[patternOf(path)];
  return hint === undefined ? {} : { hint };
}

const HINTS: Readonly<Record<string, string>> = {
  'outbound[].secret':
    'Write where it stands, { env: STRIPE_KEY } or { file: PATH }; the key itself never stands here.',
  version: 'Write "version: 1" as the first line.',
  services: 'Write "services:" and under it a list; an empty one is [].',
  'server.listen': 'Write a list such as ["127.0.0.1:8080"].',
  'server.https': 'Write off, auto, self-signed, or { cert: FILE, key: FILE }.',
  'server.trustedProxies[]': 'Write an address or a network such as 10.0.0.0/8.',
  'blocklist.deny[]': 'Write an address or a network such as 203.0.113.0/24.',
  'blocklist.allow[]': 'Write an address or a network such as 203.0.113.0/24.',
  'server.hostnames[]': 'Write a host name such as api.shop.example, without scheme or port.',
  'services[].upstream': 'Write an address such as http://127.0.0.1:3000.',
  'services[].upstream[]': 'Write an address such as http://127.0.0.1:3000, or { url: ADDRESS, weight: 2 }.',
  'services[].upstream[].url': 'Write an address such as http://127.0.0.1:3000.',
  'services[].health': 'Write { path: /healthz }.',
  'services[].health.status': 'Write 200, or a range: 200-399.',
  'services[].routes[].match.hostnames[]': 'Write a host name such as api.shop.example, without scheme or port.',
  'services[].routes[].match.methods': 'Write a list such as [GET, POST].',
  'services[].routes[].scopes': 'Write a list such as ["orders:read"].',
  'services[].routes[].auth':
    'Write none, required, { any: [apiKey, jwt] }, { all: [mtls, apiKey] }, or { any: ["webhook:NAME"] }.',
  'services[].routes[].auth.any[]':
    'Write apiKey, jwt, basic, oauth2, mtls, or "webhook:NAME" with the name of an entry under "webhooks".',
  'services[].routes[].rateLimit': 'Write a list such as [{ key: address, quota: 5, window: 60s }].',
  'services[].routes[].loginProtection':
    'Write off, or { perAddress: 5, perAccount: 5, perNetwork: 60, fields: [email] }.',
  'defaults.loginProtection': 'Write off, or { perAddress: 5, perAccount: 5, perNetwork: 60, fields: [email] }.',
  'services[].ownership': 'Write off, learn, or { learn: { … } }.',
  'services[].routes[].ownership':
    'Write off, learn, { param, equals }, { answer: … }, { learn: … }, or a list of these.',
  'jwt.issuers[].jwksUri': 'Write an address such as https://id.example/jwks.json.',
  'jwt.issuers[].jwks': 'Write { keys: […] } or { file: keys.json }.',
  'oauth2.introspection[].clientSecret':
    'Write { env: NAME } or { file: PATH }: secrets do not stand in a configuration.',
  'oauth2.introspection[].url': 'Write an address such as https://id.example/oauth2/introspect.',
  'consumers[].basic[].expires': 'Write a date such as 2027-01-01, or a moment such as 2027-01-01T12:00:00Z.',
  'consumers[].scopes': 'Write a list such as ["orders:read"].',
  'consumers[].keys[].expires': 'Write a date such as 2027-01-01, or a moment such as 2027-01-01T12:00:00Z.',
};

/** The value as it may be repeated to a person: what may hold a key or a password is not. */
function cited(path: ConfigPath, value: unknown): string {
  const secret = isSecretPlace(patternOf(path)) && typeof value === 'string' && value !== '';
  return secret ? 'What is written' : shown(value);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'an empty text' : `"${short(value)}"`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of keys';
  return String(value);
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function valueAt(root: unknown, path: ConfigPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
