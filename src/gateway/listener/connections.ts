import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Counters, Gauge } from '../../storage/counters/counters.ts';
import { type Peer, peerOf, type TrustedProxies } from './client-address.ts';

const PEER = Symbol('peer');
const CONDEMNED = Symbol('condemned');
type KnownSocket = Socket & { [PEER]?: { peer: Peer; trusted: TrustedProxies }; [CONDEMNED]?: true };

/** The peer of a connection, worked out once per connection and configuration. */
export function peerOfSocket(socket: Socket, trusted: TrustedProxies): Peer {
  const known = (socket as KnownSocket)[PEER];
  if (known !== undefined && known.trusted === trusted) return known.peer;
  const peer = peerOf(socket, trusted);
  (socket as KnownSocket)[PEER] = { peer, trusted };
  return peer;
}

/** No further request of this connection is to be looked at: it is closed once the answer under way has left. */
export function condemn(socket: Duplex): void {
  (socket as KnownSocket)[CONDEMNED] = true;
}

export function isCondemned(socket: Socket): boolean {
  return (socket as KnownSocket)[CONDEMNED] === true;
}

/** A trusted proxy speaks for many: it is not held to the limit. */
export type ConnectionCounter = {
  /** Open in this thread. */
  readonly total: number;
  /** Counts a new connection until it closes; false when its address has `limit` open already. */
  admit(socket: Socket, peer: Peer, limit: number): boolean;
};

/** Counts open connections per client address. */
export class OwnConnections implements ConnectionCounter {
  readonly #open = new Map<string, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  admit(socket: Socket, peer: Peer, limit: number): boolean {
    const count = this.#open.get(peer.group) ?? 0;
    if (!peer.trusted && count >= limit) return false;
    this.#open.set(peer.group, count + 1);
    this.#total++;
    socket.once('close', () => this.#release(peer.group));
    return true;
  }

  #release(group: string): void {
    this.#total--;
    const count = (this.#open.get(group) ?? 1) - 1;
    if (count === 0) this.#open.delete(group);
    else this.#open.set(group, count);
  }
}

/** The same together with the other threads of the process. */
export class SharedConnections implements ConnectionCounter {
  readonly #counters: Counters;
  #gauge: Gauge | null = null;
  #limit = 0;
  #total = 0;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  get total(): number {
    return this.#total;
  }

  admit(socket: Socket, peer: Peer, limit: number): boolean {
    const gauge = this.#gaugeOf(limit);
    const ticket = peer.trusted ? -1 : gauge.enter(peer.group, performance.now());
    if (!peer.trusted && ticket === -1) return false;
    this.#total++;
    socket.once('close', () => {
      this.#total--;
      if (ticket !== -1) gauge.leave(ticket);
    });
    return true;
  }

  /** Under one id whatever the limit is: who is in stays counted when it changes. */
  #gaugeOf(limit: number): Gauge {
    if (this.#gauge !== null && this.#limit === limit) return this.#gauge;
    this.#limit = limit;
    this.#gauge = this.#counters.gauge('connections', limit);
    return this.#gauge;
  }
}
