import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Door } from './door.ts';

/**
 * Judges the upgrades of a server before any of its listeners sees them, also of those that are added later. A server without
 * a listener for upgrades answers them as ordinary requests, which the guard has seen.
 */
export function createUpgradeGuard(door: Door): (server: Server) => void {
  return (server) => {
    const emit = server.emit.bind(server) as (event: string | symbol, ...args: unknown[]) => boolean;
    server.emit = (event: string | symbol, ...args: unknown[]): boolean => {
      if (event !== 'upgrade' || server.listenerCount('upgrade') === 0) return emit(event, ...args);
      const [request, socket, head] = args as [IncomingMessage, Duplex, Buffer];
      door.judgeUpgrade(request, socket, head, () => emit('upgrade', request, socket, head));
      return true;
    };
  };
}
