import type { X509Certificate } from 'node:crypto';

/** What of a certificate can be held against a configuration, each in one spelling. */
export type CertificateNames = {
  /** See {@link subjectKey}. */
  readonly subject: string;
  /** SHA-256, hex, lower case. */
  readonly fingerprint256: string;
  readonly uris: readonly string[];
  /** Lower case. */
  readonly dns: readonly string[];
};

export function namesOf(certificate: X509Certificate): CertificateNames {
  const alternatives = alternativeNames(certificate.subjectAltName ?? '');
  const ofKind = (kind: string) => alternatives.filter((one) => one.kind === kind).map((one) => one.value);
  return {
    subject: sorted((certificate.subject ?? '').split('\n')),
    fingerprint256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    uris: ofKind('URI'),
    dns: ofKind('DNS').map((name) => name.toLowerCase()),
  };
}

/**
 * A subject as an owner writes it (`CN=till, O=Shop`, a comma in a value as `\,`) in the form in which a certificate's is read.
 * Programs print the parts in either order, so the order does not count.
 */
export function subjectKey(text: string): string {
  return sorted(text.split(/(?<!\\),/));
}

function sorted(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim().replace(/\s*=\s*/, '='))
    .filter((part) => part !== '')
    .sort()
    .join('\n');
}

/** Node writes `DNS:a.example, URI:"odd, one"`: what could be read in two ways stands in quotes, as JSON. */
function alternativeNames(text: string): { kind: string; value: string }[] {
  return [...text.matchAll(/(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?=, |$)/g)].map(
    ([, kind = '', value = '']) => ({
      kind,
      value: value.startsWith('"') ? (JSON.parse(value) as string) : value,
    }),
  );
}
