import { type AddressInfo, createServer } from 'node:net';
import type { ListenAddress } from '../../configuration/index.ts';
import { AppError } from '../../platform/app-error.ts';

/**
 * The address with a port that can be listened on at this moment: port 0 becomes a free one. Throws a plain sentence when it
 * cannot. `what` and `flag` name it to people: "the gateway", "--gateway".
 */
export async function freeAddress(address: ListenAddress, what: string, flag: string): Promise<ListenAddress> {
  const outcome = await tryListen(address);
  if (typeof outcome === 'number') return { host: address.host, port: outcome };
  const shown = `${address.host === '' ? 'every address' : address.host}`;
  if (outcome === 'EADDRINUSE') {
    throw new AppError(
      'port-taken',
      `Port ${address.port} on ${shown}, meant for ${what}, is taken by another program.`,
      {
        next: `Stop that program, or choose another port: ${flag} ${address.host}:${address.port + 1}`,
      },
    );
  }
  if (outcome === 'EACCES') {
    throw new AppError('port-not-permitted', `This user may not listen on port ${address.port}, meant for ${what}.`, {
      next: `Choose a port above 1023 with ${flag}, or give this user the right to low ports.`,
    });
  }
  throw new AppError('listen-failed', `${what} cannot listen on ${shown}, port ${address.port} (${outcome}).`, {
    next: `Choose an address of this machine: ${flag} 127.0.0.1:${address.port}`,
  });
}

/** The port that could be listened on, or the operating system's code for why not. */
function tryListen(address: ListenAddress): Promise<number | string> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port: address.port, ...(address.host === '' ? {} : { host: address.host }) }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
