import { type AddressInfo, createServer } from 'node:net';
import type { SnapshotListen } from '../../contracts/snapshot/snapshot-server.ts';
import { AppError } from '../../platform/app-error.ts';
import { listenError } from '../listener/listener.ts';

/**
 * The addresses that all workers listen on together. The operating system would let a second program of the same user join them
 * unnoticed and take a share of the callers, so the main thread first sees that an address is nobody's. Port 0 becomes one port
 * for all.
 */
export class SharedPorts {
  #held = new Map<string, number>();

  /** Throws `AppError('port-taken')` and the like. `keep` says that the workers have them open now, and those alone. */
  async assign(wanted: readonly SnapshotListen[]): Promise<{ listen: SnapshotListen[]; keep(): void }> {
    const next = new Map<string, number>();
    const listen: SnapshotListen[] = [];
    for (const address of wanted) {
      const key = keyOf(address);
      const port = next.get(key) ?? this.#held.get(key) ?? (await freePort(address));
      next.set(key, port);
      listen.push({ ...address, port });
    }
    return {
      listen,
      keep: () => {
        this.#held = next;
      },
    };
  }
}

/** Throws `AppError('workers-unsupported')` where several threads cannot listen on one address. */
export async function demandSharedPorts(): Promise<void> {
  try {
    await tryListen({ host: '127.0.0.1', port: 0 }, true);
  } catch (cause) {
    throw new AppError('workers-unsupported', 'On this system several workers cannot listen on one address.', {
      next: 'Start without --workers (one worker serves), or run the gateway on Linux.',
      cause,
    });
  }
}

function keyOf({ host, port, protocol }: SnapshotListen): string {
  return port === 0 ? `${host} ${protocol}` : `${host} ${port}`;
}

async function freePort(address: SnapshotListen): Promise<number> {
  try {
    return await tryListen(address, false);
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, address);
  }
}

function tryListen({ host, port }: { host: string; port: number }, reusePort: boolean): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...(host === '' ? {} : { host }), port, reusePort }, () => {
      const bound = (server.address() as AddressInfo).port;
      server.close(() => resolve(bound));
    });
  });
}
