import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { AppError } from '../../platform/app-error.ts';

/** A snapshot as it runs inside an application, whose own server listens. Throws `AppError` for what would not hold there. */
export function insideApp(snapshot: GatewaySnapshot): GatewaySnapshot {
  const { server } = snapshot;
  if (server.clientCertificates !== null) {
    // The application's server decides whose certificates are good: the guard would trust a handshake that it does not know.
    throw new AppError('snapshot-invalid', 'Client certificates cannot be asked for inside an application.', {
      status: 422,
      next: 'Remove "server.clientCertificates" and "mtls", or let "nightlatch gateway" stand in front of the application.',
    });
  }
  return { ...snapshot, server: { ...server, listen: [], https: 'off' } };
}
