import type { SnapshotListen } from '../../contracts/snapshot/snapshot-server.ts';
import type { GatewayState } from '../gateway-state.ts';
import type { ServerCertificate } from '../tls/certificate.ts';
import { sameTrust } from '../tls/client-trust.ts';
import type { ConnectionCounter } from './connections.ts';
import { type Listener, openListener } from './listener.ts';

/** A change of the open addresses: what it takes is open, and nothing that was open is closed yet. */
export type ListenerChange = {
  commit(state: GatewayState): void;
  /** Everything is as before again. */
  abort(): Promise<void>;
};

/** The open addresses of the gateway, those for callers before those that send them on to https. */
export class Listeners {
  readonly #connections: ConnectionCounter;
  readonly #shared: boolean;
  #open = new Map<string, Listener>();
  #certificate: ServerCertificate | null = null;

  /** `shared`: other threads listen on the same addresses. */
  constructor(connections: ConnectionCounter, shared: boolean) {
    this.#connections = connections;
    this.#shared = shared;
  }

  all(): Listener[] {
    return [...this.#open.values()].sort((a, b) => Number(isRedirect(a.address)) - Number(isRedirect(b.address)));
  }

  /**
   * Opens what `wanted` needs and is not open. Throws `AppError` when that cannot be done; everything is then as before. An
   * address that changes between HTTP and HTTPS is closed to new connections for the moment in between, as two programs
   * cannot hold it at once.
   */
  async prepare(
    wanted: readonly SnapshotListen[],
    state: GatewayState,
    certificate: ServerCertificate | null,
    asks: boolean,
  ): Promise<ListenerChange> {
    const next = new Map<string, Listener>();
    const opened: Listener[] = [];
    const replaced: [string, Listener][] = [];
    const open = async (address: SnapshotListen) => {
      const listener = await openListener(address, state, this.#connections, certificate, asks, this.#shared);
      opened.push(listener);
      next.set(keyOf(address), listener);
    };
    const asksOtherwise = ({ address, asksForCertificates }: Listener) =>
      address.protocol === 'https' && asksForCertificates !== asks;
    const fresh: SnapshotListen[] = [];
    const switched: SnapshotListen[] = [];
    for (const address of wanted) {
      const key = keyOf(address);
      const known = this.#open.get(key);
      if (known === undefined) fresh.push(address);
      else if (kindOf(known.address) !== kindOf(address) || asksOtherwise(known)) switched.push(address);
      else next.set(key, known);
    }
    const abort = async () => {
      for (const listener of opened) void listener.stopAccepting();
      for (const [key, old] of replaced) {
        old.closeIdle();
        const { address, asksForCertificates } = old;
        this.#open.set(
          key,
          await openListener(address, state, this.#connections, this.#certificate, asksForCertificates, this.#shared),
        );
      }
    };
    try {
      for (const address of fresh) if (!next.has(keyOf(address))) await open(address);
      for (const address of switched) {
        const key = keyOf(address);
        const old = this.#open.get(key);
        if (old === undefined || next.has(key)) continue;
        replaced.push([key, old]);
        void old.stopAccepting();
        await open(address);
      }
    } catch (error) {
      await abort();
      throw error;
    }
    return { commit: (current) => this.#commit(next, current, certificate), abort };
  }

  /** A certificate that took the place of the one in service. */
  serve(certificate: ServerCertificate): void {
    this.#certificate = certificate;
    for (const listener of this.#open.values()) listener.serve(certificate);
  }

  #commit(next: Map<string, Listener>, state: GatewayState, certificate: ServerCertificate | null): void {
    const before = this.#certificate;
    const changed =
      certificate?.certPem !== before?.certPem || !sameTrust(certificate?.clients ?? null, before?.clients ?? null);
    for (const [key, listener] of this.#open) {
      if (next.get(key) === listener) {
        listener.follow(state);
        if (changed) listener.serve(certificate);
        continue;
      }
      void listener.stopAccepting();
      listener.closeIdle();
    }
    this.#open = next;
    this.#certificate = certificate;
  }
}

const isRedirect = (address: SnapshotListen): boolean => address.protocol === 'redirect';

/** Port 0 gives every protocol an address of its own. */
function keyOf(address: SnapshotListen): string {
  const { host, port } = address;
  return port === 0 ? `${host} ${kindOf(address)}` : `${host} ${port}`;
}

/** What is spoken at an address, and behind which door. */
function kindOf({ protocol, outbound }: SnapshotListen): string {
  return outbound === undefined ? protocol : `outbound ${outbound.vendor ?? '*'}`;
}
