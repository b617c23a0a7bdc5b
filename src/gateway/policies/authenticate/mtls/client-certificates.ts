import type { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { SnapshotCertificate, SnapshotConsumer } from '../../../../contracts/snapshot/snapshot-consumer.ts';
import type { callerFactory } from '../../../caller.ts';
import type { Refusal } from '../../../refusal.ts';
import type { Verdict } from '../verdict.ts';
import { type CertificateNames, namesOf, subjectKey } from './certificate-names.ts';

type Rule = { readonly consumer: SnapshotConsumer; readonly wanted: SnapshotCertificate };

const JUDGED = Symbol('client certificate');
/** `verdict` null: the connection came without a certificate. */
type Judged = { readonly by: ClientCertificates; readonly verdict: Verdict | null; readonly expiresAt: number };
type KnownSocket = Duplex & { [JUDGED]?: Judged };

/**
 * Whose client certificates those of one snapshot are. Whether a certificate comes from the owner's authority and is not revoked
 * is judged by OpenSSL in the handshake; a resumed session carries that judgement on, and no session outlives a change of the
 * authority or of its list (see tls/client-trust.ts). Worked out once for each connection and configuration.
 */
export class ClientCertificates {
  readonly #rules = new Map<string, Rule[]>();
  readonly #makeCaller: ReturnType<typeof callerFactory>;

  constructor(consumers: readonly SnapshotConsumer[], makeCaller: ReturnType<typeof callerFactory>) {
    this.#makeCaller = makeCaller;
    for (const consumer of consumers) {
      for (const certificate of consumer.certificates) {
        const wanted = {
          ...certificate,
          subject: certificate.subject === null ? null : subjectKey(certificate.subject),
        };
        const key = keyOf(wanted);
        this.#rules.set(key, [...(this.#rules.get(key) ?? []), { consumer, wanted }]);
      }
    }
  }

  isPresent(socket: Duplex): boolean {
    return this.#look(socket).verdict !== null;
  }

  judge(socket: Duplex, now: number): Verdict {
    const { verdict, expiresAt } = this.#look(socket);
    if (verdict === null) return { code: 'certificate-missing' };
    return expiresAt <= now ? EXPIRED : verdict;
  }

  #look(socket: Duplex): Judged {
    const known = (socket as KnownSocket)[JUDGED];
    if (known !== undefined && known.by === this) return known;
    const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
    const judged: Judged =
      socket instanceof TLSSocket && certificate !== undefined
        ? { by: this, verdict: this.#identify(socket, certificate), expiresAt: certificate.validToDate.getTime() }
        : { by: this, verdict: null, expiresAt: 0 };
    (socket as KnownSocket)[JUDGED] = judged;
    return judged;
  }

  #identify(socket: TLSSocket, certificate: X509Certificate): Verdict {
    // Node gives OpenSSL's code; the type says otherwise.
    if (!socket.authorized) return invalid(String(socket.authorizationError ?? 'not verified'));
    const names = namesOf(certificate);
    const found = keysFor(names)
      .flatMap((key) => this.#rules.get(key) ?? [])
      .filter(({ wanted }) => fits(wanted, names));
    const [first] = found;
    if (first === undefined) return invalid(`stands for no consumer (SHA-256 ${names.fingerprint256})`);
    const { consumer } = first;
    if (found.some((rule) => rule.consumer.name !== consumer.name)) return invalid('stands for several consumers');
    const caller = this.#makeCaller({
      ...{ consumer: consumer.name, keyId: null, issuer: null, via: 'mtls' as const, parts: null },
      credential: names.fingerprint256,
      user: names.subject.replaceAll('\n', ', ').slice(0, MAX_SUBJECT),
      scopes: consumer.scopes,
      attributes: consumer.attributes,
      limitKey: consumer.name,
      expiresAt: certificate.validToDate.getTime(),
      recordedAs: consumer.name,
    });
    return { caller, keeps: null };
  }
}

/** Under what a rule is found: the most telling of what it asks for. */
function keyOf({ fingerprint256, sanUri, sanDns, subject }: SnapshotCertificate): string {
  if (fingerprint256 !== null) return `fingerprint ${fingerprint256}`;
  if (sanUri !== null) return `uri ${sanUri}`;
  return sanDns === null ? `subject ${subject}` : `dns ${sanDns}`;
}

function keysFor(names: CertificateNames): string[] {
  const uris = new Set(names.uris.map((uri) => `uri ${uri}`));
  const dns = new Set(names.dns.map((name) => `dns ${name}`));
  return [`fingerprint ${names.fingerprint256}`, ...uris, ...dns, `subject ${names.subject}`];
}

function fits(wanted: SnapshotCertificate, names: CertificateNames): boolean {
  if (wanted.fingerprint256 !== null && wanted.fingerprint256 !== names.fingerprint256) return false;
  if (wanted.sanUri !== null && !names.uris.includes(wanted.sanUri)) return false;
  if (wanted.sanDns !== null && !names.dns.includes(wanted.sanDns)) return false;
  return wanted.subject === null || wanted.subject === names.subject;
}

/** Of a subject in the record; longer ones are cut. */
const MAX_SUBJECT = 200;

/** `detail` is for the record alone. */
const invalid = (detail: string): Refusal => ({ code: 'certificate-invalid', detail });
const EXPIRED = invalid('expired');
