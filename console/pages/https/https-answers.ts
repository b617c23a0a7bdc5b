/** The parts of `server` that this page knows; the others are kept as they are. */
export type Server = {
  listen?: string[];
  hostnames?: string[];
  https?: 'off' | 'self-signed' | 'auto' | { cert: string; key: string };
  acme?: { email?: string; termsAccepted?: boolean } & Record<string, unknown>;
} & Record<string, unknown>;

export const WAYS = ['off', 'self-signed', 'files', 'auto'] as const;
export type Way = (typeof WAYS)[number];

export type Answers = { way: Way; names: string; email: string; terms: boolean; cert: string; key: string };

export function answersOf({ https = 'off', hostnames = [], acme = {} }: Server): Answers {
  const files = typeof https === 'object' ? https : { cert: '', key: '' };
  return {
    way: typeof https === 'object' ? 'files' : https,
    names: hostnames.join('\n'),
    email: acme.email ?? '',
    terms: acme.termsAccepted === true,
    ...files,
  };
}

/** The whole of `server` with these answers in it. */
export function withAnswers(server: Server, { way, names, email, terms, cert, key }: Answers): Server {
  const { https: _https, hostnames: _names, acme, ...others } = server;
  const hostnames = names.split(/[\s,;]+/).filter((name) => name !== '');
  const { email: _email, ...acmeOthers } = acme ?? {};
  return {
    ...others,
    ...(hostnames.length === 0 ? {} : { hostnames }),
    https: way === 'files' ? { cert: cert.trim(), key: key.trim() } : way,
    ...(way === 'auto'
      ? { acme: { ...acmeOthers, ...(email.trim() === '' ? {} : { email: email.trim() }), termsAccepted: terms } }
      : {}),
  };
}
