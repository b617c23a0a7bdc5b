import { createServer } from 'node:net';
import type { ListenAddress } from '../../configuration/index.ts';
import { AppError } from '../../platform/app-error.ts';

/** Throws a plain sentence when an address cannot be listened on. `what` and `flag` name it: "the gateway", "--gateway". */
export async function demandFreePort(address: ListenAddress, what: string, flag: string): Promise<void> {
  if (address.port === 0) return;
  const code = await tryListen(address);
  if (code === null) return;
  const shown = `${address.host === '' ? 'every address' : address.host}`;
  if (code === 'EADDRINUSE') {
    throw new AppError(
      'port-taken',
      `Port ${address.port} on ${shown}, meant for ${what}, is taken by another program.`,
      {
        next: `Stop that program, or choose another port: ${flag} ${address.host}:${address.port + 1}`,
      },
    );
  }
  if (code === 'EACCES') {
    throw new AppError('port-not-permitted', `This user may not listen on port ${address.port}, meant for ${what}.`, {
      next: `Choose a port above 1023 with ${flag}, or give this user the right to low ports.`,
    });
  }
  throw new AppError('listen-failed', `${what} cannot listen on ${shown}, port ${address.port} (${code}).`, {
    next: `Choose an address of this machine: ${flag} 127.0.0.1:${address.port}`,
  });
}

function tryListen(address: ListenAddress): Promise<string | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port: address.port, ...(address.host === '' ? {} : { host: address.host }) }, () => {
      server.close(() => resolve(null));
    });
  });
}
