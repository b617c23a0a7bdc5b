import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { AppError } from '../../platform/app-error.ts';

/**
 * What several threads cannot do together yet is refused: each would count, order or learn for itself, and the owner would rely
 * on something that does not hold. Throws `AppError('workers-cannot')`.
 */
export function demandDivisible(snapshot: GatewaySnapshot): void {
  const what =
    snapshot.server.https === 'auto'
      ? 'get a certificate themselves ("https: auto")'
      : snapshot.vendors.some(({ perDay, spend }) => perDay !== null || spend !== null)
        ? 'count calls and money per day at vendors ("outbound[].limits")'
        : snapshot.routes.some(({ learning }) => learning?.mode === 'enforce')
          ? 'stop callers by what was learnt about owners ("ownership: learn" with mode enforce)'
          : null;
  if (what === null) return;
  throw new AppError('workers-cannot', `Several workers cannot ${what} together.`, {
    status: 422,
    next: 'Start the gateway with --workers 1, or take this out of the configuration.',
  });
}
